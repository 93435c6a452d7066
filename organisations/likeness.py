"""Finds organisations that may be one with another, by their names."""

import re
from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz.distance import OSA

from .models import Organisation
from .naming import folded

_MOST = 5
_SPELLINGS = (("iz", "is"), ("yz", "ys"), ("center", "centre"), ("&", " and "))
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_LONG = 5  # letters of a word that may be misspelt; Iran is not Iraq
_MOST_NAMES, _LONGEST = 20, 300  # of what somebody typed


def organisations_like(
    names: Iterable[str], among: Iterable[Organisation], *, but: int | None = None
) -> list[Organisation]:
    """Those with one of the `names`, or with one that differs in a letter of one word or in how it
    is written (case, accents, script, -ise and -ize, spaces, brackets); the surest first, five at
    most, without that with primary key `but`."""
    wanted = [w for w in (_words(name[:_LONGEST]) for name in list(names)[:_MOST_NAMES]) if w]
    found = []
    for organisation in among:
        theirs = [_words(name) for name in organisation.names]
        how = min((_apart(a, b) for a in wanted for b in theirs if b), default=_OTHER)
        if how < _OTHER and organisation.pk != but:
            found.append((how, organisation.name, organisation))
    return [
        organisation for _how, _name, organisation in sorted(found, key=lambda f: f[:2])[:_MOST]
    ]


_SAME, _RUN_ON, _SPELT, _OTHER = range(4)


def _words(name: str) -> list[str]:
    """The words of a name as they are compared."""
    plain = folded(anyascii(folded(_IN_BRACKETS.sub(" ", name)) or folded(name)))
    for written, ours in _SPELLINGS:
        plain = plain.replace(written, ours)
    return re.findall(r"[a-z0-9]+", plain.replace("'", "").replace(".", ""))


def _apart(a: list[str], b: list[str]) -> int:
    if a == b:
        return _SAME
    if "".join(a) == "".join(b):
        return _RUN_ON
    if len(a) != len(b):
        return _OTHER
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) == 1 and min(map(len, differing[0])) >= _LONG:
        return _SPELT if OSA.distance(*differing[0], score_cutoff=1) <= 1 else _OTHER
    return _OTHER
