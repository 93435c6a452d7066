"""What needs attention on the dashboard: a fixed number of queries, whatever there is."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Count, Max, Q, QuerySet
from reversion.models import Version

from cases.models import Case
from corrections.models import Correction
from editions.models import Edition

_SHOWN = 10
PRIVATE = (  # of whoever sent it: for moderators alone
    *("sender_details__name", "sender_details__email"),
    "edition__record",
)


def for_editor(user: User) -> dict[str, Any]:
    """What somebody who writes cases looks at first."""
    cases = Case.objects.defer("body").select_related("stage_changed_by")
    mine = cases.filter(contributors=user)
    sent_back = cases.filter(stage=Case.Stage.CHANGES_REQUESTED).order_by("-stage_changed_at")
    return {
        "drafts": mine.filter(stage=Case.Stage.DRAFT).order_by("-updated_at")[:_SHOWN],
        "sent_back": sent_back[:_SHOWN],
        "accepted": Correction.objects.accepted().for_queue().defer(*PRIVATE)[:_SHOWN],
        "recent": recently_changed(),
    }


def for_moderator(user: User) -> dict[str, Any]:
    """What somebody who publishes and decides looks at first."""
    waiting = in_review()[:_SHOWN]
    mark_own_work(waiting, user)
    editions = Edition.objects.without_text().select_related("case", "published_by").defer("record")
    return {"review_queue": waiting, "editions": editions[:5]}


def for_corrections(user: User) -> dict[str, Any]:
    """How many corrections are in which hands, and those that have waited longest."""
    return {
        "correction_counts": correction_counts(user),
        "corrections": Correction.objects.open().for_queue()[:5],
    }


def in_review() -> "QuerySet[Any]":
    """The cases that wait for a moderator, with what a row shows."""
    return (
        Case.objects.in_review()
        .defer("body")
        .select_related("stage_changed_by")
        .prefetch_related("contributors")
        .annotate(number_in_print=Max("editions__number", filter=Q(editions__is_current=True)))
    )


def mark_own_work(cases: Iterable[Case], user: User) -> None:
    """Set `own_work` on cases that only `user` has changed since their last edition."""
    for case in cases:
        cast(Any, case).own_work = [person.pk for person in case.contributors.all()] == [user.pk]


def correction_counts(user: User) -> dict[str, int]:
    """How many are new, taken by `user`, taken by others, accepted, decided, spam; one query."""
    status = Correction.Status
    taken = Q(status=status.TAKEN)
    counted = {
        "open": taken | Q(status=status.NEW),
        "new": Q(status=status.NEW),
        "mine": taken & Q(taken_by=user),
        "others": taken & ~Q(taken_by=user),
        "accepted": Q(status=status.ACCEPTED),
        "decided": Q(status__in=(status.DECLINED, status.ANSWERED, status.MENDED)),
        "spam": Q(status=status.SPAM),
    }
    return Correction.objects.aggregate(**{n: Count("pk", filter=q) for n, q in counted.items()})


def recently_changed() -> list[Case]:
    """The cases saved last, each with its last revision as `last`; three queries."""
    cases = list(Case.objects.defer("body").order_by("-updated_at")[:_SHOWN])
    newest = (
        Version.objects.get_for_model(Case)
        .filter(object_id__in=[str(case.pk) for case in cases])
        .order_by()
        .values("object_id")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    versions = Version.objects.filter(pk__in=newest).select_related("revision__user")
    last = {int(version.object_id): version.revision for version in versions}
    for case in cases:
        cast(Any, case).last = last.get(case.pk)
    return cases
