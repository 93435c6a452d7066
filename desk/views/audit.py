"""The audit trail: all of it for moderators, that of one thing for whoever may view the thing."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from revisions.models import AuditEvent
from revisions.people import user_of

from .. import trail
from ..filters import AuditFilter
from ..pages import page

PERMISSIONS = ("revisions.view_auditevent",)
FORMATS: dict[str, tuple[Callable[[QuerySet[AuditEvent]], Iterator[str]], str]] = {
    "csv": (trail.as_csv, "text/csv; charset=utf-8"),
    "jsonl": (trail.as_json_lines, "application/jsonl; charset=utf-8"),
}


@permission_required(PERMISSIONS, raise_exception=True)
def audit(request: HttpRequest) -> HttpResponse:
    """What was asked for, the newest first, some at a time."""
    form = AuditFilter(request.GET)
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    shown = _shown(request, form.events())
    return page(
        request,
        "audit",
        _("Audit trail"),
        form=form,
        question=urlencode(asked),
        asked=bool(asked),
        first=trail.first(),
        formats=[(name, name.upper()) for name in FORMATS],
        **shown,
    )


@permission_required(PERMISSIONS, raise_exception=True)
def audit_file(request: HttpRequest, suffix: str) -> HttpResponse | StreamingHttpResponse:
    """The whole answer to the same question as a file, the oldest first."""
    form = AuditFilter(request.GET)
    if suffix not in FORMATS:
        raise Http404
    if not form.is_valid():
        return audit(request)
    write, content_type = FORMATS[suffix]
    response = StreamingHttpResponse(write(form.events()), content_type=content_type)
    name = f"audit-{timezone.localdate().isoformat()}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def one_trail(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    """What was done to one thing; whoever may view the thing may see it."""
    try:
        model = apps.get_model(label)
        back = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
    except (LookupError, ValueError, NoReverseMatch) as error:
        raise Http404 from error
    meta = model._meta
    if not user_of(request).has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        raise PermissionDenied
    try:
        thing = get_object_or_404(model._base_manager, pk=pk)
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    title = _("Who did what to “%s”") % thing
    shown = _shown(request, trail.of(thing))
    return page(request, "trail", title, first=trail.first(), back=back, **shown)


def _shown(request: HttpRequest, events: QuerySet[AuditEvent]) -> dict[str, object]:
    before = request.GET.get("before", "")
    older_than = (
        int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    )
    rows, more = trail.some(events, older_than)
    places = trail.addresses(rows, user_of(request))
    return {
        "rows": [(row, places.get((row.about_type_id, row.about_id))) for row in rows],
        "older": rows[-1].pk if more else None,
        "newest": older_than is None,
    }
