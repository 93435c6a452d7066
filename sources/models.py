"""Bibliographic records with their authors and editors, in the shape of CSL-JSON."""

from collections.abc import Sequence

import reversion
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from revisions.models import Revised

from .dates import LONGEST, normalised, validate_date
from .identifiers import UN_SYMBOL, orcid
from .plain_text import plain, without_markup

asked_where_cited = Signal()
"""Sent with a `source`; receivers answer with the titles of the drafts that cite it."""
LONGEST_LOCATOR = 200  # characters of a place in a source
LONGEST_PASSAGE = 1_000  # characters of its own words there; law lets one quote what is short
_WEB = RegexValidator(
    r"^https?://[^\s<>\"]+\Z", _("An address must begin with http:// or https://.")
)
_SET_AS_TEXT = (
    *("title", "title_short", "container_title", "container_title_short", "publisher"),
    *("publisher_place", "volume", "issue", "page", "number", "edition", "genre", "symbol"),
    *("archive", "archive_location", "call_number"),
)
_DATES = ("issued", "original_date")


def validate_addresses(lines: str) -> None:
    """Raises ValidationError where a line is no address."""
    for line in filter(None, map(str.strip, lines.splitlines())):
        _WEB(line)


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources by what has become of them."""

    def kept(self) -> "SourceQuerySet":
        """Without those that were merged into another."""
        return self.filter(merged_into=None)


@reversion.register(follow=["contributors"])
class Source(Revised):
    """A bibliographic record: what a note cites. `followed_by` names the cases whose texts followed
    a change of its key when it was saved last."""

    followed_by: Sequence[str] = ()
    key_before = ""
    is_merged_now = False

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
        max_length=LONGEST,
        blank=True,
        validators=[validate_date],
        help_text=_("As known: 2001, 2001-03, 2001-03-05, 1998/2001, c. 1920, 44 BC."),
    )
    original_date = models.CharField(
        _("first issued"),
        max_length=LONGEST,
        blank=True,
        validators=[validate_date],
        help_text=_("Of a reprint or a translation: when the work first appeared."),
    )
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("number"), max_length=40, blank=True)
    page = models.CharField(
        _("pages"), max_length=40, blank=True, help_text=_("First and last page: 49-72.")
    )
    number = models.CharField(
        _("number"), max_length=80, blank=True, help_text=_("Of a report: Working Paper 12.")
    )
    symbol = models.CharField(
        _("symbol"),
        max_length=80,
        blank=True,
        validators=[
            RegexValidator(
                rf"^{UN_SYMBOL.pattern}\Z", _("A symbol has strokes between its parts: S/RES/968.")
            )
        ],
        help_text=_("Of a document of the United Nations: S/RES/968 (1994)."),
    )
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    genre = models.CharField(_("genre"), max_length=80, blank=True, help_text=_("Such as PhD."))
    url = models.CharField(_("address"), max_length=1000, blank=True, validators=[_WEB])
    accessed = models.DateField(_("accessed"), null=True, blank=True)
    archive_url = models.CharField(
        _("archived address"), max_length=1000, blank=True, validators=[_WEB]
    )
    other_addresses = models.TextField(
        _("other addresses"),
        blank=True,
        validators=[validate_addresses],
        help_text=_("Where else it can be read, one per line."),
    )
    archive = models.CharField(
        _("archive"),
        max_length=200,
        blank=True,
        help_text=_("Who keeps it: The National Archives, Kew."),
    )
    archive_location = models.CharField(
        _("place in the archive"), max_length=200, blank=True, help_text=_("Collection, box, file.")
    )
    call_number = models.CharField(_("call number"), max_length=80, blank=True)
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

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="merged",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("merged into"),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
        permissions = [("merge_source", _("Can merge sources"))]
        constraints = [
            models.UniqueConstraint(
                Lower("key"),
                name="source_key_unique_whatever_the_case",
                violation_error_message=_("Another source has this key already."),
            ),
            models.CheckConstraint(
                name="source_merged_into_another",
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("pk")),
                violation_error_message=_("A source cannot be merged into itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    def clean(self) -> None:
        """Titles and the like come with entities and tags when copied from the web."""
        for name in _SET_AS_TEXT:
            setattr(self, name, plain(without_markup(getattr(self, name))))
        for name in _DATES:
            setattr(self, name, normalised(getattr(self, name)))
        self.page = self.page.replace("–", "-")
        self.other_addresses = "\n".join(self.addresses)
        if not self.title:
            raise ValidationError({"title": _("A source needs a title.")})

    @property
    def addresses(self) -> list[str]:
        """Where else it can be read, each once."""
        lines = map(str.strip, self.other_addresses.splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.key])


@reversion.register()
class Contributor(models.Model):
    """An author, editor, translator or interviewer of a source, in order: a person, or a body named
    literally."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        EDITOR = "editor", _("editor")
        TRANSLATOR = "translator", _("translator")
        INTERVIEWER = "interviewer", _("interviewer")

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="contributors", verbose_name=_("source")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    given = models.CharField(_("given names"), max_length=120, blank=True)
    family = models.CharField(_("family name"), max_length=120, blank=True)
    literal = models.CharField(
        _("body"),
        max_length=200,
        blank=True,
        help_text=_("An organisation as author, or a name that has no family part."),
    )
    orcid = models.CharField(
        "ORCID", max_length=40, blank=True, help_text=_("Such as 0000-0002-1825-0097.")
    )

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("authors, editors and others")
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
        if self.orcid:
            typed, self.orcid = self.orcid, orcid(self.orcid)
            if not self.orcid:
                message = _(
                    "“%s” is no ORCID iD: one such as 0000-0002-1825-0097 is, to its last sign."
                )
                raise ValidationError({"orcid": message % typed})

    def __str__(self) -> str:
        return self.literal or f"{self.given} {self.family}".strip()

    def as_csl(self) -> dict[str, str]:
        """The name as CSL-JSON has it."""
        if self.literal:
            return {"literal": self.literal}
        return (
            {"family": self.family, "given": self.given} if self.given else {"family": self.family}
        )
