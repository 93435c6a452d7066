"""What a text leaves in the index by which the same passage and paragraphs alike are found.

Of every run of `RUN` words at least one hash is kept (winnowing: Schleimer, Wilkerson, Aiken 2003),
and of every paragraph a few that it likely shares with one that has half its words (MinHash in
bands: Broder 1997).
"""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_GRAM, _WINDOW = 8, 8
RUN = _GRAM + _WINDOW - 1  # words; what is shorter may be missed
_PRIME = (1 << 61) - 1
_BANDS, _ROWS = 8, 3
_LEAST_WORDS = 25  # telling words of a paragraph that is compared
ALIKE = 0.5  # of the telling words of two paragraphs
_SALTS = [(2 * n + 3) * 0x9E3779B97F4A7C15 % _PRIME for n in range(_BANDS * _ROWS)]


class Token(NamedTuple):
    """A word, folded, and where it stands."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    return [Token(found[0].casefold(), *found.span()) for found in _WORD.finditer(text)]


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), signed=True)


def of_passages(words: list[Token]) -> set[int]:
    """The hashes of a text's runs of words."""
    grams = [
        _hash(" ".join(token.word for token in words[at : at + _GRAM]))
        for at in range(len(words) - _GRAM + 1)
    ]
    windows = range(max(1, len(grams) - _WINDOW + 1))
    return {min(grams[at : at + _WINDOW]) for at in windows} if grams else set()


@lru_cache(maxsize=4_096)
def telling(paragraph: str) -> frozenset[str]:
    """The words of a paragraph that tell what it is about."""
    words = map(str.casefold, _WORD.findall(paragraph))
    return frozenset(word for word in words if len(word) > 4)


def of_paragraph(paragraph: str) -> set[int]:
    """The hashes of one paragraph; none of a short one."""
    words = telling(paragraph)
    if len(words) < _LEAST_WORDS:
        return set()
    hashed = [_hash(word) % _PRIME for word in words]
    least = [min((salt * one + n) % _PRIME for one in hashed) for n, salt in enumerate(_SALTS)]
    return {_hash(f"{band}:{least[band * _ROWS : (band + 1) * _ROWS]}") for band in range(_BANDS)}


def common_run(mine: list[Token], theirs: list[Token]) -> tuple[int, int]:
    """The longest run of words that both have: its first word in `mine` and its length."""
    at: dict[tuple[str, ...], int] = {}
    for n in range(len(theirs) - _GRAM + 1):
        at.setdefault(tuple(token.word for token in theirs[n : n + _GRAM]), n)
    best, n = (0, 0), 0
    while n + _GRAM <= len(mine):
        there = at.get(tuple(token.word for token in mine[n : n + _GRAM]))
        length = sum(1 for _same in _run(mine, n, theirs, there)) if there is not None else 0
        best = max(best, (n, length), key=lambda run: run[1])
        n += max(1, length - _GRAM + 1)
    return best


def _run(mine: list[Token], n: int, theirs: list[Token], there: int) -> Iterator[None]:
    for a, b in zip(mine[n:], theirs[there:], strict=False):
        if a.word != b.word:
            return
        yield None
