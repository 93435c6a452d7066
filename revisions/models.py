"""The abstract base of the models that editors write."""

from collections.abc import Sequence

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
