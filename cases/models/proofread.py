"""What is kept of proofreading: what was dismissed, which rules are off, and the index by which the
same passage is found in two cases."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cases import Case


class DismissalQuerySet(models.QuerySet):
    def standing(self) -> "DismissalQuerySet":
        """Those that nobody has taken back."""
        return self.filter(taken_back_at=None)


def _person(**options: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options
    )


class Dismissal(models.Model):
    """That somebody looked at a finding and let it stand, and why. It holds as long as the text
    that the finding is about: `fingerprint` is that of the finding. `said` is what the finding
    said."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="dismissals")
    code = models.CharField(_("rule"), max_length=60)
    fingerprint = models.CharField(max_length=32)
    said = models.TextField(_("finding"))
    word = models.CharField(_("why it stands"), max_length=300)
    by = _person()
    at = models.DateTimeField(_("when"), default=timezone.now)
    taken_back_by = _person(null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        verbose_name = _("dismissed finding")
        verbose_name_plural = _("dismissed findings")
        ordering = ["case", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "fingerprint"],
                condition=Q(taken_back_at=None),
                name="finding_is_dismissed_once",
                violation_error_message=_("This finding is dismissed already."),
            ),
            models.CheckConstraint(
                name="dismissal_says_why",
                condition=~Q(word=""),
                violation_error_message=_("Say in a word why it may stand."),
            ),
            models.CheckConstraint(
                name="dismissal_taken_back_at_and_by",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                violation_error_message=_("It is taken back at a time and by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.word}"


class RuleOff(models.Model):
    """That an administrator has turned a rule of proofreading off for the collection, and why."""

    code = models.CharField(_("rule"), max_length=60, unique=True)
    why = models.CharField(_("why"), max_length=300)
    by = _person()
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("rule that is off")
        verbose_name_plural = _("rules that are off")
        ordering = ["code"]
        default_permissions = ()
        permissions = [("turn_off_rule", "Can turn a rule of proofreading off")]
        constraints = [
            models.CheckConstraint(
                name="rule_off_says_why",
                condition=~Q(why=""),
                violation_error_message=_("Say why the rule is off."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Shingle(models.Model):
    """One hash of some words of a case (`cases.proofreading.shingles`). Those of a case that is
    discarded stay, mean nothing, and go when the whole collection is proofread: so whoever discards
    a case need not read a hundred of them."""

    case = models.ForeignKey(
        Case, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    hash = models.BigIntegerField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "hash"], name="case_has_a_shingle_once")
        ]

    def __str__(self) -> str:
        return str(self.hash)
