"""What needs attention on the dashboard: a fixed number of queries, whatever there is."""

from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Max, Q
from django.utils import timezone
from reversion.models import Version

from cases.models import Case
from corrections.likeness import grouped
from corrections.models import Correction
from editions.models import Edition
from reviews.models import Schedule

from . import my_cases, review_queue

_SHOWN = 10
PRIVATE = (  # of whoever sent it: for moderators alone
    *("sender_details__name", "sender_details__email"),
    "edition__record",
)


def for_editor(user: User) -> dict[str, Any]:
    """What somebody who writes cases looks at first."""
    cases = Case.objects.defer("body").select_related("stage_changed_by")
    mine = cases.of(user)
    sent_back = cases.filter(stage=Case.Stage.CHANGES_REQUESTED).order_by("-stage_changed_at")
    return {
        "drafts": mine.filter(stage=Case.Stage.DRAFT).order_by("-updated_at")[:_SHOWN],
        "sent_back": sent_back[:_SHOWN],
        "accepted": Correction.objects.accepted().for_queue().defer(*PRIVATE)[:_SHOWN],
        "recent": recently_changed(),
        **my_cases.for_editor(user),
    }


def for_moderator(user: User) -> dict[str, Any]:
    """What somebody who publishes and decides looks at first."""
    waiting = review_queue.in_review()[:_SHOWN]
    review_queue.mark(waiting, user)
    editions = Edition.objects.without_text().select_related("case", "published_by").defer("record")
    schedules = Schedule.objects.select_related("file__case", "by").defer("file__case__body")
    return {
        "review_queue": waiting,
        "review_counts": review_queue.counts(user),
        "not_published": schedules.failed().order_by("-ended_at")[:_SHOWN],
        "to_be_published": schedules.waiting()[:_SHOWN],
        "editions": editions[:5],
    }


def for_corrections(user: User) -> dict[str, Any]:
    """How many corrections are in which hands, and those that `user` could decide and that have
    waited longest, in groups about the same."""
    now = timezone.now()
    asked = Correction.objects.waiting_for_sender()
    rows = Correction.objects.open().not_held_by_others(user, now).exclude(pk__in=asked)
    return {
        "correction_counts": correction_counts(user),
        "corrections": grouped(rows.for_queue()[:5]),
    }


def correction_counts(user: User) -> dict[str, int]:
    """How many are new, taken by `user`, taken by others, overdue, waiting for their sender,
    answered by them, accepted, decided, spam; one query."""
    status = Correction.Status
    due = timezone.now() - timedelta(days=settings.CORRECTION_DAYS)
    taken = Q(status=status.TAKEN)
    closed = (status.DECLINED, status.ANSWERED, status.MENDED, status.JOINED)
    open_ = taken | Q(status=status.NEW)
    counted = {
        "open": open_,
        "overdue": open_ & Q(created_at__lt=due),
        "waiting": open_ & Q(asked_at__isnull=False, replied_at=None),
        "replied": open_ & Q(replied_at__isnull=False),
        "new": Q(status=status.NEW),
        "mine": taken & Q(taken_by=user),
        "others": taken & ~Q(taken_by=user),
        "accepted": Q(status=status.ACCEPTED),
        "decided": Q(status__in=closed),
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
