"""What an import was not sure of, kept with its draft as a list to work off."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case


class ImportPoint(models.Model):
    """One warning of the import of a case: what to look at, in which line of the manuscript; and
    who worked it off, when. `outcome` is what was chosen before the draft was made.

    Points outlive a discarded draft: when it is brought back, with its primary key, it has them."""

    case = models.ForeignKey(
        Case,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="import_points",
        verbose_name=_("case"),
    )
    position = models.PositiveIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=40)
    line = models.PositiveIntegerField(_("line of the manuscript"))
    text = models.TextField(_("warning"))
    outcome = models.CharField(_("what was chosen"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("worked off"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("worked off by"),
    )

    class Meta:
        verbose_name = _("point of an import")
        verbose_name_plural = _("points of an import")
        default_permissions = ()
        ordering = ["case", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="import_point_once"),
            models.CheckConstraint(
                name="import_point_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                violation_error_message=_("A point is worked off at a time and by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
