"""Finds the passage a reader marked in the text of an edition."""

import re
from collections.abc import Callable
from typing import NamedTuple

from editions.html_text import words_of

from .models import Correction

AROUND = 240  # characters shown on either side


class Context(NamedTuple):
    """A passage as the edition has it, with some words before and after it."""

    before: str
    match: str
    after: str


def passage_in_context(correction: Correction) -> Context | None:
    """Where the passage of a correction stands in the edition it speaks of; None where there is
    none or it is not found. Reads the edition's text."""
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
    for counts in (str.isalnum, str.isalpha):
        span = _span(unmarked, text, counts)
        if span:
            start, end = span
            before, after = text[:start], text[end:]
            return Context(_tail(before), text[start:end], _head(after))
    return None


def _span(passage: str, text: str, counts: Callable[[str], bool]) -> tuple[int, int] | None:
    """First and last place of `passage` in `text`, comparing only characters that count."""
    wanted = "".join(c.casefold() for c in passage if counts(c))
    places = [(i, same) for i, c in enumerate(text) if counts(c) for same in c.casefold()]
    at = "".join(same for _, same in places).find(wanted) if wanted else -1
    return None if at < 0 else (places[at][0], places[at + len(wanted) - 1][0] + 1)


def _tail(text: str) -> str:
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …"
