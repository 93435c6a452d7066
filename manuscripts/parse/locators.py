"""Parses locators, the places in a source: “pp.52-4”, “para. 76”, “p.38-40”."""

import re

from .manuscript import Locator

_NUMBERS = r"(?:[0-9]+|[ivxlcdm]+\b)[a-z]?"
_SPAN = rf"{_NUMBERS}(?:\s?[-–—‒]\s?{_NUMBERS})?(?:\s?ff?\b\.?)?"
_LIST = rf"{_SPAN}(?:\s?(?:,|&|and)\s?{_SPAN}){{0,12}}"
_PAGES = re.compile(rf"(?P<label>pp?|pages?|pgs?)(?P<stop>\.?)\s?(?P<value>{_LIST})", re.I)
_LABELLED = (
    r"(?:paragraphs?|paras?|articles?|arts?|chapters?|chaps?|ch|sections?|sect?s?|§§?|annex(?:es)?"
    r"|appendix|footnotes?|fns?|notes?|nn?|figures?|figs?|tables?|lines?|cols?|columns?|clauses?"
    r"|cl|parts?|pts?|vols?|volume|slides?|minutes?|min|schedule|protocol)"
    rf"\.?\s?(?:{_LIST}|\([a-z0-9]+\)|[A-Z]\b)(?:\s?\([a-z0-9]{{1,4}}\)){{0,4}}"
)
_OTHER = re.compile(rf"{_LABELLED}(?:,\s{_LABELLED}){{0,4}}|preamble", re.I)
_BARE = re.compile(
    r"[0-9]{1,4}(?:\s?[-–]\s?[0-9]{1,4})?(?:\s?,\s?[0-9]{1,4}(?:\s?[-–]\s?[0-9]{1,4})?){0,8}"
)
_DASH = re.compile(r"\s?[-–—‒]\s?")


def first_in(text: str) -> tuple[Locator, str] | None:
    """The locator that a text begins with, and the words after it."""
    text = text.lstrip(" ,.")
    if (found := _PAGES.match(text)) and not re.match(r"\w", text[found.end() :]):
        return pages(found), text[found.end() :]
    if (found := _OTHER.match(text)) and not re.match(r"\w", text[found.end() :]):
        words = found.group().strip()
        return Locator(words, words), text[found.end() :]
    if found := _BARE.fullmatch(text.strip(" .")):
        return Locator(_DASH.sub("-", found.group()), found.group(), verbatim=True), ""
    return None


def split_last(text: str) -> tuple[str, Locator | None]:
    """A text without the labelled locator that it ends with, and the locator."""
    tail_at = max(0, len(text) - 120)
    tail = text[tail_at:].rstrip(" .")
    for pattern in (_PAGES, _OTHER):
        for found in pattern.finditer(tail):
            before = tail[: found.start()]
            if found.end() == len(tail) and (not before or re.search(r"[\s.,;:)”\"]\Z", before)):
                if pattern is _OTHER and not re.search(r"[.,)”\"]\s*\Z", before):
                    continue
                if pattern is _PAGES:
                    locator = pages(found)
                else:
                    locator = Locator(found.group(), found.group())
                return (text[:tail_at] + before).rstrip(" ,"), locator
    return text, None


def pages(found: re.Match[str]) -> Locator:
    """Pages in the house style (p. for one, pp. for several); verbatim if printed otherwise."""
    value = re.sub(r"\s?,\s?", ", ", _DASH.sub("-", found["value"])).strip(" .")
    several = bool(re.search(r"[-,&]|and|f", value))
    label = "pp" if several else "p"
    if found["label"] == label and found["stop"] and "f" not in value:
        return Locator(value, f"{label}. {value}")
    return Locator(value, f"{found['label']}{found['stop']}{value}", verbatim=True)
