"""A secret link to a draft, for a reader who has no account."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case


class DraftLinkQuerySet(models.QuerySet):
    def alive(self, at: datetime) -> "DraftLinkQuerySet":
        """Those that lead to their draft at that moment."""
        return self.filter(ended_at=None, ends_at__gt=at)


class DraftLink(models.Model):
    """An address under which somebody without an account reads a case as it stands. Its secret part
    is shown once and never stored: `digest` is its SHA-256."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="draft_links", verbose_name=_("case")
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    for_whom = models.CharField(_("for whom"), max_length=120)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("ended by"),
    )
    views = models.PositiveIntegerField(_("times opened"), default=0)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    objects = DraftLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")
        ordering = ["-made_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="draft_link_ended_by_somebody_at_a_time",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message=_("A link is ended by somebody and at a time."),
            ),
            models.CheckConstraint(
                name="draft_link_ends_after_it_is_made",
                condition=Q(ends_at__gt=models.F("made_at")),
                violation_error_message=_("A link ends after it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.for_whom}"

    @property
    def is_alive(self) -> bool:
        """Whether it leads to the draft now."""
        return self.ended_at is None and self.ends_at > timezone.now()
