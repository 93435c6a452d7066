"""Reads Pandoc citations, as far as the house uses them: what stands in [see @key, pp. 5-6]."""

import re
from typing import NamedTuple

from sources.citing import Cite, read_locator

KEY = r"[a-zA-Z0-9][a-zA-Z0-9_-]*"  # as Source.key has it

_PIECE = re.compile(r"(?:\{[^{}]*\}|[^;])+")
_CITE = re.compile(
    rf"(?P<words>(?:.*?[\s(])?)@(?P<key>{KEY})(?:\Z|(?=\s|,|\{{))\s*,?(?P<place>.*)", re.DOTALL
)
_ANOTHER = re.compile(rf"(?:\A|[\s(])-?@{KEY}")
_VERBATIM = re.compile(r"\{([^{}]*)\}(.*)", re.DOTALL)


class Cited(NamedTuple):
    """A citation and the (Markdown) words before it."""

    words: str
    cite: Cite


def read_citations(inside: str) -> list[Cited] | None:
    """The citations between square brackets; None where the words are not citations.

    Pieces stand between semicolons; each has one @key, words before it or none, and a locator
    after it or none. A locator in braces is printed as typed.
    """
    pieces = _PIECE.findall(inside)
    cited = [found for piece in pieces if (found := _read_piece(piece))]
    return cited if cited and len(cited) == len(pieces) else None


def _read_piece(piece: str) -> Cited | None:
    found = _CITE.fullmatch(piece.strip())
    if found is None or _ANOTHER.search(found["words"]) or _ANOTHER.search(found["place"]):
        return None
    place = found["place"].strip()
    verbatim = _VERBATIM.fullmatch(place)
    typed = "".join(verbatim.groups()).strip() if verbatim else place
    locator = read_locator(typed, verbatim=bool(verbatim)) if typed else None
    return Cited(found["words"], Cite(found["key"], locator))
