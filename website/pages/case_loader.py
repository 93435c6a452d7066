"""Loads what the page of an edition shows, at its case's address and at its permanent one alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from corrections.models import Notice
from editions.addresses import edition_address
from editions.models import Edition
from editions.models.editions import MOST_EDITIONS
from editions.related.related_cases import related_rows
from editions.related.sequences import sequence_rows
from editions.related.terms import ReasonTerms, reason_terms
from serving.compiled_queries import NUMBER, SLUG, CompiledQuery
from serving.json_rows import JsonRows, read_json_rows
from serving.models import SiteVersion
from serving.site_version import Version

from . import fragments
from .fragments import Fragments


@dataclass(frozen=True)
class LoadedEdition:
    """An edition as its page needs it; `related` with `terms` is for
    `editions.related.related_cases`, `sequence` for `.sequences`."""

    pk: int
    case_pk: int
    slug: str
    number: int
    kind: str
    title: str
    standfirst: str
    is_current: bool
    change_note: str
    is_removed: bool
    number_in_print: int
    kind_in_print: str
    in_print_is_removed: bool
    has_notices: bool
    related: Sequence[Sequence]
    terms: ReasonTerms
    sequence: Sequence[Sequence]
    fragments: Fragments

    @property
    def is_withdrawn(self) -> bool:
        """Whether this edition withdraws the case."""
        return self.kind == Edition.Kind.WITHDRAWAL

    @property
    def case_is_withdrawn(self) -> bool:
        """Whether the edition in print does."""
        return self.kind_in_print == Edition.Kind.WITHDRAWAL

    @property
    def permanent_path(self) -> str:
        """The address of this very edition."""
        return edition_address(self.slug, self.number)


_COLUMNS = (
    *("pk", "case", "case__slug", "number", "kind", "title", "standfirst"),
    *("is_current", "change_note", "removed_at"),
)


def _values(editions: "QuerySet[Edition]", *in_print: Any) -> QuerySet:
    both = Concat("pages", Value(" "), "facet_index")
    tokens = SiteVersion.objects.filter(pk=1).values_list(both)
    number, kind, removed_at, conflict = in_print
    return editions.order_by().values_list(
        Subquery(tokens),
        *_COLUMNS,
        *(number, kind, removed_at, Exists(Notice.objects.filter(case=OuterRef("case")))),
        *(JsonRows(related_rows(OuterRef("case"))), JsonRows(sequence_rows(conflict))),
        *fragments.COLUMNS,
    )


def _edition_in_print() -> QuerySet:
    editions = Edition.objects.current().filter(case__slug=SLUG)
    return _values(editions, "number", "kind", "removed_at", OuterRef("conflict"))


def _edition_of_number() -> QuerySet:
    current = Edition.objects.current().filter(case=OuterRef("case"))
    editions = Edition.objects.filter(case__slug=SLUG, number=NUMBER).annotate(
        number_in_print=Subquery(current.values("number")),
        kind_in_print=Subquery(current.values("kind")),
        removed_in_print=Subquery(current.values("removed_at")),
        conflict_in_print=Subquery(current.values("conflict")),
    )
    in_print = ("number_in_print", "kind_in_print", "removed_in_print")
    return _values(editions, *in_print, OuterRef("conflict_in_print"))


_in_print, _of_number = CompiledQuery(_edition_in_print), CompiledQuery(_edition_of_number)


def load(slug: str, number: int | None = None) -> tuple[LoadedEdition, Version] | None:
    """The edition in print of the case of that slug, or the one of that number, and the site
    version it was read at. None where there is none.

    One query where the fragments of the edition are stored and hold, which is so of each that is in
    print and no withdrawal; else three more, and the fragments are rendered. Three more too where
    this process meets the version first.
    """
    if number is not None and number > MOST_EDITIONS:
        return None
    rows = _in_print(slug) if number is None else _of_number(slug, number)
    if not rows:
        return None
    tokens, *columns = rows[0]
    own, around = columns[: len(_COLUMNS)], columns[len(_COLUMNS) :]
    pk, case_pk, slug, number, kind, *said = own
    title, standfirst, is_current, change_note, removed_at = said
    number_in_print, kind_in_print, removed_in_print, has_notices, related, sequence, *parts = (
        around
    )
    version = Version(*(tokens or " ").split(" "))
    stored = Fragments("", "", "", "") if removed_at else fragments.stored(*parts)
    loaded = LoadedEdition(
        pk=pk,
        case_pk=case_pk,
        slug=slug,
        number=number,
        kind=kind,
        title=title,
        standfirst=standfirst,
        is_current=bool(is_current),
        change_note=change_note,
        is_removed=bool(removed_at),
        number_in_print=number_in_print,
        kind_in_print=kind_in_print,
        in_print_is_removed=bool(removed_in_print),
        has_notices=bool(has_notices),
        related=read_json_rows(related),
        terms=reason_terms(version),
        sequence=read_json_rows(sequence),
        fragments=stored or _rendered(pk, kind_in_print),
    )
    return loaded, version


def _rendered(pk: int, kind_in_print: str) -> Fragments:
    edition = Edition.objects.select_related("case").get(pk=pk)
    return fragments.render(edition, withdrawn=kind_in_print == Edition.Kind.WITHDRAWAL)
