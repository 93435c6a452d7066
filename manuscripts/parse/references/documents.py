"""Reads documents that are cited by symbol or kind: resolutions, reports, letters."""

import re

from organisations.credited_names import is_body
from sources.identifiers import UN_SYMBOL

from .. import locators, publication_details
from ..manuscript import Cited, Name, Reference
from ..names import segments
from ..note_patterns import AGREEMENT, is_name
from .authorship import add_note, with_names, without_stop
from .interviews import read_interview
from .tails import Place, locator_and_words, trailing_words

_FIRST_PARTS = (
    "S|A|E|ST|CCPR|CEDAW|CAT|CERD|CRC|HRI|PBC|DP|TD|UNEP|SG|PSC|AHG|OEA|CP|AG|CERF|DPI|JIU"
    "|FCCC|HS|ICCD"
)
_SYMBOL = re.compile(
    rf"(?P<lead>[(\[]?(?:\b(?:UN|U\.N\.|United Nations)\s+)?(?:\bDoc(?:ument"
    rf"|s)?\.?\s*(?:No\.?\s*)?:?\s*)?)"
    rf"(?<![\w/])(?P<symbol>(?=(?:{_FIRST_PARTS})/)(?=[^\s,;]*\d){UN_SYMBOL.pattern})(?P<close>[)\]]?)"
)
_BODY = (
    r"(?:the )?(?:(?:UN|U\.N\.|United Nations),?\s+)?(?:Security Council|General Assembly"
    r"|Secretary-General"
    r"|Economic and Social Council|Human Rights Council|Commission on Human Rights|Secretariat"
    r"|Peacebuilding Commission|Trusteeship Council)"
    r"(?: (?:and|&) (?:the )?(?:Security Council|General Assembly))?|UNSC|UNGA|UNSG|ECOSOC|"
    r"(?:the )?United "
    r"Nations|UN"
)
_BY_BODY = re.compile(
    rf"(?P<body>{_BODY})(?:\s*\([A-Z]{{2,6}}\))?\s*[.,:]\s+(?P<title>\S.*)\Z", re.S
)
_ONLY_BODY = re.compile(rf"(?P<body>{_BODY})\s*[.,:]?\s*\Z")
_RESOLUTION = re.compile(
    r"(?P<body>(?:the )?(?:(?:UN|U\.N\.|United Nations)\s+)?(?:Security Council|General "
    r"Assembly)|UNSC|UNGA|SC|GA)[,.]?\s+"
    r"(?P<title>(?:[Rr]esolution|Res\.?|[Pp]residential "
    r"[Ss]tatement)\s+(?P<n>\d{1,4}(?:/\d{1,4})?)(?:\s?\([IVXLC]+\))?)"
    r"(?P<year>\s?\(\d{4}\))?(?P<rest>.*)\Z"
)
_BODIES = {
    "S": "UN Security Council",
    "A": "UN General Assembly",
    "E": "UN Economic and Social Council",
}
_LETTER = re.compile(
    r"(?:(?:identical |open )?letters?|telegrams?|cables?|memorandum|note verbale)\s+(?:dated"
    r"|from|of(?! (?:understanding|agreement|settlement|co-?operation|association|intent|accord"
    r"|peace|principles|commitment|reconciliation|ceasefire)\b)|to|addressed)\b",
    re.I,
)
_PRINTED_BODY = re.compile(
    r"[A-Z][A-Z/-]{2,12}|(?:UN|United Nations|African Union|European|Organi[sz]ation|International"
    r"|Office|Department|Ministry|Government) [^“”\"]{3,120}"
)
_PRESS_RELEASE = re.compile(
    r"(?:(?P<body>[A-Z][^“”\"]{1,80}?)[,.]?\s+)?(?P<title>press (?:release|statement"
    r"|briefing)\b[^“”\"]*?)"
    r"(?P<date>,\s+[^,]*\d{4}|,\s+\w+ \d{1,2}, \d{4})\.?\Z",
    re.I,
)
_ABOUT = re.compile(
    r"(?:\w+ )?(?:progress )?(?:reports?|letters?|resolution|statement|note|press|draft)\b", re.I
)
_CONTAINED = re.compile(r",?\s+(?:(?:re)?printed |contained |annexed |reproduced )?(?:in|to)\Z")
_CALLED = re.compile(r"\((?P<name>[^()\d]{3,80})\),?\s+")  # (the Brahimi report), para. 17
_YEAR_OF_SYMBOL = re.compile(r"\((\d{4})\)\Z|\A[A-Z]+/(?:PRST/|AC\.\d+/)?((?:19|20)\d\d)/")
_DATED = re.compile(r"\bdated (?P<date>\d{1,2} \w+ \d{4})")


def read_document(text: str, url: str, doubts: list[str]) -> Cited | None:
    """A document of the United Nations, a letter or an interview; None for other works."""
    text = re.sub(r"(?<=\d)[–—](?=[SA]/\d)", "-", text)  # A/47/277–S/24111
    if (found := _SYMBOL.search(text)) and len(text) < 600:
        return _by_symbol(text, found, url, doubts)
    imprint = publication_details.imprint(text)
    if (found := _RESOLUTION.match(text)) and not (imprint and imprint.publisher):
        return _resolution(found)
    if found := _PRESS_RELEASE.match(text):
        return _press_release(found)
    if _LETTER.match(text):
        return _letter(text)
    return read_interview(text)


def _by_symbol(text: str, found: re.Match[str], url: str, doubts: list[str]) -> Cited | None:
    symbol = re.sub(r"(?<=\d) ?\((?=\d{4}\))", " (", found["symbol"].rstrip(".,"))
    before = _CONTAINED.sub("", text[: found.start()].rstrip(" ,;("))
    after = text[found.end() :]
    source = Reference("", type="report", symbol=symbol[:80])
    imprint = publication_details.imprint(before)
    if imprint is not None and not imprint.after.strip(" .,"):
        source.publisher, source.publisher_place = imprint.publisher, imprint.place
        source.issued, before = imprint.issued, imprint.before
    if not re.match(r"\s*[.,:;(]|\s*\Z", after):
        return None
    locator, words = _after_symbol(source, after)
    before = _without_date(source, before)
    people = _body_and_title(source, before, doubts)
    source.title = without_stop(source.title.strip(' “”"«»„,')) or symbol
    if source.title == symbol:
        doubts.append(f"title-from-symbol: No title is printed; “{symbol}” stands for it.")
    cited = Cited(source, locator, suffix=words)
    source.full = True
    return with_names(source, people, cited, full=True) if people else cited


def _without_date(source: Reference, before: str) -> str:
    """The words before a symbol without their date; the source's date is that, or the symbol's."""
    issued, shorter = publication_details.dated(before.rstrip(" .,"))
    divided = before[len(shorter) :].startswith((",", " ("))
    if issued and divided and not _DATED.search(before[-30:]):
        own = AGREEMENT.search(shorter) and not _LETTER.match(shorter)
        source.issued, before = issued if own else source.issued or issued, shorter
    if letter := _DATED.search(before):
        source.issued = source.issued or publication_details.dated(letter["date"])[0]
    year = _YEAR_OF_SYMBOL.search(source.symbol)
    source.issued = source.issued or (year[1] or year[2] if year else "")
    return before


def _body_and_title(source: Reference, before: str, doubts: list[str]) -> str:
    """Set title, and the body as author where it is printed or the symbol says it; returns other
    names that are printed."""
    if _is_treaty(before):
        source.title, source.type = before, "treaty"
        return ""
    if body := _ONLY_BODY.match(before):
        source.authors = (Name(literal=body["body"]),)
        return ""
    if (resolution := _RESOLUTION.match(before)) and not resolution["rest"].strip(" .,"):
        source.authors = (Name(literal=resolution["body"]),)
        source.title = resolution["title"]
        return ""
    if body := _BY_BODY.match(before):
        source.authors, source.title = (Name(literal=body["body"]),), body["title"]
        return ""
    source.title = before
    first, *others = segments(before) or [""]
    if others and len(first.split()) <= 8 and not _LETTER.match(before):
        source.title = " ".join(others)
        return first.rstrip(".")
    named, _, title = before.partition(", ")
    by_person = is_name(named) and not is_body(named) and re.match(r"(?:An?|The)\s", title)
    if by_person or (_PRINTED_BODY.fullmatch(named) and title[:1].isupper()):
        source.title = title
        return named
    if _LETTER.match(before):
        source.type = "document"
    else:
        _take_body_of_symbol(source, doubts)
    return ""


def _is_treaty(before: str) -> bool:
    """Whether the words before a symbol are but the name of an agreement."""
    last = before.rpartition(" ")[2]
    return bool(AGREEMENT.match(last)) and not _ABOUT.match(before) and len(segments(before)) == 1


def _take_body_of_symbol(source: Reference, doubts: list[str]) -> None:
    if body := _BODIES.get(source.symbol.partition("/")[0], ""):
        source.authors = (Name(literal=body),)
        doubts.append(
            f"body-from-symbol: No author is printed; by its symbol {source.symbol} it is {body}."
        )


def _after_symbol(source: Reference, after: str) -> Place:
    """The date, the locator and the words after a symbol; the date goes into the source."""
    rest = after.lstrip(" ,.")
    imprint = publication_details.imprint(rest)
    if imprint is not None and imprint.publisher and not imprint.before:
        source.publisher, source.publisher_place = imprint.publisher, imprint.place
        source.issued = imprint.issued
        return locator_and_words(imprint.after, unlabelled=True)
    for issued, start, end in publication_details.dates_in(rest)[:1]:
        if rest[:start].strip(" ([") == "":
            source.issued = issued
            rest = rest[end:].lstrip(" )],")
        elif not rest[end:].strip(" .)") and rest[:start].endswith((", ", "(")):
            source.issued, rest = issued, rest[:start].rstrip(" ,(")
    if (called := _CALLED.match(rest)) and locators.first_in(rest[called.end() :]):
        add_note(source, f"Also called: {called['name']}.")
        rest = rest[called.end() :]
    return locator_and_words(rest)


def _resolution(found: re.Match[str]) -> Cited | None:
    """“Security Council Resolution 858 (1993), para. 3”."""
    title = found["title"][0].upper() + found["title"][1:]
    source = Reference(title, type="report", authors=(Name(literal=found["body"]),))
    rest = found["rest"]
    if found["year"]:
        source.issued, source.full = found["year"].strip(" ()"), True
    for issued, start, end in publication_details.dates_in(rest)[:1]:
        if not rest[:start].strip(" ,(of"):
            source.issued, source.full = issued, True
            rest = rest[end:].lstrip(" )")
    locator, words = locator_and_words(rest)
    if words and not re.match(r"\s*[(\[.,]", words):
        return None
    return Cited(source, locator, suffix=words, tentative=not source.full and locator is None)


def _press_release(found: re.Match[str]) -> Cited | None:
    """“UN Press Release SC/8123, 14 June 2004”."""
    issued, besides = publication_details.dated(found["date"].strip(" ,"))
    if not issued or besides:
        return None
    title = found["title"][0].upper() + found["title"][1:]
    source = Reference(title, type="report", issued=issued, full=True)
    source.authors = (Name(literal=found["body"]),) if found["body"] else ()
    return Cited(source)


def _letter(text: str) -> Cited | None:
    """“Letter from A to B, 3 May 1994, National Archives, FCO 93/123”."""
    dates = publication_details.dates_in(text)
    if not dates:
        return None
    issued, start, end = dates[0]
    before, after = text[:start].rstrip(" ,("), text[end:].lstrip(" ),.")
    if re.search(r"\bdated\Z", before):
        comma = text.find(",", end)
        before, after = (text[:comma], text[comma + 1 :]) if comma > 0 else (text, "")
    source = Reference(without_stop(before), type="document", issued=issued, full=True)
    text_before, locator, words = locators.split(after)
    source.archive = text_before.strip(" .,")[:200]
    return Cited(source, locator, suffix=trailing_words(words))
