"""How the search reads text: into words, and words into the tokens that the index holds.

Both databases store and compare what is made here, so that both give the same answers: accents,
apostrophes, dots and two ways of spelling are folded, possessives dropped, and words cut to their
English stem. A token is ASCII letters and digits, so no parser of a database has a say in it.

Finding and ranking a word in 8 % of 10,000 editions takes 1.7 ms on SQLite and 2 ms on PostgreSQL;
with the databases' own parsers and ranks it took 5.4 and 11 ms, and they answered differently
(docs/adr/0004).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

import snowballstemmer

GAP = "0x"  # stands between blocks, so that no phrase runs from one into the next
CUT = "\x1f"  # the unit separator: indexing takes it out of every text
LONGEST = 40  # letters of a word that count
_MARKS = (  # written onto letters, in one script or another
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u06ed\u0900-\u0963"
    r"\u0966-\u0eff\u1000-\u109f\u1780-\u17d3\u00ad\u200c\u200d"
)
_PLAIN = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_WORD = re.compile(
    r"(?P<resolution>[SA]/RES)(?=/\d)"  # S/RES/968 is resolution 968
    rf"|(?P<initials>[^\W\d_](?:\.[^\W\d_])+(?![\w{_MARKS}]))\.?"  # U.N. is UN
    rf"|(?P<word>(?:(?i:cease|co|multi|non|peace|re)[-‐‑])?{_PLAIN})"  # cease-fire is ceasefire
    rf"(?:['’‘ʼ´`′＇][sS](?![\w{_MARKS}]))?"
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | dict.fromkeys(".-‐‑\u00ad\u200c\u200d", None)
)
_SPELLINGS = (  # British and American spelling are one
    (re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|ers|ing|ations?)$)"), "iz"),
    (re.compile(r"(?<=\w{2})our"), "or"),
    (re.compile(r"(?<=\w)tre(?=s?$)"), "ter"),
    (re.compile(r"^(def|off|lic)ence"), r"\1ense"),
    (re.compile(r"ogramme"), "ogram"),
)
_stemmer, _one_at_a_time = snowballstemmer.stemmer("english"), Lock()


class Word(NamedTuple):
    """A word of a text: where it stands, its letters folded, and its token."""

    start: int
    end: int
    plain: str
    token: str


def read(text: str) -> Iterator[Word]:
    """The words of a text, in order."""
    for match in _WORD.finditer(text):
        kind = match.lastgroup or ""
        written = match[kind]
        plain, token = _folded("resolution" if kind == "resolution" else written)
        if plain:
            yield Word(match.start(), match.start() + len(written), plain, token)


def stream(blocks: Iterable[str]) -> str:
    """The tokens of some blocks, each between two blanks; a gap between two blocks."""
    return _between_blanks(token for token, _ in _laid_out(blocks))


def laid_out(blocks: Iterable[str]) -> tuple[str, str]:
    """The stream of some blocks, and their text cut before each word: as many pieces, between
    `CUT`, as there are tokens; a gap has an empty piece."""
    pairs = list(_laid_out(blocks))
    return _between_blanks(token for token, _ in pairs), CUT.join(piece for _, piece in pairs)


def _between_blanks(found: Iterable[str]) -> str:
    return "".join(f" {token}" for token in found) + " "


def _laid_out(blocks: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each token with the text from its word to the next."""
    apart = False
    for block in blocks:
        words = list(read(block))
        if not words:
            continue
        if apart:
            yield GAP, ""
        apart = True
        starts = [0, *(word.start for word in words[1:]), len(block)]
        for word, (start, end) in zip(words, pairwise(starts), strict=True):
            yield word.token, block[start:end]


@lru_cache(maxsize=20_000)
def _folded(written: str) -> tuple[str, str]:
    """The word in small letters without accents, and its token."""
    plain = written.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    plain = "".join(c for c in plain.translate(_LETTERS) if c.isalnum() or ord(c) > 127)[:LONGEST]
    return plain, token(plain)


def token(plain: str) -> str:
    """What the index holds of a word whose letters are folded."""
    if not plain.isascii() or plain.startswith(GAP):
        return GAP + plain.encode().hex()
    if not plain.isalpha():
        return plain
    for pattern, other in _SPELLINGS:
        plain = pattern.sub(other, plain)
    with _one_at_a_time:
        return _stemmer.stemWord(plain)
