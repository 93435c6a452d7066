"""The admin in which editors write cases: list, form, stage, and the vocabularies of the facts."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from reversion.models import Version

from organisations.admin import TermAdmin
from revisions import snapshots
from revisions.history_pages import Told
from revisions.people import user_of

from . import case_history, services
from .case_list import CaseList
from .findings_pages import FindingPages
from .form_layout import FIELDSETS
from .forms import CaseForm
from .models import (
    Aim,
    Case,
    Conflict,
    ConflictType,
    ImpactCriterion,
    ImpactValue,
    InitiativeType,
)
from .row_forms import ROWS

admin.site.register([Aim, Conflict, ConflictType, ImpactCriterion, InitiativeType], TermAdmin)


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


@admin.register(Case)
class CaseAdmin(CaseList, FindingPages):
    """Cases as editors write them."""

    form = CaseForm
    words = {
        "add": _("Write a case"),
        "change": _("Edit the case"),
        "view": _("Look at the case"),
        "none": _("No case has been written yet. Write the first, or import a manuscript."),
    }
    search_fields = ("title", "slug", "standfirst", "location", "authors", "body")
    searched_as_typed = ("body",)
    search_help_text = _("Title, place, author, or words of the text; @key finds who cites it.")
    inlines = ROWS
    autocomplete_fields = ("conflict", "countries", "related")
    radio_fields = {"impact": admin.HORIZONTAL}
    also_in_history = ("stage", "stage_reason")
    fieldsets = FIELDSETS

    class Media:
        css = {"all": ["admin-desk/writing.css", "admin-desk/cite.css"]}
        js = [Script("admin-desk/writing.js", type="module")]

    def is_published(self, obj: Case) -> bool:
        """Whether it ever had an edition."""
        return obj.editions.exists()

    def may_discard(self, request: HttpRequest, obj: Case) -> bool:
        """Whoever alone has written it; or to whom it is assigned, where nobody else there has."""
        by = obj.contributors.exclude(pk=user_of(request).pk)
        others = by.filter(is_active=True) if obj.editor_id == request.user.pk else by
        wrote = obj.contributors.exists() and not others.exists()
        return self.has_change_permission(request, obj) and wrote

    def get_readonly_fields(self, request: HttpRequest, obj: Case | None = None) -> tuple:
        """The slug once it is published."""
        return ("slug",) if obj and self.is_published(obj) else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Case | None = None) -> dict:
        """Only for a new case: an address does not follow every change of the title."""
        return {} if obj else {"slug": ("title",)}

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
        self.move(request, form)

    def told_of(self, obj: Case, versions: list[Version]) -> Told:
        """With stages and editions."""
        return case_history.told_of(obj, versions)

    def restore(self, obj: Case, version: Version, *, by: User, reason: str) -> Case:
        """With what restoring a case brings along."""
        return services.restore_case(obj, version, by=by, reason=reason)
