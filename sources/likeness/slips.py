"""Lists what may be there twice, or be a slip of the pen: works, people's names, bodies' names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA

from .facts import Facts
from .folding import is_spelling_of, text
from .known import Known
from .names import Bodies, Name, is_same_given, names

_ROLES = ("author", "editor", "translator", "interviewer")
_MOST_IN_A_BLOCK = 100  # names that are compared with each other; more are left out
_MOST_PER_WORK = 5
_COMMON_FAMILY = 5  # with so many given names, a family name tells nobody
_COMMON_GIVEN = 8  # with so many family names, a given name tells nobody


class Slip(NamedTuple):
    """Two sources, by their keys, that are likely one work ("work"), or that spell what is likely
    one person's ("person") or one body's name ("body") in two ways; `names` are the two names, or
    the two titles where the authors agree."""

    kind: Literal["work", "person", "body"]
    first: str
    second: str
    names: tuple[str, str]
    why: str


class _Person(NamedTuple):
    name: Name
    key: str  # of the first source that names them


class _Body(NamedTuple):
    name: str  # folded, the one it goes by
    works: dict[str, list[str]]  # the keys of the sources, by the name that stands in them


def slips(
    items: Iterable[Mapping[str, Any]], other_names: Mapping[str, str] | None = None
) -> list[Slip]:
    """What a moderator should look at: works first, then people, then bodies.

    `other_names` is as for `Known`. Time grows with the number of items, as `Known`'s does.
    """
    items = [item for item in items if isinstance(item, Mapping)]
    works = list(_works(items, other_names))
    said = {frozenset(slip.names) for slip in works}
    others = [*_people(items), *_bodies(items, Bodies(other_names))]
    return works + [slip for slip in others if frozenset(slip.names) not in said]


def work_slips(items: Iterable[Mapping[str, Any]]) -> list[Slip]:
    """Works alone, of a few items."""
    return list(_works(list(items), None))


def person_slips(items: Iterable[Mapping[str, Any]]) -> list[Slip]:
    """People alone, of a few items."""
    return list(_people(list(items)))


def _works(items: list[Mapping[str, Any]], other_names: Mapping[str, str] | None) -> Iterator[Slip]:
    """Every two works that are the same for sure, or but for spelling."""
    known = Known(other_names=other_names)
    for item in items:
        facts = Facts(item, known.bodies)
        for other, verdict in known.verdicts(facts)[:_MOST_PER_WORK]:
            if verdict.sure or verdict.by_title:
                pair = verdict.spellings
                shown = (pair[1], pair[0]) if pair else (other.shown, facts.shown)
                yield Slip("work", other.key, facts.key, shown, verdict.why)
        known.add_facts(facts)


def _people(items: list[Mapping[str, Any]]) -> Iterator[Slip]:
    """Every two people with family names a letter or two apart and the same given name, or with
    given names a letter apart and the same family name.

    Initials are no slips, nor are the names of two sexes (Paul and Paula). What the two have in
    common must tell them: a family name with five given names, or a given name with eight family
    names, is too common for this.
    """
    people = _people_by_name(items)
    by_family: dict[str, list[_Person]] = defaultdict(list)
    by_given: dict[str, dict[str, list[_Person]]] = defaultdict(lambda: defaultdict(list))
    for person in people:
        family, given = person.name.family, person.name.given[0]
        by_family[family].append(person)
        for end in {family[:2], family[-2:]}:
            by_given[given][end].append(person)
    for block in by_family.values():
        if len({person.name.given[0] for person in block}) < _COMMON_FAMILY:
            for a, b in _pairs(block):
                if _is_given_slip(a.name.given, b.name.given):
                    why = _("the same family name, and given names a letter apart")
                    yield Slip("person", a.key, b.key, (a.name.shown, b.name.shown), why)
    for blocks in by_given.values():
        is_common = (
            len({p.name.family for block in blocks.values() for p in block}) >= _COMMON_GIVEN
        )
        said = set()
        for block in blocks.values():
            for a, b in _pairs(block):
                pair = a.name.full, b.name.full
                if pair in said or not is_same_given(a.name.given, b.name.given):
                    continue
                if _is_family_slip(a.name.family, b.name.family, is_common):
                    said.add(pair)
                    why = _("the same given name, and family names nearly alike")
                    yield Slip("person", a.key, b.key, (a.name.shown, b.name.shown), why)


def _people_by_name(items: list[Mapping[str, Any]]) -> list[_Person]:
    """Each person with a given name that is no initial, once."""
    found: dict[tuple[str, tuple[str, ...]], _Person] = {}
    bodies = Bodies()
    for item in items:
        for role in _ROLES:
            for name in names(item, role, bodies):
                if not name.is_body and name.given and len(name.given[0]) > 2:
                    key = (name.family, name.given)
                    found.setdefault(key, _Person(name, text(item.get("id"))))
    return list(found.values())


def _pairs(block: list[Any]) -> Iterator[tuple[Any, Any]]:
    return combinations(block[:_MOST_IN_A_BLOCK], 2)


def _is_given_slip(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether first given names are one letter apart, or two from eight letters on, and second
    ones do not contradict it."""
    x, y = a[0], b[0]
    shorter = min(len(x), len(y))
    if x == y or shorter < 3 or _are_of_two_sexes(x, y) or not is_same_given(a[1:], b[1:]):
        return False
    return OSA.distance(x, y, score_cutoff=2) <= (2 if shorter >= 8 else 1)


def _are_of_two_sexes(x: str, y: str) -> bool:
    """Whether names are the same but for a last vowel, as Paul and Paula, Mario and Maria are."""
    return x.rstrip("aeio") == y.rstrip("aeio") and (x[-1] == "a") != (y[-1] == "a")


def _is_family_slip(x: str, y: str, is_common: bool) -> bool:
    """Whether family names of five letters or more, of seven with a common given name, are
    spellings of one."""
    if x == y or min(len(x), len(y)) < (7 if is_common else 5) or _are_of_two_sexes(x, y):
        return False
    return is_spelling_of(x, y)


def _bodies(items: list[Mapping[str, Any]], bodies: Bodies) -> Iterator[Slip]:
    """Every body that is named in two ways: in another spelling, or by another of its names."""
    found: dict[str, _Body] = {}
    for item in items:
        for role in _ROLES:
            for name in names(item, role, bodies):
                if name.is_body:
                    body = found.setdefault(name.family, _Body(name.family, {}))
                    body.works.setdefault(name.shown, []).append(text(item.get("id")))
    for body in found.values():
        usual, works = _usual(body)
        for shown in [name for name in body.works if name != usual]:
            why = _("two names or spellings of one body")
            yield Slip("body", works[0], body.works[shown][0], (usual, shown), why)
    blocks: dict[tuple[str, str], list[_Body]] = defaultdict(list)
    for body in found.values():
        for end in {("starts", body.name[:8]), ("ends", body.name[-8:])}:
            blocks[end].append(body)
    said = set()
    for block in blocks.values():
        for a, b in _pairs(block):
            if (a.name, b.name) not in said and _is_body_slip(a.name, b.name):
                said.add((a.name, b.name))
                (one, first), (other, second) = _usual(a), _usual(b)
                why = _("names of bodies that are nearly alike")
                yield Slip("body", first[0], second[0], (one, other), why)


def _usual(body: _Body) -> tuple[str, list[str]]:
    """The name it has in most works, and these works."""
    return max(body.works.items(), key=lambda named: len(named[1]))


def _is_body_slip(x: str, y: str) -> bool:
    """Whether the names of two bodies differ in the spelling of one word, or in spaces."""
    if x.replace(" ", "") == y.replace(" ", ""):
        return True
    these, those = x.split(), y.split()
    if len(these) != len(those):
        return False
    differing = [pair for pair in zip(these, those, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and is_spelling_of(*differing[0])
