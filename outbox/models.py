"""Mails that wait to be sent and those that were, who wants which, and when jobs are due."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_OVERDUE = timedelta(minutes=15)


class MailQuerySet(models.QuerySet):
    def due(self, now: datetime | None = None) -> "MailQuerySet":
        """Those that may be sent now, the longest due first."""
        waiting = self.filter(state=OutgoingMail.State.WAITING)
        return waiting.filter(due_at__lte=now or timezone.now()).order_by("due_at", "pk")

    def overdue(self) -> "MailQuerySet":
        """Those that a worker would have tried long ago, if one ran."""
        return self.due(timezone.now() - _OVERDUE)

    def for_a_person(self) -> "MailQuerySet":
        """Those that nothing but a person takes further: failed, and uncertain."""
        return self.filter(state__in=(OutgoingMail.State.FAILED, OutgoingMail.State.UNCERTAIN))


class OutgoingMail(models.Model):
    """One mail to one address, written in the transaction of what it tells. `key` says what it is
    about and to whom, so that nothing is told twice.

    Its text may hold what only its reader should see: it is blanked once the mail is sent or given
    up. `taken_until` is the lease of the worker that sends it, and tells one try from another."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNCERTAIN = "uncertain", _("uncertain")
        FAILED = "failed", _("failed")
        GIVEN_UP = "given-up", _("given up")

    key = models.CharField(_("key"), max_length=200, unique=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    to = models.EmailField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    changed_at = models.DateTimeField(_("in this state since"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    taken_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["created_at", "pk"]
        default_permissions = ()
        permissions = [("handle_mail", "Can see what is sent to whom, and send it again")]
        indexes = [models.Index(fields=["state", "due_at"], name="mail_that_is_due")]
        constraints = [
            models.CheckConstraint(
                name="mail_being_sent_is_somebodys",
                condition=~Q(state="sending") | Q(taken_until__isnull=False),
                violation_error_message=_("A mail is sent by a worker that holds it."),
            ),
            models.CheckConstraint(
                name="mail_that_is_over_has_no_text",
                condition=~Q(state__in=("sent", "given-up")) | Q(body=""),
                violation_error_message=_("The text of a mail that is over is not kept."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class MailPreference(models.Model):
    """Whether somebody wants mails of one kind; where there is no row, the kind's default holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("user")
    )
    kind = models.CharField(_("kind"), max_length=30)
    wanted = models.BooleanField(_("wanted"))

    class Meta:
        verbose_name = _("wish about mail")
        verbose_name_plural = _("wishes about mail")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_wish_about_a_kind_of_mail")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"


class PeriodicJob(models.Model):
    """When a job of `outbox.worker` is due again, and which worker holds it until when."""

    name = models.CharField(_("name"), max_length=60, primary_key=True)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    taken_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    ran_at = models.DateTimeField(_("last run"), null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
