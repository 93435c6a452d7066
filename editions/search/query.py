"""What was asked: the terms of what somebody typed. Whatever is typed, no error."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .tokens import ADDRESS, read

MAX_LENGTH = 300
MAX_TERMS = 24
MAX_TOKENS = 60
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_EITHER = re.compile(r"(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})")  # China/Russia is two words
_STOP = frozenset(
    "a an and are as at be been but by did do does for from had has have how in into is its of on "
    "or that the their then there these they this those to was were what when where which while "
    "who whom whose why will with".split()
)


@dataclass(frozen=True)
class QueryTerm:
    """One thing asked for: tokens in this order, the last perhaps only begun (`prefix` holds the
    letters then); perhaps to be absent."""

    tokens: tuple[str, ...]
    prefix: str = ""
    absent: bool = False


@dataclass(frozen=True)
class Query:
    """What was asked, as the terms that must be `present` and those that must be `absent`;
    `whole` is all of it in the order in which it was typed."""

    present: tuple[QueryTerm, ...] = ()
    absent: tuple[QueryTerm, ...] = ()
    whole: tuple[str, ...] = ()


def parse(text: str) -> list[QueryTerm]:
    """The terms of what was typed; everything that holds no letter or digit is passed over, and
    so are “the”, “of” and the like, if anything else was asked and they stand in no phrase."""
    query = parsed(text)
    return [*query.present, *query.absent]


def parsed(text: str) -> Query:
    """The question in what was typed."""
    return _parsed(text[:MAX_LENGTH])


@lru_cache(maxsize=200)
def _parsed(text: str) -> Query:
    plain = "".join(c if c.isprintable() else " " for c in text)
    found: list[Any] = []
    whole: list[Any] = []
    left = MAX_TOKENS
    for minus, phrase, loose in _TERM.findall(_parted(plain.translate(_QUOTES))):
        words = list(read(phrase or loose))[:left]
        if not words or len(found) >= MAX_TERMS:
            continue
        left -= len(words)
        begun = not phrase and loose.endswith("*") and len(words[-1].plain) > 1
        term = QueryTerm(
            tuple(word.token for word in words), words[-1].plain if begun else "", minus == "-"
        )
        found.append((term, not phrase and _is_small(loose, words)))
        whole += () if term.absent else term.tokens
    absent = tuple(term for term, _ in found if term.absent)
    present = [(term, small) for term, small in found if not term.absent]
    telling = tuple(dict.fromkeys(term for term, small in present if not small))
    return Query(telling or tuple(dict.fromkeys(term for term, _ in present)), absent, tuple(whole))


def _parted(typed: str) -> str:
    """What was typed, words with a stroke between them apart; an address stays whole."""
    return " ".join(
        part if ADDRESS.search(part) else _EITHER.sub(" ", part) for part in typed.split(" ")
    )


def _is_small(typed: str, words: list) -> bool:
    """Whether this is one of the words that every text holds; WHO in capitals is none."""
    return (
        len(words) == 1
        and words[0].plain in _STOP
        and not (typed.isupper() and len(typed) > 1)
        and not typed.endswith("*")
    )
