"""The editors' preview of a case: its text as readers would see it, saved or not."""

from collections.abc import Callable
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_protect

from revisions.history_pages import HistoryPages

from .models import Case
from .rendering import SECTIONS, render_case

View = Callable[..., HttpResponse]

_SHOWN = ("title", "standfirst", "body", "authors", *SECTIONS)


class PreviewPages(HistoryPages[Case]):
    """Mixed into the admin of cases: the preview of a stored case and of one being written."""

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the preview before them."""
        view = self.admin_site.admin_view(_frameable(self.preview_view))
        return [
            path("preview/", view, name="cases_case_preview_new"),
            path("<path:object_id>/preview/", view, name="cases_case_preview"),
            *super().get_urls(),
        ]

    def preview_url(self, obj: Case | None) -> str:
        """Where the case is previewed, or one that is not stored yet."""
        if obj is None:
            return reverse("admin:cases_case_preview_new")
        return reverse("admin:cases_case_preview", args=[obj.pk])

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """GET: as stored. POST: as typed, stored nowhere."""
        case = self.thing(request, object_id) if object_id else None
        if object_id and case is None:
            raise Http404
        if not self.has_view_or_change_permission(request, case):
            raise PermissionDenied
        return csrf_protect(self._preview)(request, case)

    def _preview(self, request: HttpRequest, case: Case | None) -> HttpResponse:
        typed = request.POST if request.method == "POST" else {}
        values: dict[str, Any] = {
            name: typed.get(name, getattr(case, name, "")).replace("\0", "") for name in _SHOWN
        }
        rendered = render_case(Case(**values))
        context = values | {
            "case": case,
            "text": mark_safe(rendered.html),  # noqa: S308 - rendering cleans it
            "notes": rendered.notes,
            "problems": rendered.problems,
        }
        return TemplateResponse(request, "cases/case_preview.html", context)


def _frameable(view: View) -> View:
    """The one page of ours that a page of ours may frame."""
    return cast(View, csp_replace({"frame-ancestors": [SELF]})(xframe_options_sameorigin(view)))
