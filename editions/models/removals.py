"""That the law demands an edition to be removed: who asked on which ground, and who confirmed."""

from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from revisions.append_only import Immutable

from .editions import Edition

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DECISION = frozenset({"confirmed_by", "confirmed_at", "refused_by", "refused_at"})
LONGEST_GROUND = 2000


def _person(verbose_name: "StrOrPromise", **over: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=verbose_name,
        **over,
    )


class RemovalQuerySet(models.QuerySet):
    def waiting(self) -> "RemovalQuerySet":
        """Those that somebody asked for and nobody has decided, the oldest first."""
        undecided = self.filter(confirmed_at=None, refused_at=None)
        return undecided.select_related("edition__case", "asked_by").order_by("asked_at", "pk")

    def update(self, **values: object) -> int:
        """Decides; raises Immutable for what was asked."""
        if not DECISION.issuperset(values):
            raise Immutable("What was asked for is never changed.")
        return super().update(**values)

    def delete(self) -> NoReturn:
        """Always refused: a removal is part of the record."""
        raise Immutable("A removal is never deleted.")


class Removal(models.Model):
    """A request of an administrator to remove an edition, and what a second person decided.
    `ground` and, once it is confirmed, the day are public; who asked and who decided are not.
    `digest` is that of the edition when it was asked for, by which verification tells it."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="removals", verbose_name=_("edition")
    )
    ground = models.TextField(
        _("legal ground"),
        validators=[MaxLengthValidator(LONGEST_GROUND)],
        help_text=_("The law, and the order or the claim: who, when, number. Readers see it."),
    )
    title_too = models.BooleanField(
        _("the title as well"),
        default=False,
        help_text=_("Only where the title itself must go: the address of the case has its words."),
    )
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    asked_by = _person(_("asked by"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_by = _person(_("confirmed by"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    refused_by = _person(_("refused by"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("ask_removal", "Can ask for the removal of an edition"),
            ("decide_removal", "Can confirm or refuse the removal of an edition"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(refused_at=None),
                name="removal_asked_once",
                violation_error_message=_("The removal of this edition was asked for already."),
            ),
            models.CheckConstraint(
                name="removal_has_a_ground",
                condition=~Q(ground=""),
                violation_error_message=_("Name the legal ground: readers see it."),
            ),
            models.CheckConstraint(
                name="removal_by_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                violation_error_message=_("A second person confirms a removal."),
            ),
            models.CheckConstraint(
                name="removal_decided_once_by_and_at",
                condition=Q(confirmed_by=None, confirmed_at=None, refused_by=None, refused_at=None)
                | Q(
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    refused_by=None,
                    refused_at=None,
                )
                | Q(
                    confirmed_by=None,
                    confirmed_at=None,
                    refused_by__isnull=False,
                    refused_at__isnull=False,
                ),
                violation_error_message=_("A removal is confirmed or refused, by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.edition)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new request, or the decision; raises Immutable for anything else."""
        if not self._state.adding and not DECISION.issuperset(
            kwargs.get("update_fields") or ("everything",)
        ):
            raise Immutable("What was asked for is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refused: a removal is part of the record."""
        raise Immutable("A removal is never deleted.")
