"""The list of cases in the admin: its stages with counts, its columns, what is still to do."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from revisions.people import user_of

from .bulk_actions import BulkActions
from .filters import FILTERS, OPEN_CORRECTIONS
from .models import Case

_NOT_SHOWN = ("body", "critics", "not_known", "compared", "found")  # they stay in the database


class CaseList(BulkActions):
    """What `CaseAdmin` has for its list; a case that somebody opens is read without all this."""

    list_display = ("title", "stage_reached", "in_print", "needs", "assigned_to", "last_change")
    list_filter = FILTERS
    list_select_related = ("editor",)
    ordering = ("-updated_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Each with what its row shows, in one query; the texts stay in the database."""
        queryset = super().get_queryset(request)
        if request.resolver_match and "object_id" in request.resolver_match.kwargs:
            return queryset
        editions = _related("editions").objects.current().filter(case=OuterRef("pk")).order_by()
        return with_needs(queryset.defer(*_NOT_SHOWN)).annotate(
            number_in_print=Subquery(editions.values("number")[:1]),
            kind_in_print=Subquery(editions.values("kind")[:1]),
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the stages and their counts, links that have the state in the address."""
        counts = Case.objects.all().counted(user_of(request))
        asked = ("by" if request.GET.get("by") else "") or request.GET.get("stage", "")
        chips = [
            ("", _("All"), "", counts["all"]),
            ("by", _("Mine"), "by=me", counts["mine"]),
            *(
                (name, label, f"stage={name}", counts[name.replace("-", "_")])
                for name, label in (
                    ("draft", _("Drafts")),
                    ("in-review", _("In review")),
                    ("changes-requested", _("Changes requested")),
                    ("approved", _("Approved")),
                    ("withdrawn", _("Withdrawn")),
                )
            ),
        ]
        context = {"chips": chips, "chip": asked, **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=gettext_lazy("stage"), ordering="stage")
    def stage_reached(self, obj: Any) -> str:
        """A column of the list."""
        return obj.get_stage_display()

    @admin.display(description=gettext_lazy("in print"), ordering="number_in_print")
    def in_print(self, obj: Any) -> SafeString | str:
        """A column of the list; a case that was withdrawn says so."""
        if obj.kind_in_print == "withdrawal":
            return format_html('<strong class="withdrawn">{}</strong>', _("withdrawn"))
        if obj.number_in_print:
            return _("edition %(n)s") % {"n": obj.number_in_print}
        return _("not yet")

    @admin.display(description=gettext_lazy("still to do"))
    def needs(self, obj: Any) -> SafeString | str:
        """A column of the list: how many errors and warnings of proofreading, corrections and
        points of its import."""
        told = []
        if obj.stopping is None:
            told.append(_("findings not counted yet"))
        elif obj.stopping:
            told.append(ngettext("%s error", "%s errors", obj.stopping) % obj.stopping)
        if obj.warnings:
            told.append(ngettext("%s warning", "%s warnings", obj.warnings) % obj.warnings)
        if obj.corrections:
            words = ngettext("%s correction", "%s corrections", obj.corrections)
            told.append(words % obj.corrections)
        if obj.points:
            words = ngettext("%s point of its import", "%s points of its import", obj.points)
            told.append(words % obj.points)
        lines = format_html_join("", "<li>{}</li>", ((words,) for words in told))
        return format_html('<ul class="needs">{}</ul>', lines) if told else "–"

    @admin.display(description=gettext_lazy("assigned to"), ordering="editor__username")
    def assigned_to(self, obj: Any) -> str:
        """A column of the list."""
        return (obj.editor.get_full_name() or obj.editor.get_username()) if obj.editor else "–"

    @admin.display(description=gettext_lazy("last change"), ordering="updated_at")
    def last_change(self, obj: Any) -> SafeString:
        """A column of the list: when, and by whom."""
        return format_html(
            '<time datetime="{}">{}</time>{}',
            *(
                obj.updated_at.isoformat(),
                date_format(localtime(obj.updated_at), "DATETIME_FORMAT"),
            ),
            f", {obj.last_changed_by}" if obj.last_changed_by else "",
        )


def with_needs(queryset: QuerySet) -> QuerySet:
    """Each case with the numbers of its open `corrections`, and of the `points` of its import that
    nobody has worked off."""
    corrections = (
        _related("editions")
        ._meta.get_field("corrections")
        .related_model.objects.filter(edition__case=OuterRef("pk"), status__in=OPEN_CORRECTIONS)
    )
    points = _related("import_points").objects.filter(case=OuterRef("pk"), done_at=None)
    return queryset.annotate(
        corrections=_number(corrections, "edition__case"), points=_number(points, "case")
    )


def _number(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _related(name: str) -> Any:
    """The model that a relation of cases leads back to, which apps that stand on this one have."""
    return cast(type[Model], Case._meta.get_field(name).related_model)
