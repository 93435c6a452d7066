"""Finds the passage that a reader quotes in the text of an edition."""

import re
from collections.abc import Callable
from typing import NamedTuple

from editions.html_text import words_of

from .models import Correction

_CONTEXT = 240  # characters shown before and after


class Context(NamedTuple):
    """A passage as the edition has it, with some words before and after it."""

    before: str
    match: str
    after: str


def passage_in_context(correction: Correction) -> Context | None:
    """Where the passage of a correction stands in its edition; None where it has no passage or the
    passage is not found. Reads the edition's text columns."""
    edition = correction.edition
    texts = [edition.body_html, edition.standfirst, edition.title]
    texts += [note.get("text", "") for note in edition.notes]
    found = (find_passage(correction.passage, text) for text in texts)
    return next((context for context in found if context), None)


def find_passage(passage: str, html: str) -> Context | None:
    """Where `passage`, as a browser copies it, stands in `html`; None where it does not.

    Browsers differ in blanks, quotation marks and note numbers, so letters and figures are
    compared first, and letters alone (which no note number disturbs) where those are not found.
    """
    text = words_of(html)
    unmarked = re.sub(r"\[[0-9]+\]", "", passage)
    for is_compared in (str.isalnum, str.isalpha):
        span = _span(unmarked, text, is_compared)
        if span:
            start, end = span
            before, after = text[:start], text[end:]
            return Context(_tail(before), text[start:end], _head(after))
    return None


def _span(passage: str, text: str, is_compared: Callable[[str], bool]) -> tuple[int, int] | None:
    """Start and end of `passage` in `text`, looking only at characters that are compared."""
    wanted = "".join(c.casefold() for c in passage if is_compared(c))
    # A character may fold to several: each keeps the index of the one it comes from.
    folded = [(i, char) for i, c in enumerate(text) if is_compared(c) for char in c.casefold()]
    at = "".join(char for _, char in folded).find(wanted) if wanted else -1
    return None if at < 0 else (folded[at][0], folded[at + len(wanted) - 1][0] + 1)


def _tail(text: str) -> str:
    return text if len(text) <= _CONTEXT else "… " + text[-_CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[:_CONTEXT].rpartition(" ")[0] + " …"
