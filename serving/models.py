"""The version of the site for readers, in one row."""

import secrets

from django.db import models


def new_token() -> str:
    """16 hexadecimal digits that no version before had: a counter would come again after a
    transaction that was rolled back, and with it what was kept under its number."""
    return secrets.token_hex(8)


class SiteVersion(models.Model):
    """One row: what is kept in memory is kept for these tokens only (see `serving.site_version`).

    Table and columns have the names they were made with, so that the release before runs beside
    this one while servers are restarted.
    """

    pages = models.CharField(max_length=16, default=new_token)
    facet_index = models.CharField(max_length=16, default=new_token, db_column="holdings")

    class Meta:
        db_table = "revisions_siteversion"
        constraints = [
            models.CheckConstraint(name="site_version_is_one_row", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return f"{self.pages} {self.facet_index}"
