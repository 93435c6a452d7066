"""The admin of sources: the reference as readers see it, and a search for inserting citations."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from reversion.models import Version

from revisions import history
from revisions.admin import RevisedAdmin, RevisedInline, ShownToReaders

from .citing import reference
from .formats import csl_json
from .models import Contributor, Source

_MAX_RESULTS = 12  # of the citation search


class ContributorInline(RevisedInline):
    model = Contributor
    fields = ("role", "position", "given", "family", "literal")


@admin.register(Source)
class SourceAdmin(ShownToReaders, RevisedAdmin[Source]):
    """Bibliographic records. A key that an edition cites is part of an address and stays."""

    list_display = ("key", "title", "authors", "container_title", "issued", "changed_by")
    list_filter = ("type",)
    search_fields = (
        "key",
        "title",
        "contributors__family",
        "contributors__literal",
        "container_title",
        "issued",
    )
    search_help_text = _("Key, title, author or editor, journal or book, year.")
    inlines = (ContributorInline,)
    readonly_fields = ("as_set", "cited_in")
    fieldsets = (
        (None, {"fields": ("key", "type", "title", "title_short", "as_set", "cited_in")}),
        (
            _("Where it appeared"),
            {
                "fields": (
                    ("container_title", "container_title_short"),
                    ("publisher", "publisher_place"),
                    "issued",
                    ("volume", "issue", "page"),
                    ("number", "edition", "genre"),
                )
            },
        ),
        (
            _("Where it can be found"),
            {"fields": (("url", "accessed"), "archive_url", ("doi", "isbn"), "language")},
        ),
        (_("For editors"), {"fields": ("note",)}),
    )

    def is_published(self, obj: Source) -> bool:
        """Whether an edition cites it."""
        return obj.edition_citations.exists()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With authors and editors."""
        return super().get_queryset(request).prefetch_related("contributors")

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
            return str(_("Shown here once the source is saved."))
        return mark_safe(reference(csl_json(obj)).html)  # noqa: S308 - citing escapes

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
        """With the citation search."""
        view = self.admin_site.admin_view(self.cite_view)
        return [path("cite/", view, name="sources_source_cite"), *super().get_urls()]

    def cite_view(self, request: HttpRequest) -> HttpResponse:
        """JSON: sources that match `q`, newest change first, as key, reference and type."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Source.objects.prefetch_related("contributors").order_by("-updated_at")
        found, _may_repeat = self.get_search_results(request, found, request.GET.get("q", "")[:200])
        return JsonResponse({"sources": [_result(s) for s in found.distinct()[:_MAX_RESULTS]]})


def _result(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "reference": reference(csl_json(source)).text,
        "type": source.get_type_display(),
    }
