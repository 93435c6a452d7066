"""Bibliographic records with their authors and editors, in the shape of CSL-JSON."""

from collections.abc import Sequence

import reversion
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from revisions.models import Revised

from .plain_text import plain, without_markup

LONGEST_LOCATOR = 200  # characters of a place in a source
_WEB = RegexValidator(
    r"^https?://[^\s<>\"]+\Z", _("An address must begin with http:// or https://.")
)
_SET_AS_TEXT = (
    *("title", "title_short", "container_title", "container_title_short", "publisher"),
    *("publisher_place", "volume", "issue", "page", "number", "edition", "genre"),
)


@reversion.register(follow=["contributors"])
class Source(Revised):
    """A bibliographic record: what a note cites. `followed_by` names the cases whose texts followed
    a change of its key when it was saved last."""

    followed_by: Sequence[str] = ()
    key_before = ""

    class Type(models.TextChoices):
        BOOK = "book", _("book")
        CHAPTER = "chapter", _("chapter of a book")
        ARTICLE_JOURNAL = "article-journal", _("article in a journal")
        ARTICLE_NEWSPAPER = "article-newspaper", _("article in a newspaper")
        ARTICLE_MAGAZINE = "article-magazine", _("article in a magazine")
        REPORT = "report", _("report")
        WEBPAGE = "webpage", _("page on the web")
        TREATY = "treaty", _("treaty or agreement")
        THESIS = "thesis", _("thesis")
        PAPER_CONFERENCE = "paper-conference", _("conference paper")
        LEGISLATION = "legislation", _("resolution or law")
        INTERVIEW = "interview", _("interview")
        BROADCAST = "broadcast", _("broadcast")
        DOCUMENT = "document", _("other document")

    key = models.CharField(
        _("key"),
        max_length=80,
        validators=[
            RegexValidator(
                r"^[a-zA-Z0-9][a-zA-Z0-9_-]*\Z",
                _("A key has letters, digits, hyphens and underscores only: lynch2001."),
            )
        ],
        help_text=_("The name notes cite it by, such as lynch2001. It is part of an address."),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type, default=Type.BOOK)
    title = models.CharField(_("title"), max_length=500)
    title_short = models.CharField(
        _("short title"),
        max_length=200,
        blank=True,
        help_text=_("For later mentions, where it is not simply the part before the colon."),
    )
    container_title = models.CharField(
        _("in"),
        max_length=500,
        blank=True,
        help_text=_("The journal, newspaper or book that it appeared in."),
    )
    container_title_short = models.CharField(_("in, short"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    publisher_place = models.CharField(_("place"), max_length=100, blank=True)
    issued = models.CharField(
        _("issued"),
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(
                r"^-?[0-9]{1,4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z",
                _("A date is a year, a year and month, or a full date: 2001, 2001-03, 2001-03-05."),
            )
        ],
        help_text=_("As known: 2001, 2001-03 or 2001-03-05."),
    )
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("number"), max_length=40, blank=True)
    page = models.CharField(
        _("pages"), max_length=40, blank=True, help_text=_("First and last page: 49-72.")
    )
    number = models.CharField(
        _("document number"), max_length=80, blank=True, help_text=_("Such as S/RES/968.")
    )
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    genre = models.CharField(_("genre"), max_length=80, blank=True, help_text=_("Such as PhD."))
    url = models.CharField(_("address"), max_length=1000, blank=True, validators=[_WEB])
    accessed = models.DateField(_("accessed"), null=True, blank=True)
    archive_url = models.CharField(
        _("archived address"), max_length=1000, blank=True, validators=[_WEB]
    )
    doi = models.CharField(
        "DOI",
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^10\.[0-9]{4,9}/\S+\Z", _("A DOI begins with 10."))],
    )
    isbn = models.CharField(
        "ISBN",
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(r"^[0-9][0-9-]{8,16}[0-9Xx]\Z", _("An ISBN has 10 or 13 digits."))
        ],
    )
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("As a code: en, fr, ru.")
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("For editors: where it was checked, what is doubtful.")
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                Lower("key"),
                name="source_key_unique_whatever_the_case",
                violation_error_message=_("Another source has this key already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    def clean(self) -> None:
        """Titles and the like come with entities and tags when copied from the web."""
        for name in _SET_AS_TEXT:
            setattr(self, name, plain(without_markup(getattr(self, name))))
        if not self.title:
            raise ValidationError({"title": _("A source needs a title.")})

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.key])


@reversion.register()
class Contributor(models.Model):
    """One author or editor of a source, in order: a person, or a body named literally."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        EDITOR = "editor", _("editor")

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="contributors", verbose_name=_("source")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    given = models.CharField(_("given names"), max_length=120, blank=True)
    family = models.CharField(_("family name"), max_length=120, blank=True)
    literal = models.CharField(
        _("body"),
        max_length=200,
        blank=True,
        help_text=_("An organisation as author, or a name that has no family part."),
    )

    class Meta:
        verbose_name = _("author or editor")
        verbose_name_plural = _("authors and editors")
        ordering = ["source", "role", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contributor_is_a_person_or_a_body",
                condition=(~Q(family="") & Q(literal=""))
                | (Q(family="", given="") & ~Q(literal="")),
                violation_error_message=_(
                    "Give a family name (and given names), or the name of a body, not both."
                ),
            )
        ]

    def clean(self) -> None:
        """Names, too, come with entities and tags."""
        for name in ("given", "family", "literal"):
            setattr(self, name, plain(without_markup(getattr(self, name))))

    def __str__(self) -> str:
        return self.literal or f"{self.given} {self.family}".strip()

    def as_csl(self) -> dict[str, str]:
        """The name as CSL-JSON has it."""
        if self.literal:
            return {"literal": self.literal}
        return (
            {"family": self.family, "given": self.given} if self.given else {"family": self.family}
        )
