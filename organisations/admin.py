"""The admin of organisations, countries and vocabularies; merging two organisations."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, ForeignKey, Model, QuerySet, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from reversion.models import Version

from revisions.admin import RevisedAdmin, ShownToReaders
from revisions.admin_search import FoldedSearch
from revisions.admin_widgets import ChooseOne
from revisions.doubles import HoldsDoubles
from revisions.forms import reason_field
from revisions.people import user_of

from . import services
from .forms import OrganisationForm
from .models import Country, GroupMembership, Organisation, OrganisationKind, RegionalGroup
from .models.organisations import OrganisationQuerySet

_SEARCHED = ("name", "short_name", "other_names")


def _is_used(thing: Model | None) -> bool:
    """Whether a case, an edition, an organisation or a membership refers to a term or country:
    deleting it would delete the rows that link them, too."""
    relations = ("cases", "editions", "organisations", "memberships")
    return thing is not None and any(
        getattr(thing, name).exists() for name in relations if hasattr(thing, name)
    )


class TermAdmin(FoldedSearch, ShownToReaders):
    """A controlled vocabulary. A term's slug is cited, so it is read-only once the term exists."""

    list_display = ("label", "slug", "code", "position")
    search_fields = ("label", "other_spellings", "slug")
    prepopulated_fields = {"slug": ("label",)}

    class Media:
        css = {"all": ["admin-desk/desk.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple:
        """The slug of an existing term."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict:
        """Only for a new term."""
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never for what something refers to."""
        return not _is_used(obj) and super().has_delete_permission(request, obj)


admin.site.register([RegionalGroup, OrganisationKind], TermAdmin)


class GroupMembershipInline(admin.TabularInline):
    model = GroupMembership
    extra = 0


@admin.register(Country)
class CountryAdmin(FoldedSearch, ShownToReaders):
    """Countries. Codes are cited in addresses, so they are read-only once a country exists."""

    list_display = ("name", "alpha3", "alpha2", "m49")
    list_filter = ("regional_groups",)
    search_fields = ("name", "official_name", "other_names", "alpha3")
    inlines = (GroupMembershipInline,)

    class Media:
        css = {"all": ["admin-desk/desk.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Country | None = None) -> tuple:
        """The codes of an existing country."""
        return ("alpha3", "alpha2", "m49") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Country | None = None) -> bool:
        """Never for what something refers to."""
        return not _is_used(obj) and super().has_delete_permission(request, obj)


class MergeForm(forms.Form):
    """Asks which organisation to keep."""

    kept = forms.ModelChoiceField(
        Organisation.objects.kept(),
        label=_("Keep this organisation"),
        widget=ChooseOne(Organisation._meta.get_field("parent"), admin.site),
        help_text=_("Its name stays; the other's names become other names of it."),
    )


class ConfirmMergeForm(MergeForm):
    """Asks for the reason, too, before two organisations are merged."""

    reason = reason_field()


@admin.register(Organisation)
class OrganisationAdmin(HoldsDoubles, ShownToReaders, RevisedAdmin[Organisation]):
    """Organisations, with a page for merging two that are the same."""

    form = OrganisationForm
    words = {
        "add": _("Describe an organisation"),
        "change": _("Edit the organisation"),
        "view": _("Look at the organisation"),
        "none": _("No organisation has been described yet."),
    }
    list_display = ("name", "short_name", "kind", "country", "changed_by", "updated_at")
    list_filter = ("kind",)
    list_select_related = ("kind", "country")
    search_fields = _SEARCHED
    autocomplete_fields = ("country", "parent", "successor")
    prepopulated_fields = {"slug": ("name",)}
    also_in_history = ("merged_into",)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    change_form_template = "admin/organisations/organisation/change_form.html"
    fieldsets = (
        (None, {"fields": ("name", "short_name", "other_names", "slug", "kind", "country")}),
        (_("Before, after and above"), {"fields": ("parent", "founded", "ended", "successor")}),
        (_("Elsewhere"), {"fields": ("website", "wikidata", "ror")}),
    )

    def is_published(self, obj: Organisation) -> bool:
        """Whether an edition names it."""
        return obj.edition_participations.exists()

    def is_needed(self, obj: Organisation) -> bool:
        """Whether an edition, a draft or another organisation refers to it."""
        used = (
            *(obj.participations, obj.parties, obj.edition_participations),
            *(obj.parts, obj.predecessors),
        )
        return bool(obj.merged_into_id) or any(rows.exists() for rows in (*used, obj.merged))

    def has_change_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Not for one that was merged into another: it only redirects there."""
        merged = obj is not None and obj.merged_into_id is not None
        return not merged and super().has_change_permission(request, obj)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Organisation | None = None
    ) -> tuple[str, ...]:
        """The slug once an edition names it: its address is cited."""
        cited = obj is not None and self.is_published(obj)
        return ("slug",) if cited else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict:
        """Only for a new organisation."""
        return {} if obj else self.prepopulated_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Lists leave out merged organisations; their own pages remain."""
        queryset = cast(OrganisationQuerySet, super().get_queryset(request))
        match = request.resolver_match
        return queryset if match and "object_id" in match.kwargs else queryset.kept()

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField:
        """A merged organisation cannot be chosen as parent or successor."""
        if db_field.name in ("parent", "successor"):
            kwargs["queryset"] = Organisation.objects.kept()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """With the page for merging."""
        view = self.admin_site.admin_view(self.merge_view)
        name = "organisations_organisation_merge"
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def restore(
        self, obj: Organisation, version: Version, *, by: User, reason: str
    ) -> Organisation:
        """Keeps the slug, and follows merges."""
        return services.restore_organisation(obj, version, by=by, reason=reason)

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks which one to keep, shows what will move, asks for the reason, and merges."""
        if not request.user.has_perm("organisations.merge_organisation"):
            raise PermissionDenied
        gone = self._viewable_or_404(request, object_id)
        confirm = ConfirmMergeForm(request.POST or None)
        if request.method == "POST" and confirm.is_valid():
            kept = confirm.cleaned_data["kept"]
            try:
                by = user_of(request)
                services.merge(gone, kept, by=by, reason=confirm.cleaned_data["reason"])
            except services.CannotMerge as error:
                confirm.add_error(None, str(error))
            except ValidationError as error:
                confirm.add_error(None, error.messages)
            else:
                text = _("“%(gone)s” is now “%(kept)s”.") % {"gone": gone, "kept": kept}
                messages.success(request, text)
                return HttpResponseRedirect(
                    reverse("admin:organisations_organisation_change", args=[kept.pk])
                )
        choose = MergeForm(request.POST or request.GET or None)
        kept = choose.cleaned_data["kept"] if choose.is_valid() else None
        context = self._context(request, gone, _("Merge “%(thing)s”") % {"thing": gone}) | {
            "choose": choose,
            "confirm": confirm,
            "kept": kept,
            "same": kept == gone,
            "moves": _what_moves(gone),
            "media": self.media + choose.media,
        }
        return TemplateResponse(request, "admin/organisations/organisation/merge.html", context)


def _what_moves(gone: Organisation) -> dict[str, Any]:
    """How many rows of each kind a merge would move, and the names it would add."""
    counts = Organisation.objects.filter(pk=gone.pk).aggregate(
        cases=Count("participations", distinct=True),
        editions=Count("edition_participations", distinct=True),
        parts=Count("parts", distinct=True),
        predecessors=Count("predecessors", distinct=True),
    )
    return counts | {"names": gone.names}
