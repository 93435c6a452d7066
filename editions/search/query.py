"""What was asked: the terms of what somebody typed. Whatever is typed, no error."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from .tokens import ADDRESS, Word, read, token

MAX_LENGTH = 300
MAX_TERMS = 24
MAX_TOKENS = 60
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
FIELDS = ("title", "author", "source")
_TERM = re.compile(rf'(-?)((?i:{"|".join(FIELDS)}):)?(?:"([^"]*)"?|([^\s"]+))')
YEARS = "years"  # the field of two years with a dash between
RANGE = re.compile(r"([12]\d{3})[-–—‐‑]([12]\d{3})")
_COMBINING = frozenset(  # what is joined to the word after it, or not: post-conflict, postconflict
    "anti cease co counter cross inter intra mid multi non over para peace post power pre pro re "
    "self semi sub trans under".split()
)
_EITHER = re.compile(r"(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})")  # China/Russia is two words
_STOP = frozenset(
    "a an and are as at be been but by did do does for from had has have how in into is its of on "
    "or that the their then there these they this those to was were what when where which while "
    "who whom whose why will with".split()
)


@dataclass(frozen=True)
class QueryTerm:
    """One thing asked for: tokens in this order, the last perhaps only begun (`prefix` holds the
    letters then), or one of its `others`; perhaps to be absent."""

    tokens: tuple[str, ...]
    prefix: str = ""
    absent: bool = False
    others: tuple["QueryTerm", ...] = ()


@dataclass(frozen=True)
class FieldTerm:
    """Words that stand in one of FIELDS, as they were typed, or YEARS from the one to the other;
    perhaps they must not."""

    field: str
    words: str
    absent: bool = False


@dataclass(frozen=True)
class Query:
    """What was asked, as the terms that must be `present` and those that must be `absent`;
    `fields` are what title, authors or sources must hold, and the years; `whole` is all of it in
    the order in which it was typed."""

    present: tuple[QueryTerm, ...] = ()
    absent: tuple[QueryTerm, ...] = ()
    whole: tuple[str, ...] = ()
    fields: tuple[FieldTerm, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.present or self.absent or self.fields)


def parsed(text: str) -> Query:
    """The question in what was typed: everything that holds no letter or digit is passed over, and
    so are “the”, “of” and the like, if anything else was asked and they stand in no phrase. “OR”
    in capitals stands between two terms either of which will do, “NOT” before one to be absent."""
    return _parsed(text[:MAX_LENGTH])


@dataclass
class _Read:
    """A term as it is read, whether it is a small word, and its one word where it has but one."""

    term: QueryTerm
    small: bool
    plain: str


@lru_cache(maxsize=200)
def _parsed(text: str) -> Query:
    plain = "".join(c if c.isprintable() else " " for c in text)
    found: list[_Read] = []
    whole: list[str] = []
    fields: list[FieldTerm] = []
    left, either, absent = MAX_TOKENS, False, False
    for minus, field, phrase, loose in _TERM.findall(_parted(plain.translate(_QUOTES))):
        if loose in ("OR", "NOT", "AND") and not minus and not field:
            either, absent = loose == "OR" and bool(found), loose == "NOT"
            continue
        words = list(read(phrase or loose))[:left]
        if not words or len(found) + len(fields) >= MAX_TERMS:
            continue
        left -= len(words)
        if field or RANGE.fullmatch(loose):
            name = field[:-1].lower() or YEARS
            fields.append(FieldTerm(name, phrase or loose, absent or minus == "-"))
        else:
            read_ = _read(words, phrase, loose, absent=absent or minus == "-")
            whole += () if read_.term.absent or either else read_.term.tokens
            if either and not read_.term.absent and not found[-1].term.absent:
                first = found[-1]
                first.term = replace(first.term, others=(*first.term.others, read_.term))
                first.small = first.small and read_.small
            else:
                found.append(read_)
        either = absent = False
    _join(found)
    present = [read_ for read_ in found if not read_.term.absent]
    telling = tuple(dict.fromkeys(read_.term for read_ in present if not read_.small))
    return Query(
        telling or tuple(dict.fromkeys(read_.term for read_ in present if not fields)),
        tuple(read_.term for read_ in found if read_.term.absent),
        tuple(whole),
        tuple(fields),
    )


def _read(words: list[Word], phrase: str, loose: str, *, absent: bool) -> _Read:
    begun = not phrase and loose.endswith("*") and len(words[-1].plain) > 1
    prefix = words[-1].plain if begun else ""
    tokens = tuple(word.token for word in words)
    others = () if begun or phrase else _written_otherwise(words, loose)
    term = QueryTerm(tokens, prefix, absent, others)
    alone = words[0].plain if len(words) == 1 and not phrase and not begun else ""
    return _Read(term, not phrase and _is_small(loose, words), alone)


def _written_otherwise(words: list[Word], loose: str) -> tuple[QueryTerm, ...]:
    """A compound joined or parted."""
    if len(words) == 2 and re.search(r"\w[-‐‑]\w", loose):
        return (QueryTerm((token(words[0].plain + words[1].plain),)),)
    plain = words[0].plain
    if len(words) == 1 and plain.isalpha():
        return tuple(
            QueryTerm((token(plain[:at]), token(plain[at:])))
            for at in range(2, min(8, len(plain) - 3))
            if plain[:at] in _COMBINING
        )
    return ()


def _join(found: list[_Read]) -> None:
    """Two words that may be written as one, “cease fire”, are also found as that one."""
    for first, second in pairwise(found):
        if first.plain in _COMBINING and second.plain and first.term.absent == second.term.absent:
            joined = QueryTerm((token(first.plain + second.plain),))
            for read_ in (first, second):
                read_.term = replace(read_.term, others=(*read_.term.others, joined))


def _parted(typed: str) -> str:
    """What was typed, words with a stroke between them apart; an address stays whole."""
    return " ".join(
        part if ADDRESS.search(part) else _EITHER.sub(" ", part) for part in typed.split(" ")
    )


def _is_small(typed: str, words: list[Word]) -> bool:
    """Whether this is one of the words that every text holds; WHO in capitals is none."""
    return (
        len(words) == 1
        and words[0].plain in _STOP
        and not (typed.isupper() and len(typed) > 1)
        and not typed.endswith("*")
    )
