"""A case's related cases as its page shows them."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Coalesce

from cases.models.content import years_in_words
from editions.addresses import case_address
from editions.models import Edition

from .reasons import sentence
from .terms import ReasonTerms


class RelatedCase(NamedTuple):
    """One of “More posts”; `reason` may be blank, and `impact`, a slug."""

    address: str
    title: str
    years: str
    location: str
    reason: str
    impact: str


class _Row(NamedTuple):
    """What `related_rows` reads of one related case."""

    case: int
    slug: str
    title: str
    start: int | None
    end: int | None
    ongoing: bool
    location: str
    impact: str
    kind: str
    chosen: bool
    decade: int | None
    country: int | None
    body: str | None
    initiative_type: int | None
    conflict_type: int | None


def related_rows(case: int | OuterRef) -> QuerySet:
    """A row for each related case that is in print, in order, for `related_cases`."""
    near = "case__neighbour_of__"
    body = Coalesce(f"{near}organisation__merged_into__name", f"{near}organisation__name")
    return (
        Edition.objects.listed()
        .filter(case__neighbour_of__case=case)
        .order_by("case__neighbour_of__position")
        .values_list(
            *("case", "case__slug", "title", "start_year", "end_year", "ongoing", "location"),
            "impact",
            *(f"{near}kind", f"{near}chosen", f"{near}decade", f"{near}country"),
            body,
            *(f"{near}initiative_type", f"{near}conflict_type"),
        )
    )


def related_cases(
    rows: Iterable[Sequence], terms: ReasonTerms, besides: Collection[int] = ()
) -> list[RelatedCase]:
    """The related cases of these rows (see `related_rows`), their reasons made of `terms`, without
    the cases that the page shows already."""
    return [_shown(row, terms) for row in map(_Row._make, rows) if row.case not in besides]


_sentence = lru_cache(maxsize=1000)(sentence)  # few facts are shared, by many


def _shown(row: _Row, terms: ReasonTerms) -> RelatedCase:
    reason = _sentence(
        row.kind,
        chosen=bool(row.chosen),
        country=terms.countries[row.country] if row.country else "",
        body=row.body or "",
        initiative=terms.initiative_types[row.initiative_type] if row.initiative_type else None,
        conflict=terms.conflict_types[row.conflict_type] if row.conflict_type else None,
        decade=row.decade,
    )
    years = years_in_words(row.start, row.end, bool(row.ongoing))
    return RelatedCase(case_address(row.slug), row.title, years, row.location, reason, row.impact)
