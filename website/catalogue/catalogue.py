"""The catalogue in memory: the facet index, and the names under which its values are asked for.

Kept by each process for one site version.
"""

from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import NamedTuple, cast

from django.db.models import Field, QuerySet
from django.utils.html import conditional_escape

from cases.models import CaseContent
from editions.search import found
from organisations.models import Organisation
from organisations.models.organisations import PARTS_DEEP
from organisations.naming import folded
from serving.current_value import CurrentValue
from serving.lru import LRU
from serving.site_version import Version

from . import facet_index
from .facet_index import Bits, FacetIndex, Key
from .facets import FACETS, Facet
from .params import CatalogueParams


class Name(NamedTuple):
    """What a value of a facet is called in addresses and by readers; `html` is the label, escaped,
    and `order` sorts it among others."""

    slug: str
    label: str
    html: str
    order: tuple


Names = dict[Key, Name]


@dataclass(frozen=True)
class Catalogue:
    """The facet index of one site version with the names of its values."""

    version: Version
    index: FacetIndex
    names: dict[str, Names]  # by facet
    keys: dict[str, dict[str, Key]]  # facet: slug: key
    bits: dict[str, Bits]  # as in the index, with kinds of organisation, and of each its parts
    itself: Bits  # of organisations with parts: the editions that name them and not a part alone
    ordered: dict[str, list[tuple[Name, int]]]  # facet: names that an edition has, with the bits
    _hits: LRU[str, list[int]] = field(default_factory=lambda: LRU(30))

    def chosen(self, params: CatalogueParams, facet: str) -> int:
        """The bits of the editions that have any of the values chosen in that facet; unknown
        values find none."""
        slugs = (FACETS[facet].as_address(value) for value in params.chosen(facet))
        keys = (self.keys[facet].get(slug) for slug in slugs)
        return reduce(or_, (self.bits[facet].get(k, 0) for k in keys if k is not None), 0)

    def terms(self, facet: str) -> list[tuple[Key, Name]]:
        """Every term of a facet that is a vocabulary, in its order."""
        return sorted(self.names[facet].items(), key=lambda item: item[1].order)

    def hits(self, words: str) -> list[int]:
        """The rows of the editions that hold the words, by relevance. Those of the words that
        were searched last are known still: who narrows an answer asks for the same again."""
        return self._hits.get([words], self._find)[words]

    def _find(self, searched: list[str]) -> dict[str, list[int]]:
        return {words: self.index.rows_of(found(words)) for words in searched}

    def name(self, facet: str, value: str) -> Name | None:
        """What a chosen value is called, if it is known."""
        key = self.keys[facet].get(FACETS[facet].as_address(value))
        return None if key is None else self.names[facet][key]


def _make(version: Version, before: Catalogue | None) -> Catalogue:
    """The catalogue for that version; the index is read anew only where it must be."""
    goes_on = before is not None and version.facet_index == before.version.facet_index
    index = facet_index.updated(before.index) if before and goes_on else facet_index.read()
    organisations = _public_organisations(index)
    names = {facet.name: _names(facet, organisations) for facet in FACETS.values()}
    bits = {facet: _bits(facet, index, organisations) for facet in FACETS}
    own = index.bits["organisation"]
    bits["organisation"] = with_parts = _with_parts(own, organisations)
    return Catalogue(
        version=version,
        index=index,
        names=names,
        keys={f: {name.slug: key for key, name in known.items()} for f, known in names.items()},
        bits=bits,
        itself={pk: own.get(pk, 0) for pk in with_parts if with_parts[pk] != own.get(pk)},
        ordered={f: _in_order(names[f], known) for f, known in bits.items()},
    )


class _Organisation(NamedTuple):
    pk: int
    slug: str
    name: str
    kind: int
    parent: int | None


def _public_organisations(index: FacetIndex) -> list[_Organisation]:
    """Those that an edition names, of the past too: what only drafts name has no name here."""
    rows = Organisation.objects.order_by().values_list("pk", "slug", "name", "kind", "parent")
    return [_Organisation(*row) for row in rows if row[0] in index.organisations]


def _name(slug: str, label: str, order: tuple) -> Name:
    return Name(slug, label, conditional_escape(label), order)


def _names(facet: Facet, organisations: list[_Organisation]) -> Names:
    """The names of all values of a facet; a query, or none for organisations and choices."""
    if facet.model is None:
        choices = cast(Field, CaseContent._meta.get_field(facet.relation)).flatchoices
        return {key: _name(key, str(label), (n,)) for n, (key, label) in enumerate(choices)}
    if facet.model is Organisation:
        return {o.pk: _name(o.slug, o.name, (folded(o.name), o.pk)) for o in organisations}
    rows: QuerySet = facet.model._default_manager.order_by()
    if facet.is_vocabulary:
        terms = rows.values_list("pk", facet.slug, facet.title, "position")
        return {pk: _name(s, text, (at, folded(text), pk)) for pk, s, text, at in terms}
    named = rows.values_list("pk", facet.slug, facet.title)
    return {pk: _name(facet.as_address(s), text, (folded(text), pk)) for pk, s, text in named}


def _bits(facet: str, index: FacetIndex, organisations: list[_Organisation]) -> Bits:
    if not FACETS[facet].of_organisations:
        return index.bits[facet]
    bits: Bits = {}
    of_organisations = index.bits["organisation"]
    for organisation in organisations:
        kind = organisation.kind
        bits[kind] = bits.get(kind, 0) | of_organisations.get(organisation.pk, 0)
    return bits


def _with_parts(own: Bits, organisations: list[_Organisation]) -> Bits:
    """The editions of each organisation and of its parts, their parts and the parts of these."""
    known = {organisation.pk: organisation for organisation in organisations}
    bits = dict(own)
    for organisation in organisations:
        whole: _Organisation | None = organisation
        for _step in range(PARTS_DEEP):
            whole = known.get(whole.parent) if whole and whole.parent else None
            if whole and (more := own.get(organisation.pk)):
                bits[whole.pk] = bits.get(whole.pk, 0) | more
    return bits


def _in_order(names: Names, bits: Bits) -> list[tuple[Name, int]]:
    """The names of what an edition has, in order."""
    return sorted(((names[key], bits[key]) for key in bits), key=lambda pair: pair[0].order)


_current = CurrentValue(_make)


def current(version: Version) -> Catalogue:
    """The catalogue for that version; a process makes it once, and keeps none without a version."""
    return _current.get(version) if version.pages else _make(version, None)


def forget() -> None:
    """Read everything again: for tests, whose databases are rolled back."""
    _current.clear()
