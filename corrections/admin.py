"""Read-only admin of corrections, their events and notices; moderators decide them at the desk."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from editions.admin import ReadOnlyAdmin
from editions.models import long_columns

from .models import Correction, CorrectionEvent, Notice


class EventInline(admin.TabularInline):
    """The steps of a correction."""

    model = CorrectionEvent
    fields = ("at", "by", "action", "note")
    readonly_fields = fields
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """Always refused: only services record events."""
        return False


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("reference", "kind", "status", "about", "created_at", "taken_by", "decided_by")
    list_filter = ("status", "kind")
    search_fields = ("reference", "edition__title", "message", "passage", "suggestion")
    date_hierarchy = "created_at"
    inlines = (EventInline,)
    fields = (
        *("at_the_desk", "kind", "status", "edition", "passage", "message", "suggestion"),
        *("evidence", "name", "email", "credit_wanted", "created_at", "taken_by", "taken_at"),
        *("decided_by", "decided_at", "reason", "notice_before", "notice_after", "notice_why"),
        "mended_in",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the edition's title, without its long columns."""
        related = ("edition", "taken_by", "decided_by", "sender_details")
        return (
            super().get_queryset(request).select_related(*related).defer(*long_columns("edition"))
        )

    @admin.display(description=_("about"), ordering="edition__title")
    def about(self, correction: Correction) -> str:
        """A column of the list: the edition it is about."""
        edition = correction.edition
        return _("%(title)s, edition %(n)d") % {"title": edition.title, "n": edition.number}

    @admin.display(description=_("at the corrections desk"))
    def at_the_desk(self, correction: Correction) -> SafeString:
        """A link to the page where it is decided."""
        address = reverse("admin:correction_desk", args=[correction.reference])
        return format_html('<a href="{}">{}</a>', address, correction.reference)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("reference", "kind", "case", "published_at", "published_by")
    list_filter = ("kind",)
    search_fields = ("reference", "case__title", "before", "after", "why")
    date_hierarchy = "published_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With what a row shows, without the long columns of the case and its editions."""
        related = ("case", "found_in", "mended_in", "published_by", "lifts")
        texts = (*long_columns("found_in"), *long_columns("mended_in"), "case__body")
        return super().get_queryset(request).select_related(*related).defer(*texts)
