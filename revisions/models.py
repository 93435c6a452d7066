"""What every model that editors write has in common, and the version of the site for readers."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


class Revised(models.Model):
    """A model whose every save is a revision. `lock` grows by one with each; a form that was
    opened at an older number is refused (see `revisions.recording`)."""

    lock = models.PositiveIntegerField(_("lock number"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True


def new_token() -> str:
    """16 hexadecimal digits that no version before had: a counter would come again after a
    transaction that was rolled back, and with it what was kept under its number."""
    return secrets.token_hex(8)


class SiteVersion(models.Model):
    """One row: what is kept in memory is kept for these tokens only (see `revisions.turning`)."""

    pages = models.CharField(max_length=16, default=new_token)
    holdings = models.CharField(max_length=16, default=new_token)

    class Meta:
        constraints = [
            models.CheckConstraint(name="site_version_is_one_row", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return f"{self.pages} {self.holdings}"
