"""The forms of facts that have rows of their own, in the column beside the text of a case."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, ForeignKey, URLField
from django.http import HttpRequest

from organisations.models import Organisation
from revisions.admin import FollowsParent

from .form_layout import PLAIN
from .models import (
    Agreement,
    Casualties,
    Event,
    ExternalId,
    OldAddress,
    Participation,
    Party,
    Place,
)

_ADDRESS = forms.URLInput(attrs={"class": "vTextField"})
_SHORT = {  # how long the fields of rows are, in characters
    **dict.fromkeys(("title", "line"), 60),
    **dict.fromkeys(("citation", "address", "peacemaker"), 20),
    **dict.fromkeys(("date", "pa_x", "value"), 10),
    **dict.fromkeys(("latitude", "longitude", "north", "east"), 8),
    **dict.fromkeys(("low", "best", "high"), 7),
    "name": 16,
    **dict.fromkeys(("start_year", "end_year"), 4),
    "position": 2,
}


class FactInline(FollowsParent, admin.StackedInline):
    """Rows of a fact, with fields as long as what they hold, so that they fit the column."""

    classes = ("collapse",)

    formfield_overrides = {URLField: {"assume_scheme": "https", "widget": _ADDRESS}}

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """As for the case."""
        return () if PLAIN in request.GET else super().get_autocomplete_fields(request)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A blank row where there is no script to add one."""
        return int(PLAIN in request.GET)

    def formfield_for_dbfield(
        self, db_field: Field, request: Any, **kwargs: Any
    ) -> forms.Field | None:
        """As Django's, but for the lengths of _SHORT."""
        if db_field.name in _SHORT:
            kwargs["widget"] = forms.TextInput(attrs={"size": _SHORT[db_field.name]})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField:
        """Not an organisation that was merged into another."""
        if db_field.name == "organisation":
            kwargs["queryset"] = Organisation.objects.kept()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ParticipationInline(FactInline):
    model = Participation
    fields = ("organisation", "position")
    autocomplete_fields = ("organisation",)


class PartyInline(FactInline):
    model = Party
    fields = (
        *("role", "organisation", "name", ("start_year", "end_year"), "citation", "position"),
    )
    autocomplete_fields = ("organisation",)


class CasualtiesInline(FactInline):
    model = Casualties
    fields = (
        *("counted", ("low", "best", "high"), ("start_year", "end_year")),
        *("citation", "position"),
    )


class EventInline(FactInline):
    model = Event
    fields = ("date", "line", "citation")


class AgreementInline(FactInline):
    model = Agreement
    fields = ("title", "date", "address", ("pa_x", "peacemaker"))


class PlaceInline(FactInline):
    model = Place
    fields = ("name", ("latitude", "longitude"), ("north", "east"), "precision", "position")


class ExternalIdInline(FactInline):
    model = ExternalId
    fields = (("scheme", "value"), "name")


class OldAddressInline(FactInline):
    model = OldAddress
    fields = ("address",)


ROWS = (
    *(ParticipationInline, PartyInline, CasualtiesInline, EventInline),
    *(AgreementInline, PlaceInline, ExternalIdInline, OldAddressInline),
)
