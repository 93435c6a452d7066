"""Append-only records: the events of a correction, and the public notices."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from editions.models import Edition, long_columns
from revisions.append_only import AppendOnly, AppendOnlyQuerySet

from .corrections import REFERENCE, Correction


class CorrectionEvent(AppendOnly):
    """One step of a correction: who did what, when, and what they noted."""

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


class NoticeQuerySet(AppendOnlyQuerySet):
    def public(self) -> "NoticeQuerySet":
        """All notices, newest first, with all that a row or a notice's page shows; one query."""
        return (
            self.select_related("case", "found_in", "mended_in")
            .defer("case__body", *long_columns("found_in"), *long_columns("mended_in"))
            .order_by("-published_at", "-pk")
        )


class Notice(AppendOnly):
    """The public statement that an edition corrected, updated or withdrew something."""

    Kind = Edition.Kind

    reference = models.CharField(
        _("reference"), max_length=12, unique=True, validators=[RegexValidator(REFERENCE)]
    )
    correction = models.OneToOneField(
        Correction,
        on_delete=models.PROTECT,
        related_name="notice",
        verbose_name=_("correction"),
        null=True,
        blank=True,
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="notices", verbose_name=_("case")
    )
    found_in = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="notices_found", verbose_name=_("found in")
    )
    mended_in = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="notices", verbose_name=_("mended in")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Edition.Kind)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    why = models.TextField(_("why"), blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-published_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["-published_at", "-id"], name="notice_newest")]
        constraints = [
            models.CheckConstraint(
                name="notice_says_something",
                condition=~Q(before="", after="", why=""),
                violation_error_message=_("A notice says what changed, or why."),
            ),
            models.CheckConstraint(
                name="notice_is_not_about_a_first_edition",
                condition=~Q(kind="first"),
                violation_error_message=_("A first edition mends nothing."),
            ),
            models.CheckConstraint(
                name="notice_mended_in_another_edition",
                condition=~Q(found_in=F("mended_in")),
                violation_error_message=_("What was found in an edition is mended in a later one."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("notice", args=[self.reference])
