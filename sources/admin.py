"""The admin of sources: the form by type, the reference as readers see it, a search for inserting
citations, merging two sources."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from reversion.models import Version

from revisions import history
from revisions.admin import RevisedAdmin, RevisedInline, ShownToReaders
from revisions.admin_widgets import ChooseOne
from revisions.doubles import HoldsDoubles
from revisions.forms import reason_field
from revisions.people import user_of

from . import services
from .citing import reference
from .formats import csl_json
from .forms import SourceForm
from .models import Contributor, Source, SourceQuerySet, asked_where_cited
from .needs import NAMES, NEEDED, USEFUL, lacks

_MAX_RESULTS = 12  # of the citation search
_FIELDS = (  # what a source says, but for its key and type, in the order of a reference
    *("title", "title_short", "container_title", "container_title_short"),
    *("publisher", "publisher_place", "issued", "original_date", "volume", "issue", "page"),
    *("symbol", "number", "edition", "genre", "url", "accessed", "archive_url"),
    *("other_addresses", "doi", "isbn", "archive", "archive_location", "call_number", "language"),
)


class ContributorInline(RevisedInline):
    model = Contributor
    fields = ("role", "position", "given", "family", "literal", "orcid")

    def get_extra(self, request: HttpRequest, obj: Source | None = None, **kwargs: Any) -> int:
        """A blank row for the first name of a new source."""
        return 0 if obj else 1


class MergeForm(forms.Form):
    """Asks which source to keep."""

    kept = forms.ModelChoiceField(
        Source.objects.kept(),
        label=_("Keep this source"),
        widget=ChooseOne(Source._meta.get_field("merged_into"), admin.site),
        help_text=_("Its key stays; what it leaves blank it takes over from the other."),
    )


class ConfirmMergeForm(MergeForm):
    """Asks for the reason, too, before two sources are merged."""

    reason = reason_field()


@admin.register(Source)
class SourceAdmin(HoldsDoubles, ShownToReaders, RevisedAdmin[Source]):
    """Bibliographic records. A key that an edition cites is part of an address and stays."""

    form = SourceForm
    words = {
        "add": _("Describe a source"),
        "change": _("Edit the source"),
        "view": _("Look at the source"),
        "none": _("No source has been described yet. Describe the first, or take references in."),
    }
    list_display = ("key", "title", "authors", "container_title", "issued", "changed_by")
    list_filter = ("type",)
    search_fields = (
        "key",
        "title",
        "contributors__family",
        "contributors__literal",
        "container_title",
        "issued",
        "doi",
    )
    search_help_text = _("Key, title, author or editor, journal or book, year, DOI.")
    inlines = (ContributorInline,)
    readonly_fields = ("as_set", "lacking", "cited_in")
    also_in_history = ("merged_into",)
    change_form_template = "admin/sources/source/change_form.html"

    class Media:
        js = [Script("admin-desk/source-types.js", type="module")]

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> Any:
        """What its type needs first, then what is useful for it, then the rest."""
        asked = request.POST.get("type") or request.GET.get("type") or (obj.type if obj else "")
        type_ = asked if asked in NEEDED else Source.Type.BOOK
        needed = [name for name in NEEDED[type_] if name != NAMES]
        useful = [name for name in USEFUL[type_] if name != NAMES]
        seldom = [name for name in _FIELDS if name not in needed and name not in useful]
        shown = ["as_set", "lacking", "cited_in"] if obj else []
        return [
            (None, {"fields": ["key", "type", *shown]}),
            (_("What its type needs"), {"fields": needed, "classes": ["needed"]}),
            (_("Useful for its type"), {"fields": useful, "classes": ["useful"]}),
            (_("Seldom needed for it"), {"fields": seldom, "classes": ["seldom", "collapse"]}),
            (_("For editors"), {"fields": ["note"]}),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what each type needs, for the script that puts the fields in order."""
        context["by_type"] = {
            str(type_): {"needed": list(NEEDED[type_]), "useful": list(USEFUL[type_])}
            for type_ in NEEDED
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def is_published(self, obj: Source) -> bool:
        """Whether an edition cites it."""
        return obj.edition_citations.exists()

    def is_needed(self, obj: Source) -> bool:
        """Whether an edition or a draft cites it, or its address leads somewhere, or another's
        leads here."""
        if obj.merged_into_id or obj.merged.exists() or self.is_published(obj):
            return True
        return any(titles for _receiver, titles in asked_where_cited.send(Source, source=obj))

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """Not for one that was merged into another: it only redirects there."""
        merged = obj is not None and obj.merged_into_id is not None
        return not merged and super().has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With authors and editors; lists leave out merged sources, whose own pages remain."""
        everything = cast(SourceQuerySet, super().get_queryset(request))
        match = request.resolver_match
        found = everything if match and "object_id" in match.kwargs else everything.kept()
        return found.prefetch_related("contributors")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Source | None = None
    ) -> tuple[str, ...]:
        """The key, too, once an edition cites it."""
        fixed = obj is not None and self.is_published(obj)
        return (*self.readonly_fields, "key") if fixed else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Source, form: ModelForm, change: bool) -> None:
        """Names the cases that follow a change of the key."""
        super().save_model(request, obj, form, change)
        if obj.followed_by:
            message = _("Its key is now %(key)s; the texts that cite it follow: %(cases)s.")
            words = {"key": obj.key, "cases": "; ".join(obj.followed_by)}
            messages.info(request, message % words)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        """Says what is missing still."""
        super().save_related(request, form, formsets, change)
        if missing := _missing(form.instance):
            message = _("A %(type)s needs more to be found again: %(missing)s.")
            words = {"type": form.instance.get_type_display(), "missing": missing}
            messages.warning(request, message % words)

    def restore(self, obj: Source, version: Version, *, by: User, reason: str) -> Source:
        """Keeps a key that an edition cites."""
        keep = ("key",) if self.is_published(obj) else ()
        return history.restore(obj, version, by=by, reason=reason, keep=keep)

    @admin.display(description=_("authors and editors"))
    def authors(self, obj: Source) -> str:
        """A column of the list: the first two names."""
        names = [c.literal or c.family for c in obj.contributors.all()]
        return ", ".join(names[:2]) + (" …" if len(names) > 2 else "")

    @admin.display(description=_("reference"))
    def as_set(self, obj: Source | None) -> str:
        """The reference as readers see it in a note."""
        if obj is None or obj.pk is None:
            return "–"
        return mark_safe(reference(csl_json(obj)).html)  # noqa: S308 - citing escapes

    @admin.display(description=_("still missing"))
    def lacking(self, obj: Source | None) -> str:
        """What its type needs and it has not."""
        if obj is None or obj.pk is None:
            return "–"
        return _missing(obj) or str(_("Nothing."))

    @admin.display(description=_("cited in"))
    def cited_in(self, obj: Source | None) -> SafeString | str:
        """The editions that cite it, and a link to the drafts that do."""
        if obj is None or obj.pk is None:
            return "–"
        rows = obj.edition_citations.order_by("edition__title", "edition__number", "note_number")
        cited = rows.values_list("edition__title", "edition__number", "note_number")
        lines = [
            (_("%(title)s, edition %(n)d, note %(note)d") % {"title": t, "n": n, "note": note},)
            for t, n, note in cited[:50]
        ]
        drafts = reverse("admin:cases_case_changelist") + "?" + urlencode({"q": f"@{obj.key}"})
        link = format_html('<a href="{}">{}</a>', drafts, _("Find it in the texts of cases"))
        listed = format_html_join("", "<li>{}</li>", lines)
        return format_html("<ul>{}</ul>{}", listed, link) if lines else link

    def get_urls(self) -> list[URLPattern]:
        """With the citation search, and the page for merging."""
        view = self.admin_site.admin_view
        return [
            path("cite/", view(self.cite_view), name="sources_source_cite"),
            path("<path:object_id>/merge/", view(self.merge_view), name="sources_source_merge"),
            *super().get_urls(),
        ]

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks which one to keep, shows the two side by side, asks for the reason, and merges."""
        if not request.user.has_perm("sources.merge_source"):
            raise PermissionDenied
        gone = self._viewable_or_404(request, object_id)
        confirm = ConfirmMergeForm(request.POST or None)
        if request.method == "POST" and confirm.is_valid():
            kept = confirm.cleaned_data["kept"]
            by, reason = user_of(request), confirm.cleaned_data["reason"]
            try:
                kept = services.merge(gone, kept, by=by, reason=reason)
            except services.CannotMerge as error:
                confirm.add_error(None, str(error))
            except ValidationError as error:
                confirm.add_error(None, error.messages)
            else:
                messages.success(request, _merged_message(gone, kept))
                return redirect("admin:sources_source_change", kept.pk)
        choose = MergeForm(request.POST or request.GET or None)
        kept = choose.cleaned_data["kept"] if choose.is_valid() else None
        context = self._context(request, gone, _("Merge “%(thing)s”") % {"thing": gone}) | {
            "choose": choose,
            "confirm": confirm,
            "kept": kept,
            "same": kept == gone,
            "sides": _side_by_side(gone, kept) if kept else [],
            "media": self.media + choose.media,
        }
        return TemplateResponse(request, "admin/sources/source/merge.html", context)

    def cite_view(self, request: HttpRequest) -> HttpResponse:
        """JSON: sources that match `q`, newest change first, as key, reference and type."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        kept: QuerySet = Source.objects.kept().order_by("-updated_at")
        kept = kept.prefetch_related("contributors")
        found, _may_repeat = self.get_search_results(request, kept, request.GET.get("q", "")[:200])
        return JsonResponse({"sources": [_result(s) for s in found.distinct()[:_MAX_RESULTS]]})


def _missing(source: Source) -> str:
    """The names of the needed fields that a source has not; "" where it has all."""
    names = {NAMES: _("an author, editor or interviewee")}
    return ", ".join(str(names.get(name) or _label(name)) for name in lacks(source))


def _label(name: str) -> str:
    return str(cast(Any, Source._meta.get_field(name)).verbose_name)


def _side_by_side(gone: Source, kept: Source) -> list[tuple[str, str, str, bool]]:
    """The fields in which two sources differ: what each has, and whether the kept one takes it
    over."""
    taken = services.would_take_over(gone, kept)
    first, second = (", ".join(map(str, source.contributors.all())) for source in (gone, kept))
    rows = [(str(_("Names")), first, second, bool(first and not second))]
    for name in ("type", *_FIELDS):
        first, second = (str(getattr(source, name) or "") for source in (gone, kept))
        rows.append((str(capfirst(_label(name))), first, second, name in taken))
    return [row for row in rows if row[1] != row[2]]


def _merged_message(gone: Source, kept: Source) -> str:
    words = {"gone": gone.key, "kept": kept.key, "cases": "; ".join(kept.followed_by)}
    if kept.followed_by:
        return _("“%(gone)s” is now “%(kept)s”; these texts cite it: %(cases)s.") % words
    return _("“%(gone)s” is now “%(kept)s”.") % words


def _result(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "reference": reference(csl_json(source)).text,
        "type": source.get_type_display(),
    }
