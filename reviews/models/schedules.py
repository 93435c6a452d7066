"""A publication at a set time: what was decided, by whom, for when, and what became of it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case

from .files import ReviewFile


class ScheduleQuerySet(models.QuerySet):
    def waiting(self) -> "ScheduleQuerySet":
        """Those whose time has not come, or that nobody has looked at since; the next one first."""
        return self.filter(state=Schedule.State.WAITING).order_by("at", "pk")

    def due(self, at: datetime) -> "ScheduleQuerySet":
        """Of these, those whose time has come."""
        return self.waiting().filter(at__lte=at)

    def failed(self) -> "ScheduleQuerySet":
        """What was not published at its time, and on which nobody has decided since."""
        return self.filter(
            state=Schedule.State.REFUSED,
            file__case__stage=Case.Stage.IN_REVIEW,
            file__case__stage_changed_at__lt=F("ended_at"),
        ).exclude(file__schedules__pk__gt=F("pk"))


class Schedule(models.Model):
    """That the case, as it stood at revision `lock` and said `seen` (a fingerprint), is to be
    published at a time. `mends` holds references of corrections, `notice` the words of one more;
    `unread_reason` is why nobody else has read it, where an administrator said so."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("not published")
        CALLED_OFF = "called-off", _("called off")

    file = models.ForeignKey(
        ReviewFile, on_delete=models.CASCADE, related_name="schedules", verbose_name=_("review")
    )
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=20)
    change_note = models.TextField(_("change note"), blank=True)
    mends = models.JSONField(_("corrections that it mends"), default=list, blank=True)
    notice = models.JSONField(_("notice of what editors found"), null=True, blank=True)
    unread_reason = models.TextField(_("why nobody else has read it"), blank=True)
    lock = models.PositiveIntegerField(_("revision"))
    seen = models.CharField(_("fingerprint"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("decided"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.TextField(_("what became of it"), blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication at a set time")
        verbose_name_plural = _("publications at a set time")
        default_permissions = ()
        indexes = [models.Index(fields=["state", "at"], name="schedule_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(state="waiting"),
                name="schedule_waiting_once",
                violation_error_message=_("This case has a time for its publication already."),
            ),
            models.CheckConstraint(
                name="schedule_ended_at_a_time",
                condition=Q(state="waiting", ended_at=None)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                violation_error_message=_("What is over ended at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.at:%Y-%m-%d %H:%M}"
