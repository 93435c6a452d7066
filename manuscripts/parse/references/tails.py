"""Reads what stands after the imprint or the container: a date, a place in the work, words."""

import re

from .. import locators, publication_details
from ..manuscript import Locator, Reference

Place = tuple[Locator | None, str]  # a place in a work, and the words after it


def locator_and_words(after: str, *, unlabelled: bool = False) -> tuple[Locator | None, str]:
    """The locator after an imprint, and the words after it. `unlabelled` where the form is one that
    prints pages without p. or pp."""
    if not after.strip(" .,:"):
        return None, ""
    read = locators.unlabelled if unlabelled else locators.first_in
    locator, rest = read(after) or locators.named_part(after) or (None, after)
    return locator, trailing_words(rest)


def trailing_words(words: str) -> str:
    """The words after a locator, or nothing where only punctuation is left."""
    return words.rstrip() if words.strip(" .,)") else ""


def date_and_place(source: Reference, text: str) -> tuple[str, Locator | None, str] | None:
    """The container before a date in the text, the locator after the date and words after that; the
    date goes into the source. “New York Times, May 3, 1994, A1.” None where there is no date."""
    for issued, start, end in publication_details.dates_in(text):
        before = text[:start].rstrip()
        if before and before[-1] not in ",.(:;":
            continue
        after = text[end:].lstrip(")")
        locator, words = locator_and_words(after, unlabelled=True)
        if words and not re.match(r"\s*[(\[,.:]", words):
            continue
        source.issued = issued
        return before.rstrip(" ,.(:;"), locator, words
    return None
