"""Editions in the admin: to be looked at, never changed."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .models import Edition, Removal, long_columns


class ReadOnlyAdmin(admin.ModelAdmin):
    """What is looked at only: nobody adds, changes or deletes it here, administrators included."""

    actions = None
    show_full_result_count = False

    class Media:
        css = {"all": ["admin-desk/desk.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refused to everybody: this is the public record."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refused to everybody: this is the public record."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refused to everybody: this is the public record."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """NUL, which PostgreSQL refuses, is in no text."""
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("title", "number", "kind", "in_print", "published_at", "published_by")
    list_filter = ("is_current", "kind")
    list_select_related = ("published_by",)
    search_fields = ("title", "case__slug", "digest")
    date_hierarchy = "published_at"
    fields = (
        *("public_page", "case", "number", "kind", "change_note", "in_print"),
        *("published_at", "published_by", "digest", "removal"),
        *("title", "standfirst", "authors", "licence", "body"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without what no page here shows; lists leave the texts in the database as well."""
        queryset = super().get_queryset(request).defer("body_html", "notes", "record")
        one = request.resolver_match and "object_id" in request.resolver_match.kwargs
        return queryset.select_related("case") if one else queryset.defer("body", "standfirst")

    @admin.display(description=_("in print"), boolean=True, ordering="is_current")
    def in_print(self, edition: Edition) -> bool:
        """A column of the list."""
        return edition.is_current

    @admin.display(description=_("public page"))
    def public_page(self, edition: Edition) -> SafeString:
        """The way to what readers see."""
        return format_html('<a href="{0}">{0}</a>', edition.permanent_path)

    @admin.display(description=_("removal"))
    def removal(self, edition: Edition) -> SafeString:
        """The way to the page where it is asked for, or decided."""
        address = reverse("admin:removal", args=[edition.pk])
        return format_html('<a href="{}">{}</a>', address, _("Remove it, as the law demands …"))


@admin.register(Removal)
class RemovalAdmin(ReadOnlyAdmin):
    list_display = ("edition", "asked_by", "asked_at", "confirmed_by", "confirmed_at", "refused_at")
    date_hierarchy = "asked_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With what a row shows, without the long columns of the edition."""
        related = ("edition", "asked_by", "confirmed_by")
        rows = super().get_queryset(request).select_related(*related)
        return rows.defer(*long_columns("edition"))
