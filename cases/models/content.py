"""What a case and an edition both have: an edition is a frozen copy, not a second design."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import Country, RegionalGroup, names_in
from sources.identifiers import orcid

from .vocabularies import Aim, Conflict, ConflictType, ImpactCriterion, InitiativeType

YEARS = [MinValueValidator(-3000), MaxValueValidator(2200)]


def citation_field() -> Any:
    """A field for what a fact rests on: the note of the text with the same citation, or else one
    that is numbered after those of the text."""
    return models.CharField(
        _("citation"),
        max_length=2_000,
        blank=True,
        help_text=_("What it rests on, as in the text: [@lynch2001, p. 52]."),
    )


_ORCID = re.compile(r"(?P<name>\S.*?)\s+(?P<id>\S+)")


def orcids_in(lines: str) -> dict[str, str]:
    """ORCID iDs by the names they stand after, one of each per line. Raises ValidationError for a
    line that is none, and for an identifier whose last sign is wrong."""
    found = {}
    for line in names_in(lines):
        match = _ORCID.fullmatch(line)
        if match is None or not orcid(match["id"]):
            message = _("“%s” does not end in an ORCID iD such as 0000-0002-1825-0097.") % line
            raise ValidationError(message)
        found[match["name"]] = orcid(match["id"])
    return found


def validate_orcids(lines: str) -> None:
    """Raises ValidationError as `orcids_in`."""
    orcids_in(lines)


class CaseContent(models.Model):
    """The text and the facts of a case study."""

    class Impact(models.TextChoices):
        LASTING = "lasting", _("Lasting")
        LIMITED = "limited", _("Limited")
        CONTESTED = "contested", _("Contested")
        FAILED = "failed", _("Failed")
        TOO_EARLY = "too-early", _("Too early to say")

    class Licence(models.TextChoices):
        CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
        CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
        CC_BY_NC = "CC-BY-NC-4.0", _("Creative Commons Attribution-NonCommercial 4.0")
        CC_BY_ND = "CC-BY-ND-4.0", _("Creative Commons Attribution-NoDerivatives 4.0")
        CC0 = "CC0-1.0", _("Creative Commons Zero 1.0 (public domain)")
        RESERVED = "reserved", _("All rights reserved")

    title = models.CharField(
        _("title"), max_length=250, help_text=_("Such as “Ending the armed conflict in …”.")
    )
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        max_length=1000,
        help_text=_("One or two sentences that say who did what, and how it ended."),
    )
    body = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "Markdown. Every claim carries a note: …[@lynch2001, pp. 52-4]. Several sources in one "
            "note: [@matveeva2015, p. 142; @hay2001, p. 38]. Notes of words: …[^1] and, on a line "
            "of its own, [^1]: the words."
        ),
    )
    critics = models.TextField(
        _("what critics say"),
        blank=True,
        help_text=_("Markdown with notes. Stands after the text, under a heading of this name."),
    )
    not_known = models.TextField(
        _("what is not known"),
        blank=True,
        help_text=_("Markdown with notes. Stands after the text, under a heading of this name."),
    )
    aim = models.ForeignKey(
        Aim,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        verbose_name=_("aim"),
        null=True,
        blank=True,
    )
    conflict = models.ForeignKey(
        Conflict,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        verbose_name=_("conflict"),
        null=True,
        blank=True,
        help_text=_(
            "The conflict that this initiative was about; its cases are shown as a sequence."
        ),
    )
    start_year = models.SmallIntegerField(
        _("start year"), null=True, blank=True, validators=YEARS, help_text=_("Of the initiative.")
    )
    end_year = models.SmallIntegerField(
        _("end year"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("Blank where it is not known or the initiative goes on."),
    )
    ongoing = models.BooleanField(_("ongoing"), default=False)
    location = models.CharField(
        _("location"),
        max_length=250,
        blank=True,
        help_text=_("In words: “Aceh, Indonesia”; “Cameroon/Nigeria international border”."),
    )
    countries = models.ManyToManyField(
        Country,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("countries"),
        help_text=_("Those whose conflict it is, not those of the organisations."),
    )
    regional_groups = models.ManyToManyField(
        RegionalGroup,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("UN regional groups"),
        help_text=_("Worked out from the countries, unless the note below says why not."),
    )
    regional_groups_note = models.CharField(
        _("note on regional groups"),
        max_length=500,
        blank=True,
        help_text=_("Say here why the groups are other than the countries' own. Blank: derived."),
    )
    conflict_types = models.ManyToManyField(
        ConflictType, blank=True, related_name="%(class)ss", verbose_name=_("types of conflict")
    )
    initiative_types = models.ManyToManyField(
        InitiativeType, blank=True, related_name="%(class)ss", verbose_name=_("types of initiative")
    )
    impact = models.CharField(
        _("impact"),
        max_length=10,
        choices=Impact,
        blank=True,
        help_text=_("A judgement; what each value means is defined in the vocabulary."),
    )
    impact_note = models.CharField(
        _("note on impact"), max_length=500, blank=True, help_text=_("A sentence that explains it.")
    )
    impact_citation = citation_field()
    impact_criteria = models.ManyToManyField(
        ImpactCriterion,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("judged by"),
        help_text=_("By what the impact is judged."),
    )
    impact_horizon = models.PositiveSmallIntegerField(
        _("years looked at"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(200)],
        help_text=_("How many years after its end the judgement looks at."),
    )
    impact_judged = models.DateField(_("day of the judgement"), null=True, blank=True)
    impact_dissent = models.CharField(
        _("who disagrees"),
        max_length=500,
        blank=True,
        help_text=_("A sentence that says who judges otherwise, and why."),
    )
    impact_dissent_citation = citation_field()
    evidence_until = models.DateField(
        _("evidence until"),
        null=True,
        blank=True,
        help_text=_("The day until which evidence was looked at, where it is known."),
    )
    first_published = models.DateField(
        _("first published"),
        null=True,
        blank=True,
        help_text=_("The day on which the article first appeared elsewhere, if it did."),
    )
    first_published_address = models.CharField(
        _("first published at"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("The address at which it appeared then. Readers see both."),
    )
    authors = models.TextField(
        _("authors"),
        blank=True,
        help_text=_(
            "As credited, one per line and in order: “Ana Doe” or “Doe, Ana”. A body is known by "
            "the name it has among the organisations."
        ),
    )
    orcids = models.TextField(
        _("ORCID iDs"),
        blank=True,
        validators=[validate_orcids],
        help_text=_("One per line, after the name as credited: Ana Doe 0000-0002-1825-0097."),
    )
    reviewers = models.TextField(
        _("reviewed by"),
        blank=True,
        help_text=_(
            "Who reviewed the text for the collection and agrees to be named, one per line."
        ),
    )
    interests = models.TextField(
        _("interests"),
        blank=True,
        max_length=1000,
        help_text=_("What authors and reviewers have to do with what the case is about."),
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts",
                condition=Q(start_year=None) | Q(end_year=None) | Q(end_year__gte=F("start_year")),
                violation_error_message=_("The end year cannot be before the start year."),
            ),
            models.CheckConstraint(
                name="%(class)s_ongoing_has_no_end",
                condition=Q(ongoing=False) | Q(end_year=None),
                violation_error_message=_("An ongoing initiative cannot have an end year."),
            ),
            models.CheckConstraint(
                name="%(class)s_first_published_on_the_web",
                condition=Q(first_published_address="")
                | Q(first_published_address__startswith="https://")
                | Q(first_published_address__startswith="http://"),
                violation_error_message=_("An address begins with https:// or http://."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def author_names(self) -> list[str]:
        """The authors as credited, in order."""
        return names_in(self.authors)

    @property
    def reviewer_names(self) -> list[str]:
        """Who reviewed it, as credited, in order."""
        return names_in(self.reviewers)

    @property
    def years(self) -> str:
        """The years in words: “1993–1997”, “1997”, “2003–present”, or nothing."""
        return years_in_words(self.start_year, self.end_year, self.ongoing)


def _year(year: int) -> str:
    return gettext("%(year)d BCE") % {"year": 1 - year} if year < 1 else str(year)


def years_in_words(start: int | None, end: int | None, ongoing: bool) -> str:
    """“1993–1997”, “1997”, “2003–present”, “until 1997”, “from 1993” or “”. Year 0 is 1 BCE."""
    if ongoing:
        return (
            gettext("ongoing")
            if start is None
            else gettext("%(start)s–present") % {"start": _year(start)}
        )
    if start is not None and end is not None:
        return _year(start) if start == end else f"{_year(start)}–{_year(end)}"
    if start is not None:
        return gettext("from %(start)s") % {"start": _year(start)}
    return gettext("until %(end)s") % {"end": _year(end)} if end is not None else ""


def partial_date_in_words(value: str) -> str:
    """A day, month or year in ISO 8601 in words: “27 June 1997”, “June 1997”, “1997”; or “”."""
    if len(value) < 7:
        return value
    day = date.fromisoformat(value if len(value) > 7 else f"{value}-01")
    return formats.date_format(day, "DATE_FORMAT" if len(value) > 7 else "YEAR_MONTH_FORMAT")
