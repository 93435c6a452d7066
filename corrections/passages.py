"""Finds the passage a reader marked in the text of an edition."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import NamedTuple

AROUND = 240  # characters shown on either side


class Context(NamedTuple):
    """A passage as the edition has it, with some words before and after it."""

    before: str
    match: str
    after: str


class _Reading(HTMLParser):
    """Collects what a reader sees of HTML, without the note markers (in <sup>)."""

    _BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "div"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._raised = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._raised += tag == "sup"
        if tag in self._BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._raised -= tag == "sup" and self._raised > 0

    def handle_data(self, data: str) -> None:
        if not self._raised:
            self.parts.append(data)


def text_of(html: str) -> str:
    """The words of `html` without tags and note markers, each run of white space as one blank."""
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return " ".join("".join(reading.parts).split())


def find_passage(passage: str, html: str) -> Context | None:
    """Where `passage`, as a browser copies it, stands in `html`; None where it does not.

    Browsers differ in blanks, quotation marks and note numbers, so letters and figures are
    compared first, and letters alone (which no note number disturbs) where those are not found.
    """
    text = text_of(html)
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
