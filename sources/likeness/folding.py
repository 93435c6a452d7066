"""Folds titles and names for comparing: without case, accents, punctuation and articles."""

import re
import unicodedata
from collections import Counter
from typing import Any

from anyascii import anyascii
from rapidfuzz.distance import OSA

from ..plain_text import plain, without_markup

LONGEST = 600  # characters of a text that are compared; a title of ours has 500
_ACCENT = re.compile("[\u0300-\u036f]+")
_LATIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "&": " and ",
    }
)
_WITHIN_WORDS = re.compile(r"[.'’‘ʼʻ`´\u00ad\u200b-\u200f]+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ARTICLES = frozenset({"the", "a", "an"})
_OPENING_ARTICLES = frozenset("le la les der die das el los las il lo gli het een un une".split())
_ROMAN_NUMERAL = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_IN_WORDS = (
    r"(?:twen|thir|for|four|fif|six|seven|eigh|eight|nine)(?:teen|t?y)?(?:th|ieth)?"
    r"|one|two|three|five|ten|eleven|twelve|tenth|eleventh|twelfth|first|second|third|ninth|hundred"
)
_NUMBER = re.compile(rf".*\d.*|{_ROMAN_NUMERAL}|{_IN_WORDS}")
_ALIKE_PLACES = frozenset(
    "iran iraq mali malawi bali niger nigeria nigerian austria australia austrian australian "
    "slovakia slovenia slovak slovene gambia zambia guinea guiana guyana dominica dominican "
    "mauritius mauritania india indian latvia lithuania eastern western northern southern".split()
)
_NO_NUMBER = frozenset({"for", ""})


def text(value: Any) -> str:
    """A field's text on one line, cut to what is compared; nothing for what is no text."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return plain(without_markup(str(value)[: 2 * LONGEST]))[:LONGEST]


def words(title: str) -> tuple[str, ...]:
    """The words in their own script, without case, accents and punctuation (“U.S.” is us); of a
    text that is nothing but punctuation, this."""
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", title)).casefold().translate(_LATIN)
    found = _BETWEEN_WORDS.sub(" ", _WITHIN_WORDS.sub("", bare)).split()
    return tuple(found) if found else tuple(bare.split())


def telling(title: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a title without articles; a last word is none (“Annex A”)."""
    found = title[1:] if len(title) > 1 and title[0] in _OPENING_ARTICLES else title
    return (*(word for word in found[:-1] if word not in _ARTICLES), *found[-1:])


def romanised(title: tuple[str, ...]) -> tuple[str, ...]:
    """The words in Latin letters: Война и мир is voyna i mir, and Han is set in syllables."""
    spaced = " ".join(title)
    return title if spaced.isascii() else words(anyascii(spaced))


def numbers(title: tuple[str, ...]) -> Counter[str]:
    """The numbers in a title, in digits, Roman numerals and words."""
    return Counter(w for w in title if w not in _NO_NUMBER and _NUMBER.fullmatch(w))


def is_spelling_of(a: str, b: str) -> bool:
    """Whether two words are spellings of one: one letter apart (more, missing, other, swapped) from
    four letters on, two from eight on, or “program” and “programme”. The first letter stays, or is
    swapped with the second. Iran and Iraq, Gambia and Zambia are different words."""
    if a == b:
        return True
    shorter = min(len(a), len(b))
    if shorter < 4 or a[0] not in b[:2] or b[0] not in a[:2] or {a, b} <= _ALIKE_PLACES:
        return False
    if shorter >= 7 and (a.startswith(b) or b.startswith(a)):
        return abs(len(a) - len(b)) <= 2
    return OSA.distance(a, b, score_cutoff=2) <= (2 if shorter >= 8 else 1)


def is_letter_apart(a: str, b: str) -> bool:
    """Whether two words of more than one letter, of any length, are one letter apart."""
    is_slip = OSA.distance(a, b, score_cutoff=1) <= 1
    return is_slip and max(len(a), len(b)) > 1 and not {a, b} <= _ALIKE_PLACES
