"""The passage of a text that answers a question best, its words marked."""

import html
from collections.abc import Iterator

from django.utils.safestring import SafeString

from .query import Query
from .sql import Ends, patterns
from .tokens import CUT, read

HIT, HIT_END = "\ue000", "\ue001"  # private characters: no text holds them, so escaping is safe
WORDS = 40  # in a passage
_BEFORE = 12  # words at most between the beginning of a passage and what was found
_PLACES = 30  # of each term that are looked at
_SENTENCE = (". ", ".” ", "! ", "? ")


def marked(snippet: str) -> SafeString:
    """A snippet as safe HTML, the words that were found in <mark>."""
    escaped = html.escape(snippet)
    return SafeString(escaped.replace(HIT, "<mark>").replace(HIT_END, "</mark>"))


def snippet(stream: str, text: str, query: Query, ends: Ends) -> str:
    """The passage of `text` that holds the most terms, between HIT and HIT_END what was found; ""
    where the text holds none of them. See `reading.laid_out` for the two forms of the text."""
    places = sorted(_places(stream, query, ends))
    if not places:
        return ""
    found, count = _best(places), text.count(CUT) + 1
    if found >= count:  # the index is of another release, and has not been rebuilt
        return ""
    first = max(found - _BEFORE, 0)
    pieces = _cut(text, first, min(found + WORDS, count), count)
    start = _start(pieces, found - first)
    end = min(start + WORDS, len(pieces))
    here = [(word - first, length) for word, length, _ in places]
    said = _written(pieces, start, end, [place for place in here if start <= place[0] < end])
    return f"{said}…" if first + end < count else said


def _cut(text: str, first: int, last: int, count: int) -> list[str]:
    """The pieces of the text from the first to before the last, of `count`: cut from the end that
    is nearer, since cutting all of a text takes longer than everything else here."""
    if first < count - last:
        return text.split(CUT, last)[first:last]
    pieces = text.rsplit(CUT, count - first)
    return pieces[len(pieces) - (count - first) :][: last - first]


def _places(stream: str, query: Query, ends: Ends) -> Iterator[tuple[int, int, int]]:
    """Where a term stands: the number of its first word, how many words, which term."""
    for number, term in enumerate(query.present):
        for pattern in patterns(term, ends):
            at = stream.find(pattern)
            word = last = 0
            for _ in range(_PLACES):
                if at < 0:
                    break
                word += stream.count(" ", last, at)
                last = at
                yield word, len(term.tokens), number
                at = stream.find(pattern, at + 1)


def _best(places: list[tuple[int, int, int]]) -> int:
    """The first word of the passage with the most terms, the earliest of them."""
    most, best = 0, places[0][0]
    for index, (word, _, _) in enumerate(places):
        terms = set()
        for other, _, number in places[index:]:
            if other > word + WORDS - _BEFORE - 4:
                break
            terms.add(number)
        if len(terms) > most:
            most, best = len(terms), word
    return best


def _start(pieces: list[str], found: int) -> int:
    """Where a passage about word number `found` begins: with its sentence, if that is near."""
    for start in range(found, max(found - _BEFORE, -1), -1):
        if start == 0 or not pieces[start - 1] or pieces[start - 1].endswith(_SENTENCE):
            return start
    return found - _BEFORE // 2


def _written(pieces: list[str], start: int, end: int, places: list[tuple[int, int]]) -> str:
    opens, closes = set(), set()
    for word, length in places:
        opens.add(word)
        closes.add(min(word + length, end) - 1)
    said, inside = [], False
    for number in range(start, end):
        piece = pieces[number] or " "
        if number in opens and not inside:
            piece, inside = HIT + piece, True
        if number in closes and inside:
            piece, inside = _closed(piece), False
        said.append(piece)
    words = " ".join("".join(said).split()).rstrip("“‘([ ")
    return f"…{words}" if start and pieces[start - 1] else words


def _closed(piece: str) -> str:
    """The piece with the end of a hit after its word."""
    word = next(read(piece), None)
    end = word.end if word else len(piece.rstrip())
    return piece[:end] + HIT_END + piece[end:]
