"""Append-only records: the events of a correction."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from revisions.append_only import AppendOnly, AppendOnlyQuerySet

from .corrections import Correction


class CorrectionEvent(AppendOnly):
    """One step of a correction: who did what, when, and what they noted. `digest` is over that
    and the digest of the event before."""

    class Action(models.TextChoices):
        SENT = "sent", _("sent")
        TAKEN = "taken", _("taken")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        ANSWERED = "answered", _("answered")
        SPAM = "spam", _("marked as spam")
        UNDONE = "undone", _("decision undone")
        MENDED = "mended", _("mended")
        RELEASED = "released", _("released")
        ASKED = "asked", _("sender asked")
        REPLIED = "replied", _("sender replied")
        JOINED = "joined", _("joined to a double")

    correction = models.ForeignKey(
        Correction, on_delete=models.PROTECT, related_name="events", verbose_name=_("correction")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
        null=True,
        blank=True,
        help_text=_("Nobody: the public."),
    )
    action = models.CharField(_("action"), max_length=10, choices=Action)
    note = models.TextField(_("note"), blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="correction_event_by_somebody_unless_sent",
                condition=Q(action__in=("sent", "replied")) | Q(by__isnull=False),
                violation_error_message=_("Only a reader does something without being named."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.correction_id}: {self.get_action_display()}"
