"""The search index: a row for each edition that is listed, and the words of them all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .editions import Edition


class SearchRow(models.Model):
    """The words of an edition, as `editions.search.tokens` writes them: streams of tokens. Written
    only by `editions.search`. Migrations 0004 and 0015 made what finds the rows,
    `editions_searchindex`, kept by triggers: on SQLite an FTS5 table, whose triggers go where a
    migration alters this, on PostgreSQL one of tsvectors."""

    edition = models.OneToOneField(
        Edition,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="search_row",
        verbose_name=_("edition"),
    )
    title = models.TextField(_("title"))
    facts = models.TextField(_("facts"))
    standfirst = models.TextField(_("standfirst"))
    often = models.TextField(_("most frequent tokens"))  # of the text; not searched
    body = models.TextField(_("text"))
    text = models.TextField(_("as it is written"))  # standfirst and body, cut before each word
    words = models.TextField(_("words"))  # as `word_index.words_in` writes them

    class Meta:
        verbose_name = _("search row")
        verbose_name_plural = _("search rows")

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


class SearchName(models.Model):
    """What a case, organisation or country is called, for search as you type: the words of each of
    its names, folded, between blanks; each name after a bar. Written only by `editions.search`;
    whether a thing is public is asked anew whenever it is shown."""

    class Kind(models.TextChoices):
        CASE = "case", _("case")
        ORGANISATION = "organisation", _("organisation")
        COUNTRY = "country", _("country")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    thing = models.BigIntegerField(_("number of the thing"))
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        constraints = [models.UniqueConstraint(fields=["kind", "thing"], name="search_name_once")]

    def __str__(self) -> str:
        return self.words
