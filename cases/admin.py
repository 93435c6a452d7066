"""The admin in which editors write cases: list, form, stage, and the vocabularies of the facts."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Field, ForeignKey, URLField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from reversion.models import Version

from organisations.admin import TermAdmin
from organisations.models import Organisation
from revisions import snapshots
from revisions.admin import RevisedAdmin, RevisedInline
from revisions.history_pages import Told
from revisions.people import user_of

from . import case_history, services
from .case_list import CaseList
from .forms import BodyWidget, CaseForm
from .models import (
    Agreement,
    Aim,
    Case,
    Casualties,
    Conflict,
    ConflictType,
    Event,
    ExternalId,
    ImpactCriterion,
    ImpactValue,
    InitiativeType,
    Participation,
    Party,
    Place,
)
from .preview import PreviewPages

admin.site.register([Aim, Conflict, ConflictType, ImpactCriterion, InitiativeType], TermAdmin)

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
SUBMIT = "_submit_for_review"  # the name of the button


@admin.register(ImpactValue)
class ImpactValueAdmin(TermAdmin):
    """What the values mean may be changed; which there are is in the code."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody's."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody's."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        """The slug too."""
        return (*super().get_readonly_fields(request, obj), "slug")


class FactInline(RevisedInline):
    """Rows of a fact, with fields as long as what they hold, so that a row fits the page."""

    formfield_overrides = {URLField: {"assume_scheme": "https", "widget": _ADDRESS}}

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
    fields = ("position", "organisation")
    autocomplete_fields = ("organisation",)


class PartyInline(FactInline):
    model = Party
    fields = ("position", "role", "organisation", "name", "start_year", "end_year", "citation")
    autocomplete_fields = ("organisation",)


class CasualtiesInline(FactInline):
    model = Casualties
    fields = (
        *("position", "counted", "low", "best", "high", "start_year", "end_year"),
        "citation",
    )


class EventInline(FactInline):
    model = Event
    fields = ("date", "line", "citation")


class AgreementInline(FactInline):
    model = Agreement
    fields = ("title", "date", "address", "pa_x", "peacemaker")


class PlaceInline(FactInline):
    model = Place
    fields = ("position", "name", "latitude", "longitude", "north", "east", "precision")


class ExternalIdInline(FactInline):
    model = ExternalId
    fields = ("scheme", "value", "name")


@admin.register(Case)
class CaseAdmin(PreviewPages, CaseList, RevisedAdmin[Case]):
    """Cases as editors write them."""

    form = CaseForm
    words = {
        "add": _("Write a case"),
        "change": _("Edit the case"),
        "view": _("Look at the case"),
        "none": _("No case has been written yet. Write the first, or import a manuscript."),
    }
    change_form_template = "admin/cases/case/change_form.html"
    search_fields = ("title", "slug", "standfirst", "location", "authors", "body")
    searched_as_typed = ("body",)
    search_help_text = _("Title, place, author, or words of the text; @key finds who cites it.")
    inlines = (
        *(ParticipationInline, PartyInline, CasualtiesInline, EventInline),
        *(AgreementInline, PlaceInline, ExternalIdInline),
    )
    autocomplete_fields = ("conflict", "countries", "related")
    radio_fields = {"impact": admin.HORIZONTAL}
    also_in_history = ("stage", "stage_reason")
    fieldsets = (
        (None, {"fields": ("title", "slug", "standfirst", "authors", "licence")}),
        (_("Text and notes"), {"fields": ("body",), "classes": ("text-and-notes",)}),
        (_("After the text"), {"fields": ("critics", "not_known")}),
        (
            _("When and where"),
            {
                "fields": (
                    ("start_year", "end_year", "ongoing"),
                    "location",
                    "countries",
                    "regional_groups",
                    "regional_groups_note",
                )
            },
        ),
        (
            _("What kind"),
            {"fields": (*("conflict", "aim", "conflict_types", "initiative_types"),)},
        ),
        (
            _("What came of it"),
            {
                "fields": (
                    *("impact", "impact_note", "impact_citation", "impact_criteria"),
                    ("impact_horizon", "impact_judged"),
                    *("impact_dissent", "impact_dissent_citation", "evidence_until"),
                )
            },
        ),
        (_("Who answers for it"), {"fields": ("orcids", "reviewers", "interests")}),
        (_("More posts"), {"fields": ("related",)}),
    )

    def is_published(self, obj: Case) -> bool:
        """Whether it ever had an edition."""
        return obj.editions.exists()

    def may_discard(self, request: HttpRequest, obj: Case) -> bool:
        """Whoever alone has written it."""
        wrote = list(obj.contributors.values_list("pk", flat=True)[:2])
        return self.has_change_permission(request, obj) and wrote == [request.user.pk]

    def get_readonly_fields(self, request: HttpRequest, obj: Case | None = None) -> tuple:
        """The slug once it is published."""
        return ("slug",) if obj and self.is_published(obj) else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Case | None = None) -> dict:
        """Only for a new case: an address does not follow every change of the title."""
        return {} if obj else {"slug": ("title",)}

    def get_form(
        self, request: HttpRequest, obj: Case | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """With the preview's address on the text field."""
        form = super().get_form(request, obj, change, **kwargs)
        body = form.base_fields.get("body")
        if body is not None and isinstance(body.widget, BodyWidget):
            body.widget.preview_url = self.preview_url(obj)
            body.widget.cite_url = reverse("admin:sources_source_cite")
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the button that submits for review, for those who may press it."""
        obj = kwargs.get("obj")
        waiting = obj is not None and obj.stage == Case.Stage.IN_REVIEW
        context["may_submit"] = request.user.has_perm("cases.submit_case") and not waiting
        context["preview_url"] = self.preview_url(obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: bool) -> None:
        """Remembers the case as it was, so that a save without a change counts as none."""
        form.before = snapshots.of_object(Case.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: list[Any], change: bool
    ) -> None:
        """Works the regional groups out from the countries, remembers who changed the case since
        its last edition, and submits it where that was asked."""
        super().save_related(request, form, formsets, change)
        services.derive_regional_groups(form.instance)
        if snapshots.of_object(Case.objects.get(pk=form.instance.pk)) != form.before:
            services.note_change(form.instance, by=user_of(request))
            form.instance.save()
        services.count_findings(form.instance)
        if SUBMIT in request.POST and request.user.has_perm("cases.submit_case"):
            self._submit(request, form)

    def _submit(self, request: HttpRequest, form: CaseForm) -> None:
        try:
            services.submit(form.instance, by=user_of(request), reason=form.cleaned_data["reason"])
        except services.WrongStage as error:
            messages.warning(request, str(error))
        else:
            messages.info(request, _("The case has been handed to the moderators."))

    def told_of(self, obj: Case, versions: list[Version]) -> Told:
        """With stages and editions."""
        return case_history.told_of(obj, versions)

    def restore(self, obj: Case, version: Version, *, by: User, reason: str) -> Case:
        """With what restoring a case brings along."""
        return services.restore_case(obj, version, by=by, reason=reason)
