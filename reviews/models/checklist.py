"""What the organisation looks at before each publication, and who ticked it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .files import ReviewFile


class ChecklistItemQuerySet(models.QuerySet):
    def in_use(self) -> "ChecklistItemQuerySet":
        """Those that reviews show, in their order."""
        return self.filter(is_in_use=True).order_by("position", "pk")


class ChecklistItem(models.Model):
    """One thing to look at in a review."""

    text = models.CharField(
        _("what to look at"),
        max_length=300,
        help_text=_("A sentence that can be ticked: “Every number has a note”."),
    )
    is_required = models.BooleanField(
        _("required"),
        default=False,
        help_text=_("No case is published before this is ticked."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The smallest number stands first.")
    )
    is_in_use = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Clear this instead of deleting: what was ticked stays in the files."),
    )

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the checklist")
        verbose_name_plural = _("checklist")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Tick(models.Model):
    """That somebody ticked an item in a review, as it was worded then. `lock` is the number of the
    revision that they had before them."""

    file = models.ForeignKey(
        ReviewFile, on_delete=models.CASCADE, related_name="ticks", verbose_name=_("review")
    )
    item = models.ForeignKey(
        ChecklistItem, on_delete=models.PROTECT, related_name="ticks", verbose_name=_("item")
    )
    wording = models.CharField(_("as worded then"), max_length=300)
    lock = models.PositiveIntegerField(_("revision"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("ticked by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["file", "item"],
                name="tick_once",
                violation_error_message=_("This is ticked already."),
            )
        ]

    def __str__(self) -> str:
        return self.wording
