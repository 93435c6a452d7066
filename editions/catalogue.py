"""The catalogue in memory: the holdings, and the names under which their facts are asked for.

The holdings change with a publication; the names with any change of a term, a country or an
organisation. Both are kept by each process for one site version.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import itemgetter, or_
from threading import Lock
from typing import NamedTuple

from django.db.models import Model, QuerySet
from django.utils.html import conditional_escape

from cases.models import Aim, CaseContent, ConflictType, InitiativeType
from organisations.models import Country, Organisation, OrganisationKind, RegionalGroup
from organisations.naming import folded
from revisions.turning import Version

from . import holdings, renderings
from .holdings import Holdings, picked
from .models import Participation
from .question import FACETS, Question
from .recent import Recent
from .search import found

_TERMS: dict[str, type[Model]] = {
    "region": RegionalGroup,
    "conflict": ConflictType,
    "initiative": InitiativeType,
    "kind": OrganisationKind,
    "aim": Aim,
}


class Name(NamedTuple):
    """What a value of a facet is called in addresses and by readers; `html` is the label, escaped,
    and `order` sorts it among others."""

    slug: str
    label: str
    html: str
    order: tuple


Key = int | str  # the primary key of a term, or an impact


@dataclass(frozen=True)
class Catalogue:
    """The holdings of one site version with the names of their facts."""

    version: Version
    holdings: Holdings
    names: dict[str, dict[Key, Name]]
    keys: dict[str, dict[str, Key]]  # facet: slug: key
    facts: dict[str, dict[Key, int]]  # as in the holdings, with the kinds of organisation
    ordered: dict[str, list[tuple[Name, int]]]  # facet: names of what is held, each with its bits
    _hits: Recent[str, list[int]] = field(default_factory=lambda: Recent(30))
    _rows: Recent[int, str] = field(default_factory=lambda: Recent(2000))

    def chosen(self, question: Question, facet: str) -> int:
        """The editions that have any of the values chosen in that facet; unknown ones find none."""
        lowered = (self._slug(facet, value) for value in question.chosen(facet))
        keys = (self.keys[facet].get(slug) for slug in lowered)
        return reduce(or_, (self.facts[facet].get(key, 0) for key in keys), 0)

    def _slug(self, facet: str, value: str) -> str:
        return value.lower() if facet == "country" else value

    def terms(self, facet: str) -> list[tuple[Key, Name]]:
        """Every term of a facet that is a vocabulary, in its order."""
        return sorted(self.names[facet].items(), key=lambda item: item[1].order)

    def hits(self, words: str) -> list[int]:
        """The places of the editions that hold the words, by relevance. Those of the words that
        were searched last are known still: who narrows an answer asks for the same again."""
        return self._hits.of([words], self._find)[words]

    def _find(self, asked: list[str]) -> dict[str, list[int]]:
        return {words: self.holdings.places_of(map(itemgetter(1), found(words))) for words in asked}

    def rows(self, places: Iterable[int]) -> list[tuple[int, str]]:
        """The editions in these places, in order, each by its primary key with its row in a list.
        At most one query; none where all were shown of late."""
        held = self.holdings.held
        pks = [held[place].pk for place in places]
        rows = self._rows.of(pks, renderings.rows)
        return [(pk, rows[pk]) for pk in pks]

    def name(self, facet: str, value: str) -> Name | None:
        """What a chosen value is called, if it is known."""
        key = self.keys[facet].get(self._slug(facet, value))
        return None if key is None else self.names[facet][key]


@dataclass(frozen=True)
class Answer:
    """What the catalogue finds for a question."""

    bits: int  # the editions that answer all of it
    elsewhere: dict[str, int]  # facet: the editions that answer all but this facet
    ranked: list[int] | None  # places by relevance, where words were searched
    catalogue: Catalogue

    @property
    def count(self) -> int:
        """How many cases were found."""
        return self.bits.bit_count()

    def places(self, sort: str) -> list[int]:
        """The places of what was found, in that order."""
        if sort == "relevance" and self.ranked is not None:
            return picked(self.ranked, self.bits, len(self.catalogue.holdings.held))
        return self.catalogue.holdings.among(self.bits, sort)


def ask(question: Question, catalogue: Catalogue) -> Answer:
    """Everything that answers the question. One query where words were searched that were not
    searched of late, else none."""
    held = catalogue.holdings
    common, ranked = held.everything, None
    if question.is_searched:
        ranked = catalogue.hits(question.words)
        common = holdings.bits_of(ranked, len(held.held))
    first, last = question.years
    if first is not None:
        common &= held.under_way_since(first)
    if last is not None:
        common &= held.begun_by(last)
    chosen = {f: catalogue.chosen(question, f) for f in FACETS if question.chosen(f)}
    elsewhere = {}
    for facet in FACETS:
        bits = common
        for other, narrowed in chosen.items():
            if other != facet:
                bits &= narrowed
        elsewhere[facet] = bits
    all_of_it = elsewhere[FACETS[0]] & chosen.get(FACETS[0], held.everything)
    return Answer(all_of_it, elsewhere, ranked, catalogue)


def _name(slug: str, label: str, order: tuple) -> Name:
    return Name(slug, label, conditional_escape(label), order)


def _named(queryset: QuerySet, slug: str, label: str) -> dict[Key, Name]:
    rows = queryset.order_by().values_list("pk", slug, label)
    return {pk: _name(s.lower(), text, (folded(text), pk)) for pk, s, text in rows}


def _terms(model: type[Model]) -> dict[Key, Name]:
    rows = model.objects.order_by().values_list("pk", "slug", "label", "position")
    return {pk: _name(slug, text, (at, folded(text), pk)) for pk, slug, text, at in rows}


def _read_names() -> dict[str, dict[Key, Name]]:
    impacts = CaseContent.Impact.choices
    names: dict[str, dict[Key, Name]] = {facet: _terms(model) for facet, model in _TERMS.items()}
    return names | {
        "country": _named(Country.objects.all(), "alpha3", "name"),
        "organisation": _named(_public_organisations(), "slug", "name"),
        "impact": {i: _name(i, str(label), (n,)) for n, (i, label) in enumerate(impacts)},
    }


def _public_organisations() -> QuerySet[Organisation]:
    """Those that an edition names, of the past too: what only drafts name has no name here."""
    return Organisation.objects.filter(pk__in=Participation.objects.values("organisation"))


def _kinds(held: Holdings) -> dict[Key, int]:
    """The bits of each kind of organisation."""
    bits: dict[Key, int] = {}
    of_organisations = held.facts["organisation"]
    for pk, kind in _public_organisations().order_by().values_list("pk", "kind"):
        bits[kind] = bits.get(kind, 0) | of_organisations.get(pk, 0)
    return bits


def read(version: Version) -> Catalogue:
    """The catalogue for that version; the holdings are read again only where they have changed."""
    held = holdings.current(version.holdings)
    names = _read_names()
    facts = held.facts | {"kind": _kinds(held)}
    return Catalogue(
        version=version,
        holdings=held,
        names=names,
        keys={f: {name.slug: key for key, name in known.items()} for f, known in names.items()},
        facts=facts,
        ordered={f: _in_order(names[f], bits) for f, bits in facts.items()},
    )


def _in_order(names: dict[Key, Name], bits: dict[Key, int]) -> list[tuple[Name, int]]:
    """The names of what an edition has, in order."""
    return sorted(((names[key], bits[key]) for key in bits), key=lambda pair: pair[0].order)


_lock = Lock()
_current: Catalogue | None = None


def current(version: Version) -> Catalogue:
    """The catalogue for that version; a process reads it once."""
    global _current
    kept = _current
    if kept is not None and version.pages and kept.version == version:
        return kept
    with _lock:
        if _current is None or not version.pages or _current.version != version:
            _current = read(version)
        return _current


def forget() -> None:
    """Read everything again: for tests, whose databases are rolled back."""
    global _current
    _current = None
    holdings.forget()
