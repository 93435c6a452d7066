"""Parses locators, the places in a source: “pp.52-4”, “para. 76”, “p.38-40”, “p. 1,024”."""

import re

from .manuscript import Locator

_NUMBERS = (
    r"(?:[1-9]\d{0,2}(?:,\d{3})+(?!\d)|[A-Z]?[0-9]+|[ivxlcdm]+\b)(?:n\.?\s?\d{1,3}|[a-z](?![a-z]))?"
)
_SPAN = rf"{_NUMBERS}(?:\s?[-–—‒]\s?(?:pp?\.\s?)?{_NUMBERS})?(?:\s?ff?\b\.?)?"
_LIST = rf"{_SPAN}(?:\s?(?:,|&|and)\s?{_SPAN}){{0,12}}"
_PAGES = re.compile(rf"(?P<label>pp?|pages?|pgs?|págs?)(?P<stop>\.?)\s?(?P<value>{_LIST})", re.I)
_PAGES_ELSEWHERE = re.compile(r"(?:S|с|стр|σσ?|σελ)\.|صص?")
_LABELLED = (
    r"(?:paragraphs?|paras?|articles?|arts?|chapters?|chaps?|ch|sections?|sect?s?|§§?|annex(?:es)?"
    r"|appendix|footnotes?|fns?|notes?|nn?|figures?|figs?|tables?|lines?|cols?|columns?|clauses?"
    r"|cl|parts?|pts?|vols?|volume|bk|book|slides?|minutes?|min|schedule|protocol|principles?"
    r"|rules?|recitals?|с\.|стр\.|σσ?\.|σελ\.|صص?\.?|(?-i:S)\.|fol(?:io)?s?)"
    rf"(?:\.?\s?(?:\d{{1,2}}-?(?-i:[A-Z])\b|{_LIST}|\([a-z0-9]+\))|\.?\s(?-i:[A-Z])\b)(?:\s?\([a-z0-9]{{1,4}}\)){{0,4}}"
)
_OTHER = re.compile(
    rf"{_LABELLED}(?:,\s(?:{_LABELLED}|pp?\.?\s?{_LIST})){{0,4}}|preamble\b|passim\b|(?-i:[OP]P)\s?\d{{1,2}}",
    re.I,
)
_PASSIM = re.compile(r",?\s+(?:et\s+)?passim\b|,?\s+et seq\.?", re.I)
_BARE = re.compile(
    r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d{1,2}(?:\.\d{1,3}){1,2}|[0-9]{1,4})(?:\s?[-–]\s?[0-9]{1,4}(?:,\d{3})?)?"
    r"(?:(?:\s?,\s?|\s(?:and|&)\s)[0-9]{1,4}(?:\s?[-–]\s?[0-9]{1,4})?){0,8}(?:ff?\b\.?|n\.?\s?\d{1,3}|n)?"
)
_BARE_PLACE = re.compile(
    rf"(?:{_BARE.pattern}|[A-Z]\d{{1,3}}|[ivxlcdm]{{1,7}}(?:[-–][ivxlcdm]{{1,7}})?)(?=[\s.,;()]|\Z)"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PLACE = re.compile(
    rf"(?<!\w)(?:{_PAGES.pattern}(?P<more>,?\s{_LABELLED})?|(?:{_OTHER.pattern}))(?!\w)", re.I
)
_NAMED_PART = re.compile(
    rf"(?-i:[A-Z][a-z]+ (?:One|Two|Three|Four|Five|Six|[IVX]+|[A-Z]|\d+)),\s"
    rf"(?:pp?\.?\s?{_LIST}|{_LABELLED}(?:,\s{_LABELLED}){{0,3}})(?!\w)",
    re.I,
)
_BEFORE_PAGES, _BEFORE = r"[\s.,;:)”\"»’]\Z", r"[.,)”\"»’:]\s*\Z"
_SENTENCE = re.compile(r"\.\s+[A-Z][\w’-]*\s+(?:[a-z]+\s+){2,}")  # that follows a place
_MAY_FOLLOW = re.compile(r"\s+at\s\d|\s*[(\[]|[.,:–—]\s|\s+(?:et\s+)?passim\b|,?\s+et seq\b", re.I)
_DASH = re.compile(r"\s?[-–—‒]\s?")
_NOTE_NUMBER = re.compile(r"\d\s?n")


def first_in(text: str) -> tuple[Locator, str] | None:
    """The locator that a text begins with, and the words after it."""
    text = text.lstrip(" ,.:")
    text = text[3:] if re.match(r"at [A-Z]?\d", text) else text
    if (found := _PLACE.match(text)) and found["more"]:
        return _with_passim(_mixed(found.group().strip()), text[found.end() :])
    if (found := _PAGES.match(text)) and not re.match(r"\w", text[found.end() :]):
        return _with_passim(pages(found), text[found.end() :])
    if (found := _OTHER.match(text)) and not re.match(r"\w", text[found.end() :]):
        words = found.group().strip()
        return _with_passim(Locator(words, words), text[found.end() :])
    if found := _BARE.fullmatch(text.strip(" .")):
        return Locator(_DASH.sub("-", found.group()), found.group(), verbatim=True), ""
    return None


def named_part(text: str) -> tuple[Locator, str] | None:
    """A place that begins with a part that has a name: “Strand One, para. 5”, “Basket II, p. 3”."""
    found = _NAMED_PART.match(text.lstrip(" ,.:"))
    if found is None:
        return None
    words = found.group()
    return Locator(words, words, verbatim=True), text.lstrip(" ,.:")[found.end() :]


def unlabelled(text: str) -> tuple[Locator, str] | None:
    """The pages without p. or pp. that a text begins with, as Chicago and Harvard print them, and
    the words after them; a labelled locator too. A year is no page."""
    if labelled := first_in(text):
        locator, rest = labelled
        return (_labelled(locator.value) if locator.written[:1].isdigit() else locator), rest
    text = text.lstrip(" ,.:")
    text = text[3:] if re.match(r"at [A-Z]?\d", text) else text
    found = _BARE_PLACE.match(text)
    if found is None or _YEAR.fullmatch(found.group()):
        return None
    return _labelled(found.group().strip()), text[found.end() :]


def _labelled(value: str) -> Locator:
    """Pages as the house prints them; “A1” of a newspaper and “44n” have no label of ours."""
    if re.search(r"[A-Z]|f", value) or _NOTE_NUMBER.search(value):
        return Locator(_DASH.sub("-", value), value, verbatim=True)
    value = _spaced(value)
    return Locator(value, f"{'pp' if _is_several(value) else 'p'}. {value}")


def _with_passim(locator: Locator, rest: str) -> tuple[Locator, str]:
    found = _PASSIM.match(rest)
    if found is None:
        return locator, rest
    words = found.group()
    return Locator(locator.value + words, locator.written + words, True), rest[found.end() :]


def split_last(text: str) -> tuple[str, Locator | None]:
    """A text without the labelled locator that it ends with, and the locator."""
    before, locator, words = split(text)
    return (before, locator) if not words.strip(" .") else (text, None)


def split(text: str, *, only_pages: bool = False) -> tuple[str, Locator | None, str]:
    """A text before its last labelled locator, the locator, and the words after it: a remark in
    brackets, a sentence, or a clause after a comma."""
    tail_at = max(0, len(text) - 400)
    tail = text[tail_at:]
    last = None
    for found in _PLACE.finditer(tail):
        before, after = tail[: found.start()], tail[found.end() :]
        if before.strip() and not re.search(_BEFORE_PAGES if found["label"] else _BEFORE, before):
            continue
        if only_pages and not (found["label"] or _PAGES_ELSEWHERE.match(found.group())):
            continue
        if not after.strip(" .") or _MAY_FOLLOW.match(after):
            last = found
            if _SENTENCE.match(after):
                break
    if last is None:
        return text, None, ""
    words = last.group().strip()
    locator = pages(last) if last["label"] and not last["more"] else _mixed(words)
    locator, rest = _with_passim(locator, tail[last.end() :])
    return (text[:tail_at] + tail[: last.start()]).rstrip(" ,"), locator, rest


def _mixed(words: str) -> Locator:
    """A place with other labels than that of pages: “para. 76”; “15, n. 4” of “p. 15, n. 4”."""
    return Locator(
        re.sub(r"\A(?:(?:pp?|pages?|pgs?)(?:\.\s?|\s)|pp?(?=\d))", "", words, flags=re.I), words
    )


def pages(found: re.Match[str]) -> Locator:
    """Pages in the house style (p. for one, pp. for several); verbatim if printed otherwise."""
    value = _spaced(found["value"])
    label = "pp" if _is_several(value) else "p"
    plain = not re.search(r"f|[A-Z]", value) and not _NOTE_NUMBER.search(value)
    if found["label"] == label and found["stop"] and plain:
        return Locator(value, f"{label}. {value}")
    apart = " " if re.match(r"\w+\s", found.group()) else ""
    return Locator(value, f"{found['label']}{found['stop']}{apart}{value}", verbatim=True)


def _spaced(value: str) -> str:
    """Page numbers with a blank after the commas that divide them; 1,024 is one number."""
    value = re.sub(r"(?<=-)pp?\.\s?", "", _DASH.sub("-", value.strip()))
    return re.sub(r"\s*,\s+|\s+,\s*|,(?!\d{3}(?!\d))", ", ", value).strip(" .")


def _is_several(value: str) -> bool:
    return bool(re.search(r"-|,\s|,(?!\d{3}(?!\d))|&|and|f", value))
