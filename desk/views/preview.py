"""The preview of a case, saved or not: the public page that it would be, with its facts."""

import re
from collections.abc import Callable
from typing import cast

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from cases.findings_panel import panel
from cases.models import Case
from cases.rendering import render_case
from cases.typed import with_key
from cases.writing import WritingPages

from ..draft import fragments_of

View = Callable[..., HttpResponse]
LONGEST = 1_000_000  # characters of a text in which a note is set
_MARKER = re.compile(r'href="#note-([0-9]+)"')


def _frameable(view: View) -> View:
    """The one page of ours that a page of ours may frame."""
    return cast(View, csp_replace({"frame-ancestors": [SELF]})(xframe_options_sameorigin(view)))


def _admin(request: HttpRequest, case: Case | None = None) -> WritingPages:
    """The admin of cases. Raises PermissionDenied for those who see no drafts."""
    cases = cast(WritingPages, admin.site.get_model_admin(Case))
    if not cases.has_view_or_change_permission(request, case):
        raise PermissionDenied
    return cases


@_frameable
@csrf_protect
def preview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """GET: as stored. POST: as typed, stored nowhere; with `_only=findings` only what proofreading
    finds, with `_beside` for the form itself, with `_hints` hints too."""
    stored = get_object_or_404(Case, pk=pk) if pk else None
    cases = _admin(request, stored)
    posted = request.method == "POST"
    case = cases.as_typed(request, stored) if posted else with_key(stored or Case())
    rendered = render_case(case)
    in_form = bool({"_only", "_beside"} & request.POST.keys())
    context = panel(case, rendered, hints=bool(request.POST.get("_hints")), in_form=in_form)
    if posted and request.POST.get("_only") == "findings":
        return TemplateResponse(request, "admin/cases/case/_findings.html", context)
    page = fragments_of(case, rendered)
    context |= {
        "title": f"{_('Draft')}: {case.title}",
        "description": case.standfirst,
        "head": mark_safe('<meta name="robots" content="noindex">'),
        "opening": mark_safe(page.opening),  # noqa: S308 - rendering cleans both
        "text": mark_safe(page.text),  # noqa: S308
        **dict.fromkeys(("prev_next", "asides", "around"), ""),
    }
    return TemplateResponse(request, "desk/case_preview.html", context)


@require_POST
def note_as_set(request: HttpRequest) -> HttpResponse:
    """JSON: the last note of `text`, Markdown, as it is set there: its `number` and its `text`;
    nothing where there is none."""
    _admin(request)
    rendered = render_case(Case(body=request.POST.get("text", "")[:LONGEST].replace("\0", "")))
    markers = _MARKER.findall(rendered.html)
    notes = {str(note.number): note for note in rendered.notes}
    note = notes.get(markers[-1]) if markers else None
    return JsonResponse({"number": note.number, "text": note.text} if note else {})
