"""Reads what points back: “Ibid.”, “Idem”, “op. cit.”, “loc. cit.”, “supra note 5”, “Alpha 12”."""

import re

from .. import locators
from ..manuscript import Cited, Locator, Reference
from ..name_lists import parse_names
from ..note_patterns import is_name, may_be_names
from .tails import trailing_words

_IBID = re.compile(
    r"(?:ibid(?:em)?\b\.?|idem\b\.?|id\b\.(?= at|,| p|\Z)|loc\.?\s?cit\.?|там же\.?|ebd\."
    r"|ebenda)(?P<rest>.*)\Z",
    re.I,
)
_OP_CIT = re.compile(
    r"(?P<name>[^\d]{2,160}?)(?:,?\s\(?(?P<year>1[5-9]\d\d|20\d\d)[a-z]?\)?)?[,.]?\s+(?:op\.?\s?cit|loc\.?\s?cit|art\.?\s?cit|a\.\s?a\.\s?O)\b\.?(?P<rest>.*)\Z",
    re.I,
)
_SUPRA = re.compile(
    r"(?:(?P<name>[^\d]{2,160}?)[,.]?\s+)?(?:[(\[]?(?:supra|above|cited(?: above)?"
    r"|see)[,]?\s+(?:at\s+)?"
    r"(?:foot)?n(?:ote|\.)?\s?(?P<n>\d{1,3})[)\]]?|[(\[]?(?:foot)?n(?:ote|\.)\s?(?P<m>\d{1,3})\s+(?:above|supra)[)\]]?"
    r"|[(\[](?:foot)?n(?:ote|\.)?\s?(?P<o>\d{1,3})[)\]])(?P<rest>.*)\Z",
    re.I,
)
_AUTHOR_PAGE = re.compile(
    r"\(?(?P<name>[^\d()“”\"«».;:,]{2,60}?)(?:,\s+(?P<title>[A-Z][^\d()“”\"«».;:,]{1,80}?))?,?\s+(?P<page>\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:,\s?\d{1,4})*)\)?"
    r"(?P<remark>\s+\((?=[a-z])[^()\d]{3,60}\))?\.?"
)


def read_repeated(text: str) -> Cited | None:
    """The citation of a work that an earlier note has, or None."""
    name, rest, number, year = "", "", None, ""
    if found := _IBID.match(text):
        rest = found["rest"]
    elif found := _SUPRA.match(text):
        name, rest = found["name"] or "", found["rest"]
        number = int(found["n"] or found["m"] or found["o"])
    elif found := _OP_CIT.match(text):
        name, rest, year = found["name"], found["rest"], found["year"] or ""
        if also := re.match(
            r"[,.]?\s*[(\[]?(?:supra |above |see )?(?:foot)?n(?:ote"
            r"|\.)?\s?(\d{1,3})[)\]]?(?:\s+(?:above|supra))?",
            rest,
            re.I,
        ):
            number, rest = int(also[1]), rest[also.end() :]
    else:
        return None
    place = _place(rest)
    if place is None:
        return None
    locator, suffix = place
    cited = Cited(Reference("", issued=year), locator, suffix=suffix, again=True, of_note=number)
    return cited if _named(cited, name) else None


def _named(cited: Cited, text: str) -> bool:
    """Set who and what is meant by the words before “op. cit.”; False where they are no names."""
    text = re.sub(r"[,.]?\s+(?:op|loc|art)\.?\s?cit\.?\s*\Z", "", text).strip(" ,.")
    if not text:
        return True
    if quoted := re.fullmatch(r"(?P<name>[^“\"«„]*)[“\"«„](?P<title>[^”\"»“]+)[”\"»“][,.]?", text):
        cited.reference.title = quoted["title"].strip(" ,.")
        text = quoted["name"].strip(" ,.")
    elif not may_be_names(text) or len(text.split()) > 8:
        return False
    if text:
        cited.reference.authors = parse_names(text, short=True)[0]
    return True


def _place(rest: str) -> tuple[Locator | None, str] | None:
    """The locator after “Ibid.”, and the words after that; None where neither can be made out."""
    if not rest.strip(" .,"):
        return None, ""
    if (
        found := locators.unlabelled(rest)
        if re.match(r"[\s,.:]", rest)
        else locators.first_in(rest)
    ):
        locator, words = found
        return locator, trailing_words(words)
    if found := locators.named_part(rest):
        return found[0], trailing_words(found[1])
    if re.match(r"[.,]?\s*[(\[]|[.,]\s+[a-z]|\.\s+[A-Z]", rest):
        return None, rest.lstrip(",").rstrip() if rest.startswith(",") else rest.rstrip()
    return None


def read_author_and_page(text: str) -> Cited | None:
    """“Alpha 12” or “(Alpha 12-14)”, MLA's short form: a citation only where Alpha is known."""
    found = _AUTHOR_PAGE.fullmatch(text.strip())
    if found is None or not _are_names(found["name"]):
        return None
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", found["page"]):
        return None
    place = locators.unlabelled(found["page"])
    names = parse_names(found["name"], short=True)[0]
    if place is None or not names:
        return None
    reference = Reference((found["title"] or found["name"]).strip(), authors=names)
    return Cited(reference, place[0], suffix=found["remark"] or "", tentative=True)


def _are_names(text: str) -> bool:
    return all(is_name(name, short=True) for name in re.split(r"\s+(?:and|&)\s+", text))
