"""The people and bodies of a reference, folded for comparing."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from .folding import romanised, text, words

_PARTICLES = frozenset(
    "van der den ter ten de del della di da das do dos du des von zu zum zur la le el al bin ibn "
    "af av ben abu".split()
)
_NEAR = 80  # of 100, for names
_MOST = 30  # names of one role that are read
_DIGITS = re.compile(r"\d+")
_ABBREVIATED = re.compile(r"\s*\([A-Z][A-Za-z.-]{1,11}\)$")


class Name(NamedTuple):
    """A contributor: `family` without particles and spaces (of a body, the name it goes by),
    `given` as words, `full` all of it, `shown` as it is written."""

    family: str
    given: tuple[str, ...]
    full: str
    shown: str
    is_body: bool


class Bodies:
    """The names by which bodies go, from any of their names."""

    def __init__(self, other_names: Mapping[str, str] | None = None) -> None:
        self._by_name = {_body(any_name): _body(n) for any_name, n in (other_names or {}).items()}

    def name_of(self, literal: str) -> str:
        """The folded name a body goes by: “OAU” is organization of african unity."""
        name = _body(literal)
        return self._by_name.get(name, name)


def _body(literal: str) -> str:
    """A body's name, folded, without “the” and without its abbreviation in brackets at the end."""
    folded = romanised(words(_ABBREVIATED.sub("", text(literal))))
    return " ".join(folded[1:] if folded[:1] == ("the",) and len(folded) > 1 else folded)


def names(item: Mapping[str, Any], role: str, bodies: Bodies) -> list[Name]:
    """The contributors of a role that have a name, in order."""
    found = item.get(role)
    read = [_name(n, bodies) for n in found[:_MOST]] if isinstance(found, list) else []
    return [name for name in read if name.full]


def _name(name: Any, bodies: Bodies) -> Name:
    if not isinstance(name, Mapping):
        return Name("", (), "", "", True)
    family, given = text(name.get("family")), text(name.get("given"))
    if not family:
        literal = text(name.get("literal")) or given
        body = bodies.name_of(literal)
        return Name(body, (), body, literal, True)
    parts = romanised(words(family.replace("-", " ")))
    while len(parts) > 1 and parts[0] in _PARTICLES:
        parts = parts[1:]
    initials = " ".join(given) if len(given) == 2 and given.isupper() else given
    first = romanised(words(initials.replace(".", " ")))
    return Name(
        "".join(parts), first, " ".join((*first, *parts)), f"{given} {family}".strip(), False
    )


def is_same_given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether given names may be one person's: J., John and John B., or none beside John."""
    pairs = zip(a, b, strict=False)
    return all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in pairs)


def is_same(a: Name, b: Name) -> bool:
    """The same family name and given names that may be one person's; or all of it the same."""
    return a.full == b.full or (
        a.family == b.family and a.is_body == b.is_body and is_same_given(a.given, b.given)
    )


def is_near(a: Name, b: Name) -> bool:
    """The same family name or body, or a likeness of at least 80 of 100; Committees 1 and 2 are
    two."""
    if a.family == b.family:
        return True
    if _DIGITS.findall(a.full) != _DIGITS.findall(b.full):
        return False
    return fuzz.ratio(a.full, b.full, score_cutoff=_NEAR) > 0
