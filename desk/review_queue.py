"""The review queue: its drawers, how many cases wait in each, and what a row shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from editions.models import Edition
from reviews.models import ReviewFile

DRAWERS = {
    "all": (_("waiting"), Q()),
    "mine": (_("claimed by you"), Q(is_mine=True)),
    "unclaimed": (_("unclaimed"), Q(is_claimed=False)),
    "others": (_("claimed by others"), Q(is_claimed=True, is_mine=False)),
    "own": (_("your own work"), Q(is_own=True)),
    "overdue": (_("overdue"), Q(is_overdue=True)),
    "first": (_("first editions"), Q(is_first=True)),
    "later": (_("later editions"), Q(is_first=False)),
}


@dataclass(frozen=True)
class Counts:
    """How many cases wait in each drawer, and since when the oldest waits."""

    drawers: dict[str, int]
    oldest: datetime | None

    @property
    def waiting(self) -> int:
        """All of them."""
        return self.drawers["all"]


def drawer_named(name: str | None) -> str:
    """The drawer of that name; all cases for any other name."""
    return name if name in DRAWERS else "all"


def in_review() -> "QuerySet[Any]":
    """The cases that wait for a moderator, the longest waiting first, with what a row shows."""
    open_files = ReviewFile.objects.open().select_related("claimed_by")
    return (
        Case.objects.in_review()
        .defer("body")
        .select_related("stage_changed_by")
        .prefetch_related(
            "contributors", Prefetch("review_files", open_files, to_attr="open_files")
        )
        .annotate(number_in_print=Max("editions__number", filter=Q(editions__is_current=True)))
    )


def cases_in(drawer: str, user: User) -> "QuerySet[Any]":
    """Those of a drawer, as `in_review`."""
    return _sorted_for(in_review(), user).filter(DRAWERS[drawer][1])


def counts(user: User) -> Counts:
    """One query, however many wait."""
    counted = {name: Count("pk", filter=which) for name, (_label, which) in DRAWERS.items()}
    counted["all"] = Count("pk")
    rows = _sorted_for(Case.objects.in_review().order_by(), user)
    found = rows.aggregate(since=Min("stage_changed_at"), **counted)
    return Counts(oldest=found.pop("since"), drawers=found)


def mark(cases: Iterable[Case], user: User) -> None:
    """Set on each case of `in_review` its `file`, if anybody has begun one, and `own_work` where
    only `user` has changed it since its last edition."""
    for case in cases:
        row = cast(Any, case)
        row.file = row.open_files[0] if row.open_files else None
        row.own_work = [person.pk for person in case.contributors.all()] == [user.pk]


def _sorted_for(cases: "QuerySet[Any]", user: User) -> "QuerySet[Any]":
    """With what the drawers ask of each."""
    files = ReviewFile.objects.filter(case=OuterRef("pk"))
    claimed = files.claimed(timezone.now())
    changed = Case.contributors.through.objects.filter(case=OuterRef("pk"))
    editions = Edition.objects.filter(case=OuterRef("pk"))
    return cases.annotate(
        is_claimed=Exists(claimed),
        is_mine=Exists(claimed.filter(claimed_by=user)),
        is_overdue=Exists(files.open().filter(due__lt=timezone.localdate())),
        is_own=Exists(changed.filter(user=user)) & ~Exists(changed.exclude(user=user)),
        is_first=~Exists(editions),
    )
