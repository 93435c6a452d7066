"""What moderators and the sender of a correction write to one another."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from revisions.append_only import AppendOnly, AppendOnlyQuerySet

from .corrections import Correction

LONGEST_MESSAGE = 5000


def _of_correction(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        Correction,
        on_delete=models.PROTECT,
        related_name=related_name,
        verbose_name=_("correction"),
    )


class CorrectionMessageQuerySet(AppendOnlyQuerySet):
    def erase_answers(self) -> int:
        """Delete what senders answered. Only `corrections.erasing` asks for it."""
        return models.QuerySet.delete(self.filter(by=None))[0]


class CorrectionMessage(AppendOnly):
    """A question to the sender of a correction, or their answer. `fingerprint` tells an answer that
    was sent twice; `mailed`, whether the question went out by mail too."""

    correction = _of_correction("messages")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
        null=True,
        blank=True,
        help_text=_("Nobody: the sender."),
    )
    text = models.TextField(_("text"), validators=[MaxLengthValidator(LONGEST_MESSAGE)])
    mailed = models.BooleanField(_("sent by mail"), default=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)

    objects = CorrectionMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="correction_message_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write something."),
            ),
            models.CheckConstraint(
                name="correction_message_of_the_sender_is_not_mailed",
                condition=Q(by__isnull=False) | Q(mailed=False),
                violation_error_message=_("Only what moderators write is mailed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction_id}: {self.at:%Y-%m-%d}"


class StatusKey(AppendOnly):
    """The digest of a further token that opens the status page of a correction: one is made for
    each mail that leads there, since the first is not stored and cannot be told again."""

    correction = _of_correction("status_keys")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a status page")
        verbose_name_plural = _("keys of status pages")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.correction_id}: {self.made_at:%Y-%m-%d}"
