"""The file of a case: what moderators hold together about the edition that is being prepared."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case


def claim_lasts() -> timedelta:
    """For how long a claim holds after its holder last did something."""
    return timedelta(hours=settings.CLAIM_HOURS)


class ReviewFileQuerySet(models.QuerySet):
    def open(self) -> "ReviewFileQuerySet":
        """Those whose edition is not published yet: one of a case at most."""
        return self.filter(closed_at=None)

    def claimed(self, at: datetime) -> "ReviewFileQuerySet":
        """The open ones that somebody holds at that moment."""
        return self.open().filter(claimed_by__isnull=False, active_at__gt=at - claim_lasts())

    def held_by(self, user: User) -> "ReviewFileQuerySet":
        """The open ones that `user` holds now."""
        return self.claimed(timezone.now()).filter(claimed_by=user).select_related("case")


class ReviewFile(models.Model):
    """What is done before edition `number` of a case: who has claimed it, when it is due, what is
    ticked and said. Closed with the edition; it stays for ever, and is never public."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="review_files", verbose_name=_("case")
    )
    number = models.PositiveIntegerField(_("number of the edition"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="claims",
        null=True,
        blank=True,
        verbose_name=_("claimed by"),
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    active_at = models.DateTimeField(_("last activity of who claimed it"), null=True, blank=True)

    objects = ReviewFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["case", "number"]
        default_permissions = ()
        permissions = [("publish_unread", "Can publish without a second reading")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"],
                name="review_of_an_edition_once",
                violation_error_message=_("This edition has a review already."),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(closed_at=None),
                name="review_open_once",
                violation_error_message=_("Only one review of a case is open."),
            ),
            models.CheckConstraint(
                name="review_claimed_by_somebody_at_a_time",
                condition=Q(claimed_by=None, claimed_at=None, active_at=None)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False, active_at__isnull=False),
                violation_error_message=_("A case is claimed by somebody and at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}, edition {self.number}"

    def holder_at(self, at: datetime) -> User | None:
        """Who holds the case at that moment: a claim ends some time after its holder last did
        something."""
        if self.closed_at or self.active_at is None or self.active_at + claim_lasts() <= at:
            return None
        return self.claimed_by

    @property
    def holder(self) -> User | None:
        """Who holds the case now."""
        return self.holder_at(timezone.now())

    @property
    def claim_ends_at(self) -> datetime | None:
        """When the claim ends, if its holder does nothing more."""
        return self.active_at and self.active_at + claim_lasts()

    @property
    def days_overdue(self) -> int:
        """How many days the day by which it is due has passed; 0 where it has not."""
        return max(0, (timezone.localdate() - self.due).days) if self.due else 0
