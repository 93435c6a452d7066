"""The search index: a row for each edition that is listed, and the words of them all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .editions import Edition


class SearchRow(models.Model):
    """The words of an edition, as `editions.search.reading` writes them: streams of tokens. On
    SQLite this is an FTS5 table; on PostgreSQL a table with a generated tsvector. Made by
    migration 0003, written only by `editions.search`."""

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
    often = models.TextField()  # the tokens that the text holds most, not searched
    body = models.TextField()
    text = models.TextField()  # standfirst and body as written, cut before each word, not searched
    words = models.TextField()  # each word once, as it is written, not searched

    class Meta:
        managed = False
        db_table = "editions_searchrow"

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word of listed editions, and under which keys words that sound or look like it are found.
    Written only by `editions.search`."""

    word = models.CharField(_("word"), max_length=80, primary_key=True)
    form = models.CharField(_("as it is written"), max_length=80)
    token = models.CharField(_("token"), max_length=400, db_index=True)
    sound = models.CharField(_("sound"), max_length=80, db_index=True)
    head = models.CharField(_("first letters"), max_length=8, db_index=True)
    tail = models.CharField(_("last letters"), max_length=8, db_index=True)
    editions = models.PositiveIntegerField(_("editions that hold it"))

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self) -> str:
        return self.word
