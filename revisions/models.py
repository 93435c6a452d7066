"""The abstract base of the models that editors write, and what is typed and not saved yet."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revised(models.Model):
    """A model whose every save is a revision. `lock` grows by one with each; a form that was
    opened at an older number is refused (see `revisions.revision_block`). `not_restored` names what
    `revisions.history.restore` could not bring back."""

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
