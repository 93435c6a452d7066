"""How corrections are found by their state, and what of them may change."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models import Case
from editions.models import long_columns
from revisions.append_only import Immutable

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OPEN = ("new", "taken")
WORDS = ("passage", "message", "suggestion", "evidence")  # what a sender wrote
DECIDED = ("accepted", "declined", "spam", "mended", "answered", "joined")
CHANGEABLE = frozenset(
    {
        *("status", "taken_by", "taken_at", "decided_by", "decided_at", "reason", "mended_in"),
        *("notice_before", "notice_after", "notice_why", "joined_to"),
        *("asked_at", "replied_at", "confirmed_at", "events_digest"),
    }
)


class CorrectionQuerySet(models.QuerySet):
    def open(self) -> "CorrectionQuerySet":
        """Those that are not decided yet."""
        return self.filter(status__in=OPEN)

    def accepted(self) -> "CorrectionQuerySet":
        """Those that are accepted and not mended by an edition yet."""
        return self.filter(status="accepted")

    def claimed_by(self, user: "User") -> "CorrectionQuerySet":
        """Those that person has taken, and not decided yet."""
        return self.filter(status="taken", taken_by=user)

    def meant(self) -> "CorrectionQuerySet":
        """Those that are not spam."""
        return self.exclude(status="spam")

    def of(self, case: Case) -> "CorrectionQuerySet":
        """Those about any edition of `case`."""
        return self.filter(edition__case=case)

    def held(self, now: datetime) -> "CorrectionQuerySet":
        """Those that somebody looks after, and has done something about lately."""
        lapsed = now - timedelta(hours=settings.CORRECTION_CLAIM_HOURS)
        return self.filter(status="taken", taken_at__gt=lapsed)

    def not_held_by_others(self, user: "User", now: datetime) -> "CorrectionQuerySet":
        """Those that `user` can work on without taking anything from a colleague."""
        theirs = CorrectionQuerySet(self.model).held(now).exclude(taken_by=user)
        return self.exclude(pk__in=theirs)

    def waiting_for_sender(self) -> "CorrectionQuerySet":
        """Those whose sender was asked something and has not answered."""
        return self.open().filter(asked_at__isnull=False, replied_at=None)

    def answered_by_sender(self) -> "CorrectionQuerySet":
        """Those whose sender has answered what they were asked last."""
        return self.open().filter(replied_at__isnull=False)

    def overdue(self, now: datetime) -> "CorrectionQuerySet":
        """Those that are undecided for longer than they should be."""
        return self.open().filter(created_at__lt=now - timedelta(days=settings.CORRECTION_DAYS))

    def for_queue(self) -> "CorrectionQuerySet":
        """Oldest first, with everything that a row of the queue shows; one query."""
        people = ("taken_by", "decided_by")
        return (
            self.select_related("edition__case", "mended_in", "joined_to", *people)
            .select_related("sender_details")
            .defer("edition__case__body", *long_columns("edition"), *long_columns("mended_in"))
            .order_by("created_at", "pk")
        )

    def update(self, **values: object) -> int:
        """Changes the fields that moderators decide; raises Immutable for what the sender wrote."""
        refuse_senders_fields(values)
        return super().update(**values)

    def erase_words(self) -> int:
        """Empty what senders wrote. Only `corrections.erasing` asks for it."""
        gone = dict.fromkeys(WORDS, "")
        return super().update(**gone, words_erased_at=timezone.now())

    def delete(self) -> NoReturn:
        """Always refused: what readers sent is kept."""
        raise Immutable("A correction is never deleted.")


def refuse_senders_fields(names: Iterable[str] | None) -> None:
    """Raises Immutable unless moderators may change all of the fields `names`; None means all."""
    if not CHANGEABLE.issuperset(names or ("everything",)):
        raise Immutable("What a sender wrote is never changed.")
