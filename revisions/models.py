"""The abstract base of the models that editors write, what is typed and not saved yet, and the
audit trail."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet


class Revised(models.Model):
    """A model whose every save is a revision. `lock` grows by one with each; a form that was
    opened at an older number is refused (see `revisions.revision_block`). `not_restored` names what
    `revisions.history.restore` could not bring back.

    Public pages show some models as they stand, not as an edition froze them: a change of one bumps
    the site version. A new one does not: readers see it when an edition names it."""

    is_shown_as_it_stands = True
    not_restored: Sequence[str] = ()

    lock = models.PositiveIntegerField(_("lock number"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True


class WorkingCopy(models.Model):
    """What somebody typed into a form of the desk and has not saved: theirs alone, outside the
    history, one for each person and form. `content` has the fields in order, as a browser sends
    them. POSTED is what was sent when the session had ended."""

    class Kind(models.TextChoices):
        TYPED = "typed", _("typed")
        POSTED = "posted", _("posted")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("user")
    )
    address = models.CharField(_("address of the form"), max_length=300)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    content = models.JSONField(_("content"))
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "address", "kind"], name="one_working_copy_of_a_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address} ({self.kind})"


class AuditEvent(AppendOnly):
    """One thing that somebody did: who, when, to what, from which state to which, and why. Rows are
    written by `revisions.audit.record` in the transaction of what they tell, and only added to.

    `label` is what the thing was called at the time; `before` and `after` are states (stages of a
    case, statuses of a correction), blank where the thing has none. No personal data of readers
    stands here."""

    class Action(models.TextChoices):
        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        DISCARDED = "discarded", _("discarded")
        MERGED = "merged", _("merged into another")
        RENAMED = "renamed", _("given a new address")
        MOVED = "moved", _("brought to another stage")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CORRECTION = "correction", _("correction handled")
        NOTICE = "notice", _("notice published")
        TAKEN_BACK = "taken-back", _("taken back by its editor")
        CLAIMED = "claimed", _("claimed")
        RELEASED = "released", _("released")
        COMMENTED = "commented", _("commented on")
        RESOLVED = "resolved", _("comment resolved")
        REOPENED = "reopened", _("comment opened again")
        TICKED = "ticked", _("checklist ticked")
        DUE = "due", _("day set by which it is due")
        SCHEDULED = "scheduled", _("to be published at a set time")
        UNSCHEDULED = "unscheduled", _("not to be published at a set time any more")
        LINK_MADE = "link-made", _("link for an outside reader made")
        LINK_ENDED = "link-ended", _("link for an outside reader ended")
        OVERRIDDEN = "overridden", _("published without a second reading")
        ASKED = "asked", _("sender asked")
        REPLIED = "replied", _("sender replied")
        JOINED = "joined", _("joined to a double")
        ERASED = "erased", _("sender erased")
        REMOVED = "removed", _("edition removed")
        CONCERN = "concern", _("expression of concern")
        CONCERN_LIFTED = "concern-lifted", _("expression of concern lifted")
        SIGNED_IN = "signed-in", _("signed in")
        SIGN_IN_REFUSED = "sign-in-refused", _("sign-in refused")
        SIGNED_OUT = "signed-out", _("signed out")
        SESSION_ENDED = "session-ended", _("session ended")
        SECOND_FACTOR = "second-factor", _("second factor changed")
        PASSWORD = "password", _("password changed")
        INVITED = "invited", _("invited")
        ADDRESS_ASKED = "address-asked", _("cited address asked")
        ASSIGNED = "assigned", _("assigned")
        DISMISSED = "dismissed", _("finding dismissed")
        UNDISMISSED = "undismissed", _("finding no longer dismissed")
        RULE_OFF = "rule-off", _("rule of proofreading turned off")
        RULE_ON = "rule-on", _("rule of proofreading turned on")
        HANDED_OVER = "handed-over", _("drafts and claims handed over")
        IMPORT_BEGUN = "import-begun", _("import begun")
        IMPORT_STOPPED = "import-stopped", _("import stopped")
        IMPORT_RESUMED = "import-resumed", _("import gone on with")
        SET_ASIDE = "set-aside", _("set aside")
        TAKEN_IN = "taken-in", _("taken in again")
        BATCH_PUBLISHED = "batch-published", _("decided to publish an import")
        BATCH_CALLED_OFF = "batch-called-off", _("publication of an import called off")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
        null=True,
        blank=True,
        help_text=_("Nobody: the public, or the system."),
    )
    action = models.CharField(_("action"), max_length=30)
    about_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of thing")
    )
    about_id = models.CharField(_("primary key"), max_length=64)
    label = models.CharField(_("what"), max_length=300)
    before = models.CharField(_("from"), max_length=60, blank=True)
    after = models.CharField(_("to"), max_length=60, blank=True)
    note = models.TextField(_("why"), blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["about_type", "about_id"], name="audit_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.label}: {self.action}"

    @property
    def action_name(self) -> str:
        """The action in words; as it is stored where this release has none for it."""
        known = self.action in self.Action.values
        return str(self.Action(self.action).label) if known else self.action


class UntoldEvent(models.Model):
    """An event that nobody has been told of by mail: written with it, deleted when it is told."""

    event = models.OneToOneField(
        AuditEvent, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    due_at = models.DateTimeField(_("due"), default=timezone.now)

    class Meta:
        verbose_name = _("event to be told")
        verbose_name_plural = _("events to be told")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.event_id)
