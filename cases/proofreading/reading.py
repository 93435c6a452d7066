"""A case as a proofreader has it before him: its texts, their paragraphs and sentences, its notes.

Citations, addresses and code are blanked out in `Text.bare`, sign by sign, so that a rule looks at
words alone and what it finds there has the same offsets in the text as it was typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from cases.models import Case
from cases.rendering import SECTIONS, Rendered
from cases.rendering.citations import inside_brackets

PLAIN_FIELDS = ("title", "standfirst", "impact_note", "impact_dissent", "location")
TOO_LONG = frozenset({"too-long", "too-many-marks", "too-many-notes"})
GAP = "\ufffc"  # stands for each sign of what is not words

_PARAGRAPH = re.compile(r"(?:^|\n[ \t]*\n)((?:[^\n]+\n?)+)")
_NO_WORDS = re.compile(
    r"\]\([^()\s]{1,2000}\) | `[^`\n]{1,2000}` | https?://[^\s<>()\[\]]{1,2000} "
    r"| ^[ ]{0,3}\[\^[^\[\]]{1,64}\]:? | \[\^[^\[\]]{1,64}\] | \^\[",
    re.VERBOSE | re.MULTILINE,
)
_END = re.compile(r"(?<=[.!?…])[\"”’)\]\ufffc]*\s+(?=[\"“‘(\[\ufffc]*[^\W\da-z_])|\n[ \t]*\n")
_LISTED = ("#", "[^", ">", "|", "```", "    ", "- ", "* ", "+ ")


class Sentence(NamedTuple):
    """Where it begins in the text, and its words with gaps."""

    start: int
    bare: str


@dataclass(frozen=True)
class Paragraph:
    """A block of a text between blank lines: its offset, its line, and what was typed."""

    field: str
    start: int
    line: int
    typed: str

    @property
    def is_prose(self) -> bool:
        """Whether it is neither a heading, a quotation, a list, a table nor a footnote."""
        return not self.typed.startswith(_LISTED)


@dataclass(frozen=True)
class Text:
    """One field of words."""

    field: str
    typed: str

    @cached_property
    def bare(self) -> str:
        """As long as what was typed, with gaps for all that is not words."""
        if self.field in PLAIN_FIELDS:
            return self.typed
        signs = list(self.typed)
        at = self.typed.find("[")
        while at >= 0:
            inside = inside_brackets(self.typed, at, len(self.typed))
            if inside is not None and "@" in inside:
                end = at + len(inside) + 2
                signs[at:end] = GAP * (end - at)
            at = self.typed.find("[", at + 1)
        bare = "".join(signs)
        return _NO_WORDS.sub(lambda found: GAP * len(found[0]), bare)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All of it, in order."""
        cuts = [0, *(found.end() for found in _END.finditer(self.bare)), len(self.bare)]
        return [Sentence(a, self.bare[a:b]) for a, b in pairwise(cuts) if self.bare[a:b].strip()]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """Its blocks, in order."""
        return [
            Paragraph(self.field, found.start(1), self.line_at(found.start(1)), found[1].strip())
            for found in _PARAGRAPH.finditer(self.typed)
        ]

    def line_at(self, offset: int) -> int:
        """The line in which an offset is."""
        return self.typed.count("\n", 0, offset) + 1

    def place(self, start: int, end: int) -> str:
        """The sentence as it was typed in which something was found."""
        first, last = 0, len(self.typed)
        for sentence in self.sentences:
            if sentence.start <= start:
                first = sentence.start
            elif sentence.start >= end:
                last = sentence.start
                break
        return self.typed[first:last].strip()


class Reading:
    """A case and its text as set. Its facts are fetched when a rule first asks."""

    def __init__(self, case: Case, rendered: Rendered) -> None:
        self.case = case
        self.rendered = rendered

    @cached_property
    def is_readable(self) -> bool:
        """Whether the text is of a length that can be read."""
        return not any(problem.code in TOO_LONG for problem in self.rendered.problems)

    @cached_property
    def texts(self) -> dict[str, Text]:
        """The article: the body and the sections after it."""
        return {name: Text(name, getattr(self.case, name)) for name in ("body", *SECTIONS)}

    @cached_property
    def words(self) -> dict[str, Text]:
        """Every field of words, plain ones first."""
        plain = {name: Text(name, getattr(self.case, name)) for name in PLAIN_FIELDS}
        return plain | self.texts

    @cached_property
    def prose(self) -> str:
        """The words of the article with those of title and standfirst."""
        parts = [self.case.title, self.case.standfirst, *(t.bare for t in self.texts.values())]
        return "\n\n".join(parts)

    def matches(
        self, pattern: re.Pattern[str], *, plain: bool = True
    ) -> Iterator[tuple[Text, re.Match[str]]]:
        """Where a pattern stands in the words of the case; not in plain fields unless `plain`."""
        for text in (self.words if plain else self.texts).values():
            for found in pattern.finditer(text.bare):
                yield text, found

    @cached_property
    def conflict_types(self) -> list:
        """The terms."""
        return list(self.case.conflict_types.all())

    @cached_property
    def organisations(self) -> list:
        """Those that are listed."""
        return list(self.case.organisations.all())

    @cached_property
    def countries(self) -> list:
        """Those that are listed."""
        return list(self.case.countries.all())
