"""A conflict's cases in order, as the page of each of them shows it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet
from django.urls import reverse

from cases.models import Conflict
from cases.models.content import years_in_words
from editions.addresses import case_address
from editions.models import Edition

MOST = 50  # the page of the conflict has them all


class Step(NamedTuple):
    """One case of a sequence; `is_present` where it is the one whose page shows it."""

    case: int
    address: str
    title: str
    years: str
    aim: str
    impact: str
    is_present: bool


class ConflictSequence(NamedTuple):
    """The cases about one conflict; `address` is that of its term."""

    label: str
    address: str
    steps: list[Step]


def sequence_rows(conflict: int | OuterRef) -> QuerySet:
    """A row for each case in print about the conflict of that primary key, in order of their start,
    then of the vocabulary of aims, for `sequence`."""
    return (
        Edition.objects.listed()
        .filter(conflict=conflict)
        .order_by(
            F("start_year").asc(nulls_last=True),
            F("aim__position").asc(nulls_last=True),
            *("title", "pk"),
        )
        .values_list(
            *("case", "case__slug", "title", "start_year", "end_year", "ongoing"),
            *("aim__label", "impact", "conflict__slug", "conflict__label"),
        )[:MOST]
    )


def sequence(rows: Sequence[Sequence], *, present: int) -> ConflictSequence | None:
    """The sequence of these rows (see `sequence_rows`) as the page of the case `present` shows it;
    None where there is none but that."""
    if all(row[0] == present for row in rows):
        return None
    steps = [
        Step(
            case=case,
            address=case_address(slug),
            title=title,
            years=years_in_words(*years),
            aim=aim or "",
            impact=impact,
            is_present=case == present,
        )
        for case, slug, title, *years, aim, impact, _slug, _label in rows
    ]
    *_, slug, label = rows[0]
    return ConflictSequence(label, reverse("term", args=[Conflict.vocabulary, slug]), steps)
