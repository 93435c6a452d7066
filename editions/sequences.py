"""A conflict's cases in order, as the page of each of them shows it."""

from typing import NamedTuple

from django.db.models import F, QuerySet
from django.urls import reverse

from cases.models import Conflict
from cases.models.content import years_in_words

from .addresses import case_address
from .models import Edition
from .prepared import Prepared

MOST = 50  # the page of the conflict has them all


class Step(NamedTuple):
    """One case of a sequence; `is_present` where it is the one whose page shows it."""

    case: int
    address: str
    title: str
    years: str
    aim: str
    is_present: bool


class Sequence(NamedTuple):
    """The cases about one conflict; `address` is that of its term."""

    label: str
    address: str
    steps: list[Step]


def _cases(conflict: int) -> QuerySet:
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
            *("aim__label", "conflict__slug", "conflict__label"),
        )[:MOST]
    )


_CASES = Prepared(_cases, int)


def sequence(conflict: int | None, *, present: int) -> Sequence | None:
    """The cases in print about the conflict of that primary key, in order of their start, then of
    the vocabulary of aims; None where there is none but the case `present`. At most one query."""
    if conflict is None:
        return None
    found = _CASES(conflict)
    if all(row[0] == present for row in found):
        return None
    steps = [
        Step(
            case=case,
            address=case_address(slug),
            title=title,
            years=years_in_words(*years),
            aim=aim or "",
            is_present=case == present,
        )
        for case, slug, title, *years, aim, _slug, _label in found
    ]
    *_, slug, label = found[0]
    return Sequence(label, reverse("term", args=[Conflict.vocabulary, slug]), steps)
