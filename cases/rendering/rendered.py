"""What rendering gives: the article's HTML, its notes, and what is wrong with its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import nh3

_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "hr", "br"),
    *("a", "em", "strong", "i", "code", "pre", "sup"),
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={
        "a": {"href", "id", "rel", "role", "title", "aria-label"},
        "sup": {"class"},
        "ol": {"start"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


class Citation(NamedTuple):
    """A source in a note: `locator` without p. or pp. where `label` is "page", else as written;
    `accessed`, the day (2020-11-17) on which it was read for this; `passage`, its own words."""

    key: str
    locator: str = ""
    label: str = ""
    accessed: str = ""
    passage: str = ""


@dataclass(frozen=True)
class RenderedNote:
    """One numbered note. `refs` are the ids of the places in the text that use it."""

    number: int
    text: str
    html: str
    citations: list[Citation]
    refs: list[str]


@dataclass(frozen=True)
class Problem:
    """What must be mended before the text is published, in a sentence that names the line, and the
    field in which that stands."""

    code: str
    line: int
    message: str
    field: str = "body"


@dataclass(frozen=True)
class Rendered:
    """An article set: safe HTML, notes in order of the text, problems in order of their lines.

    `keys` are the sources cited, each once, in order, and `sources` their CSL-JSON items, as far as
    they are known; `word_count` leaves the notes out. `fact_refs` are, by the field of a fact, the
    ids of the markers of what it rests on, "" for none: one, or one for each of its rows.
    """

    html: str = ""
    notes: list[RenderedNote] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    word_count: int = 0
    sources: list[Mapping[str, Any]] = field(default_factory=list)
    fact_refs: dict[str, list[str]] = field(default_factory=dict)


def clean(html: str) -> str:
    """The HTML with nothing in it but what articles may hold."""
    return _CLEANER.clean(html)
