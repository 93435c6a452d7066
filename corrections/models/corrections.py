"""The correction: what a reader sent about an edition, and what was decided about it."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editions.models import Edition
from revisions.append_only import Immutable

from .querysets import DECIDED, OPEN, WORDS, CorrectionQuerySet, refuse_senders_fields

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REFERENCE = r"^[CN]-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}\Z"  # see `corrections.references`
LENGTHS = {
    "passage": 500,
    "message": 5000,
    "suggestion": 5000,
    "evidence": 2000,
    "name": 120,
    "email": 254,
}


def _person(related_name: str, verbose_name: "StrOrPromise") -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name=related_name,
        verbose_name=verbose_name,
        null=True,
        blank=True,
    )


class Correction(models.Model):
    """What a reader sent about an edition. What they sent never changes; the state does, only by
    `corrections.services`. Who sent it stands in `SenderDetails`, and here a commitment to it."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        COMMENT = "comment", _("comment")

    class Status(models.TextChoices):
        NEW = "new", _("new")
        TAKEN = "taken", _("taken")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        SPAM = "spam", _("spam")
        MENDED = "mended", _("mended")
        ANSWERED = "answered", _("answered")
        JOINED = "joined", _("joined to a double")

    reference = models.CharField(
        _("reference"),
        max_length=12,
        unique=True,
        editable=False,
        validators=[RegexValidator(REFERENCE)],
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CORRECTION)
    passage = models.TextField(
        _("passage"), blank=True, validators=[MaxLengthValidator(LENGTHS["passage"])]
    )
    message = models.TextField(
        _("what is wrong"), blank=True, validators=[MaxLengthValidator(LENGTHS["message"])]
    )
    suggestion = models.TextField(
        _("suggested wording"), blank=True, validators=[MaxLengthValidator(LENGTHS["suggestion"])]
    )
    evidence = models.TextField(
        _("evidence"), blank=True, validators=[MaxLengthValidator(LENGTHS["evidence"])]
    )
    name_commitment = models.CharField(max_length=64, blank=True, editable=False)
    email_commitment = models.CharField(max_length=64, blank=True, editable=False)
    events_digest = models.CharField(max_length=64, blank=True, editable=False)  # of the last one
    credit_wanted = models.BooleanField(_("credit wanted"), default=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    words_erased_at = models.DateTimeField(_("words erased"), null=True, editable=False)
    form_token = models.CharField(max_length=64, unique=True, editable=False)
    status_digest = models.CharField(max_length=64, unique=True, editable=False)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NEW)
    taken_by = _person("taken_corrections", _("taken by"))
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    decided_by = _person("decided_corrections", _("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(
        _("reason"),
        blank=True,
        validators=[MaxLengthValidator(5000)],
        help_text=_("The sender reads it on the status page and in the mail."),
    )
    notice_before = models.TextField(
        _("before"), blank=True, help_text=_("What the edition says; shown in the public notice.")
    )
    notice_after = models.TextField(
        _("after"), blank=True, help_text=_("What it will say; shown in the public notice.")
    )
    notice_why = models.TextField(
        _("why"), blank=True, help_text=_("Why it changes; shown in the public notice.")
    )
    mended_in = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="mended_corrections",
        verbose_name=_("mended in"),
        null=True,
        blank=True,
    )
    joined_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="doubles",
        verbose_name=_("joined to"),
        null=True,
        blank=True,
    )
    asked_at = models.DateTimeField(_("sender asked"), null=True, blank=True)
    replied_at = models.DateTimeField(_("sender replied"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("decide_correction", "Can read and decide corrections"),
            ("read_correction", "Can read corrections of cases, without who sent them"),
        ]
        indexes = [models.Index(fields=["status", "created_at"], name="correction_queue")]
        constraints = [
            models.CheckConstraint(
                name="correction_says_something",
                condition=~Q(message="") | Q(words_erased_at__isnull=False),
                violation_error_message=_("A correction says what is wrong."),
            ),
            models.CheckConstraint(
                name="correction_kind_and_status_are_known",
                condition=Q(kind__in=("correction", "comment"), status__in=(*OPEN, *DECIDED)),
                violation_error_message=_("There is no such kind or status."),
            ),
            models.CheckConstraint(
                name="correction_only_a_comment_is_answered",
                condition=~Q(status="answered") | Q(kind="comment"),
                violation_error_message=_("Only a comment is answered; a correction is decided."),
            ),
            models.CheckConstraint(
                name="correction_credit_needs_a_name",
                condition=Q(credit_wanted=False) | ~Q(name_commitment=""),
                violation_error_message=_("Credit needs a name."),
            ),
            models.CheckConstraint(
                name="correction_erased_words_are_gone",
                condition=Q(words_erased_at=None) | Q(**dict.fromkeys(WORDS, "")),
                violation_error_message=_("Words that are erased are gone."),
            ),
            models.CheckConstraint(
                name="correction_taken_by_and_at",
                condition=Q(status="new", taken_by=None, taken_at=None)
                | (~Q(status="new") & Q(taken_by__isnull=False, taken_at__isnull=False)),
                violation_error_message=_("A correction is taken by somebody and at a time."),
            ),
            models.CheckConstraint(
                name="correction_decided_by_and_at",
                condition=Q(status__in=OPEN, decided_by=None, decided_at=None)
                | Q(status__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=_("A correction is decided by somebody and at a time."),
            ),
            models.CheckConstraint(
                name="correction_reason_for_the_sender",
                condition=~Q(status__in=("declined", "answered")) | ~Q(reason=""),
                violation_error_message=_("Tell the sender why: they read it word for word."),
            ),
            models.CheckConstraint(
                name="correction_accepted_drafts_its_notice",
                condition=~Q(status__in=("accepted", "mended"))
                | ~Q(notice_before="", notice_after="", notice_why=""),
                violation_error_message=_("Draft the public notice: before, after, or why."),
            ),
            models.CheckConstraint(
                name="correction_mended_in_an_edition",
                condition=Q(status="mended", mended_in__isnull=False)
                | (~Q(status="mended") & Q(mended_in=None)),
                violation_error_message=_("A mended correction names the edition that mends it."),
            ),
            models.CheckConstraint(
                name="correction_joined_to_another",
                condition=Q(status="joined", joined_to__isnull=False) & ~Q(joined_to=F("id"))
                | (~Q(status="joined") & Q(joined_to=None)),
                violation_error_message=_("A double names the correction that it is joined to."),
            ),
            models.CheckConstraint(
                name="correction_reply_follows_a_question",
                condition=Q(replied_at=None) | Q(asked_at__isnull=False),
                violation_error_message=_("A sender replies to what they were asked."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new correction, or `update_fields` that moderators decide; raises Immutable for
        anything else."""
        if not self._state.adding:
            refuse_senders_fields(kwargs.get("update_fields"))
        else:
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refused: what readers sent is kept."""
        raise Immutable("A correction is never deleted.")

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet."""
        return self.status in OPEN

    def is_held(self, now: datetime) -> bool:
        """Whether somebody looks after it, and has done something about it lately."""
        lapsed = now - timedelta(hours=settings.CORRECTION_CLAIM_HOURS)
        return self.taken_at is not None and self.is_open and self.taken_at > lapsed

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is undecided for longer than it should be."""
        due = now - timedelta(days=settings.CORRECTION_DAYS)
        return self.is_open and self.created_at < due

    @property
    def is_waiting_for_sender(self) -> bool:
        """Whether its sender was asked something and has not answered."""
        return self.is_open and self.asked_at is not None and self.replied_at is None

    @property
    def is_answered_by_sender(self) -> bool:
        """Whether its sender answered what they were asked last."""
        return self.is_open and self.replied_at is not None

    @property
    def name(self) -> str:
        """The sender's name; blank where none was left, or it was erased."""
        return getattr(getattr(self, "sender_details", None), "name", "")

    @property
    def email(self) -> str:
        """The sender's address; blank where none was left, or it was erased."""
        return getattr(getattr(self, "sender_details", None), "email", "")

    @property
    def sender_is_erased(self) -> bool:
        """Whether a name or an address was left and is not there any more."""
        left = (bool(self.name_commitment), bool(self.email_commitment))
        return left != (bool(self.name), bool(self.email))

    @property
    def credit(self) -> str:
        """The name that the public notice may give, or an empty string."""
        return self.name if self.credit_wanted else ""

    def without_sender(self, text: str) -> str:
        """`text` without the sender's name and address, should they stand in it."""
        whole = [value for value in (self.email, self.name) if len(value) > 2]
        parts = [value for value in self.name.split() if len(value) > 2]
        for values, flags in ((whole, re.IGNORECASE), (parts, 0)):
            if values:
                words = "|".join(map(re.escape, values))
                text = re.sub(rf"(?<!\w)(?:{words})(?!\w)", "…", text, flags=flags)
        return text

    @property
    def shared_reason(self) -> str:
        """The answer to the sender, as the senders of doubles read it."""
        return self.without_sender(self.reason)
