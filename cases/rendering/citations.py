"""Reads Pandoc citations, as far as the house uses them: what stands in [see @key, pp. 5-6].

Beyond Pandoc's, a citation may end in the day on which the source was read and in the passage that
bears out the claim, in the source's own words: [@key, p. 5, accessed 2020-11-17: “They met.”].
"""

import re
from datetime import date
from typing import NamedTuple

from sources.citing import Cite, read_locator
from sources.plain_text import plain

KEY = r"[a-zA-Z0-9][a-zA-Z0-9_-]*"  # as Source.key has it
LONGEST = 4_000  # characters between two brackets

_QUOTED = re.compile(r":\s*(?:“([^“”]*)”|\"([^\"]*)\")\s*(?=[;\]]|\Z)")
_QUOTED_OPENS = re.compile(r":\s*[“\"]")
_BRACES = re.compile(r"\{[^{}]*\}")
_BRACKET = re.compile(r"[\[\]]")
_CITE = re.compile(
    rf"(?P<words>(?:.*?[\s(])?)@(?P<key>{KEY})(?:\Z|(?=\s|,|\{{))\s*,?(?P<place>.*)", re.DOTALL
)
_ANOTHER = re.compile(rf"(?:\A|[\s(])-?@{KEY}")
_VERBATIM = re.compile(r"\{([^{}]*)\}(.*)", re.DOTALL)
_ACCESSED = re.compile(
    r"(?:\A|,)\s*accessed\s+(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"|([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}))\s*\Z",
    re.I,
)


class Cited(NamedTuple):
    """A citation and the (Markdown) words before it."""

    words: str
    cite: Cite


def inside_brackets(text: str, start: int, end: int) -> str | None:
    """What stands between the bracket at `start` and the one that closes it, with no bracket within
    but in a passage; None where nothing closes it. Reads each sign once, so that ten thousand
    opening brackets are read in one pass."""
    end = min(end, start + LONGEST)
    at = start + 1
    while found := _BRACKET.search(text, at, end):
        passage = _QUOTED_OPENS.search(text, at, found.start())
        quoted = passage and _QUOTED.match(text, passage.start(), end)
        if not quoted:
            return text[start + 1 : found.start()] if found[0] == "]" else None
        at = quoted.end()
    return None


def read_citations(inside: str) -> list[Cited] | None:
    """The citations between square brackets; None where the words are not citations.

    Pieces stand between semicolons; each has one @key, words before it or none, and a locator
    after it or none, then the day and the passage, if any. A locator in braces is printed as typed.
    """
    pieces = _pieces(inside)
    cited = [found for piece, passage in pieces if (found := _read_piece(piece, passage))]
    return cited if cited and len(cited) == len(pieces) else None


def without_passages(text: str) -> str:
    """What stands between brackets, without its passages."""
    return _QUOTED.sub("", text)


def _pieces(inside: str) -> list[tuple[str, str]]:
    """The words of each citation, and its passage."""
    pieces, piece, at = [], "", 0
    while at < len(inside):
        sign = inside[at]
        if sign == ";":
            pieces.append((piece, ""))
            piece = ""
        elif sign == ":" and (quoted := _QUOTED.match(inside, at)):
            pieces.append((piece, plain(quoted[1] or quoted[2] or "")))
            piece, at = "", quoted.end()  # on the semicolon, which is passed over, or at the end
        elif (
            sign == "{" and (shut := inside.find("}", at)) > 0 and "{" not in inside[at + 1 : shut]
        ):
            piece += inside[at : shut + 1]
            at = shut
        else:
            piece += sign
        at += 1
    return [pair for pair in (*pieces, (piece, "")) if pair != ("", "")]


def _read_piece(piece: str, passage: str) -> Cited | None:
    found = _CITE.fullmatch(piece.strip())
    if found is None or _ANOTHER.search(found["words"]) or _ANOTHER.search(found["place"]):
        return None
    place, accessed = _with_day(found["place"].strip())
    verbatim = _VERBATIM.fullmatch(place)
    typed = "".join(verbatim.groups()).strip() if verbatim else place
    locator = read_locator(typed, verbatim=bool(verbatim)) if typed else None
    return Cited(found["words"], Cite(found["key"], locator, accessed, passage))


def _with_day(place: str) -> tuple[str, date | None]:
    """The place in the source without the day on which it was read, and that day."""
    found = _ACCESSED.search(place)
    if not found:
        return place, None
    iso_year, iso_month, iso_day, day, month, year = (int(part or 0) for part in found.groups())
    try:
        accessed = date(iso_year or year, iso_month or month, iso_day or day)
    except ValueError:
        return place, None
    return place[: found.start()].strip(), accessed
