"""The facts of a case that have rows of their own, such as parties, casualties and events."""

import re
from datetime import date
from typing import Any

import reversion
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation

from .content import YEARS, citation_field, years_in_words

FACT_ROWS = (
    *("parties", "casualties", "events", "agreements", "places", "external_ids"),
    "old_addresses",
)
"""The relations of a case to these rows."""


def validate_partial_date(value: str) -> None:
    """Raises ValidationError unless it is a day, a month or a year: 1997-06-27, 1997-06, 1997."""
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
            raise ValueError
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        message = _("Write a day, a month or a year as 1997-06-27, 1997-06 or 1997.")
        raise ValidationError(message) from None


def _of_case(related_name: str) -> Any:
    """The case that a row is of."""
    return models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name=related_name, verbose_name=_("case")
    )


@reversion.register()
class Party(models.Model):
    """Who had a part in the conflict or in its ending, and which: an organisation that the
    collection knows, or somebody else by name."""

    class Role(models.TextChoices):
        BELLIGERENT = "belligerent", _("Belligerent")
        SIGNATORY = "signatory", _("Signatory")
        MEDIATOR = "mediator", _("Mediator")
        GUARANTOR = "guarantor", _("Guarantor")
        MONITOR = "monitor", _("Monitor")
        IMPLEMENTER = "implementer", _("Implementer")
        FUNDER = "funder", _("Funder")

    case = _of_case("parties")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="parties",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("Of somebody who is not among the organisations."),
    )
    start_year = models.SmallIntegerField(_("from"), null=True, blank=True, validators=YEARS)
    end_year = models.SmallIntegerField(_("until"), null=True, blank=True, validators=YEARS)
    citation = citation_field()
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties and their roles")
        ordering = ["case", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="party_is_an_organisation_or_a_name",
                condition=Q(organisation=None) & ~Q(name="")
                | Q(organisation__isnull=False, name=""),
                violation_error_message=_("Choose an organisation or write a name, not both."),
            ),
            models.CheckConstraint(
                name="party_ends_after_it_starts",
                condition=Q(start_year=None) | Q(end_year=None) | Q(end_year__gte=F("start_year")),
                violation_error_message=_("A party cannot leave before it came."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.called}"

    @property
    def called(self) -> str:
        """The name of the party."""
        return self.organisation.name if self.organisation else self.name

    @property
    def years(self) -> str:
        """The years in words, or nothing."""
        return years_in_words(self.start_year, self.end_year, ongoing=False)


@reversion.register()
class Casualties(models.Model):
    """How many were killed, hurt or driven out, as one source counts them: a low, a best and a high
    figure, of which one is enough."""

    class Counted(models.TextChoices):
        KILLED = "killed", _("Killed, all counted")
        BATTLE_DEATHS = "battle-deaths", _("Killed in battle")
        COMBATANTS = "combatants", _("Combatants killed")
        CIVILIANS = "civilians", _("Civilians killed")
        WOUNDED = "wounded", _("Wounded")
        MISSING = "missing", _("Missing")
        DISPLACED = "displaced", _("Driven from home, all counted")
        INTERNALLY_DISPLACED = "internally-displaced", _("Internally displaced")
        REFUGEES = "refugees", _("Refugees")

    case = _of_case("casualties")
    counted = models.CharField(_("what is counted"), max_length=30, choices=Counted)
    low = models.PositiveIntegerField(_("low"), null=True, blank=True)
    best = models.PositiveIntegerField(_("best"), null=True, blank=True)
    high = models.PositiveIntegerField(_("high"), null=True, blank=True)
    start_year = models.SmallIntegerField(_("from"), null=True, blank=True, validators=YEARS)
    end_year = models.SmallIntegerField(_("until"), null=True, blank=True, validators=YEARS)
    citation = citation_field()
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("count of casualties or displaced")
        verbose_name_plural = _("casualties and displaced")
        ordering = ["case", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="casualties_have_a_figure",
                condition=Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False),
                violation_error_message=_("Give at least one figure."),
            ),
            models.CheckConstraint(
                name="casualties_low_best_high",
                condition=(Q(low=None) | Q(best=None) | Q(low__lte=F("best")))
                & (Q(best=None) | Q(high=None) | Q(best__lte=F("high")))
                & (Q(low=None) | Q(high=None) | Q(low__lte=F("high"))),
                violation_error_message=_("The figures must rise from low to best to high."),
            ),
            models.CheckConstraint(
                name="casualties_end_after_they_start",
                condition=Q(start_year=None) | Q(end_year=None) | Q(end_year__gte=F("start_year")),
                violation_error_message=_("The last year cannot be before the first."),
            ),
        ]

    def __str__(self) -> str:
        figures = "–".join(str(n) for n in (self.low, self.best, self.high) if n is not None)
        return f"{self.get_counted_display()}: {figures}"


@reversion.register()
class Event(models.Model):
    """A dated line of the case's chronology."""

    case = _of_case("events")
    date = models.CharField(
        _("date"),
        max_length=10,
        validators=[validate_partial_date],
        help_text=_("1997-06-27, or as much of it as is known."),
    )
    line = models.CharField(_("what happened"), max_length=300)
    citation = citation_field()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("chronology")
        ordering = ["case", "date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "date", "line"],
                name="case_has_an_event_once",
                violation_error_message=_("This event is already listed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.line}"


def _degrees(limit: int) -> dict[str, Any]:
    return {
        "max_digits": 7,
        "decimal_places": 4,
        "validators": [MinValueValidator(-limit), MaxValueValidator(limit)],
    }


@reversion.register()
class Place(models.Model):
    """Where it was: a point, or a box from its south-western to its north-eastern corner. A box
    over the 180th meridian has an eastern longitude that is smaller than its western one."""

    class Precision(models.TextChoices):
        SITE = "site", _("the very place")
        TOWN = "town", _("a town or a village")
        DISTRICT = "district", _("a district or an island")
        REGION = "region", _("a region")
        COUNTRY = "country", _("a country")

    case = _of_case("places")
    name = models.CharField(_("name"), max_length=120)
    latitude = models.DecimalField(
        _("latitude"), help_text=_("Degrees north; of a box, its southern edge."), **_degrees(90)
    )
    longitude = models.DecimalField(
        _("longitude"), help_text=_("Degrees east; of a box, its western edge."), **_degrees(180)
    )
    north = models.DecimalField(_("northern edge"), null=True, blank=True, **_degrees(90))
    east = models.DecimalField(_("eastern edge"), null=True, blank=True, **_degrees(180))
    precision = models.CharField(_("precision"), max_length=10, choices=Precision)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["case", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="place_is_a_point_or_a_box",
                condition=Q(north=None, east=None)
                | Q(north__isnull=False, east__isnull=False, north__gte=F("latitude")),
                violation_error_message=_(
                    "A box has both a northern and an eastern edge, and does not end south of "
                    "where it begins."
                ),
            ),
            models.CheckConstraint(
                name="place_is_on_earth",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_("Latitudes end at 90 degrees, longitudes at 180."),
            ),
            models.UniqueConstraint(
                fields=["case", "name"],
                name="case_has_a_place_once",
                violation_error_message=_("This place is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@reversion.register()
class Agreement(models.Model):
    """A text that the initiative brought about: an accord, a ceasefire, a protocol."""

    case = _of_case("agreements")
    title = models.CharField(_("title"), max_length=300)
    date = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("When it was signed: 1997-06-27, or as much of it as is known."),
    )
    address = models.URLField(
        _("address"), max_length=500, blank=True, help_text=_("Where its text is read.")
    )
    pa_x = models.CharField(
        _("PA-X identifier"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"\A[0-9]+\Z", _("A PA-X identifier is a number."))],
        help_text=_("Its number in the PA-X database of peace agreements."),
    )
    peacemaker = models.URLField(
        _("at UN Peacemaker"),
        max_length=500,
        blank=True,
        help_text=_("Its page in the database of the United Nations."),
    )

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["case", "date", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "title", "date"],
                name="case_has_an_agreement_once",
                violation_error_message=_("This agreement is already listed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.date})" if self.date else self.title


@reversion.register()
class ExternalId(models.Model):
    """What the same conflict, agreement or mission is called in another database."""

    class Scheme(models.TextChoices):
        UCDP_CONFLICT = "ucdp-conflict", _("UCDP conflict")
        UCDP_DYAD = "ucdp-dyad", _("UCDP dyad")
        PA_X = "pa-x", _("PA-X agreement")
        PAM = "pam", _("Peace Accords Matrix")
        WIKIDATA = "wikidata", _("Wikidata item")
        OTHER = "other", _("other")

    case = _of_case("external_ids")
    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    value = models.CharField(_("value"), max_length=100)
    name = models.CharField(
        _("name there"), max_length=200, blank=True, help_text=_("What it is called there.")
    )

    class Meta:
        verbose_name = _("external identifier")
        verbose_name_plural = _("external identifiers")
        ordering = ["case", "scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "scheme", "value"],
                name="case_has_an_external_id_once",
                violation_error_message=_("This identifier is already listed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()}: {self.value}"
