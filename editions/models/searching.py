"""The search index: one row for each edition that is listed."""

from django.db import models

from .editions import Edition


class SearchRow(models.Model):
    """The words of an edition, title first. On SQLite this is an FTS5 table; on PostgreSQL a table
    with a generated tsvector. Made by migration 0002, written only by `editions.search`."""

    edition = models.OneToOneField(
        Edition,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        related_name="search_row",
    )
    title = models.TextField()
    facts = models.TextField()
    standfirst = models.TextField()
    body = models.TextField()

    class Meta:
        managed = False
        db_table = "editions_searchrow"

    def __str__(self) -> str:
        return self.title
