"""Imports of many articles: the list of them, how far one is and what became of each article."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from manuscripts import batches
from manuscripts.batches import WrongState
from manuscripts.models import ImportBatch, ImportedArticle
from revisions.people import user_of

from ..pages import numbered_page, page

PERMISSIONS = ("cases.add_case", "sources.add_source", "organisations.add_organisation")
Status = ImportedArticle.Status
_ACTIONS = {"stop": batches.stop, "go-on": batches.go_on}


@permission_required(PERMISSIONS, raise_exception=True)
def import_batches(request: HttpRequest) -> HttpResponse:
    """All imports of many articles, the newest first, with how many articles became what."""
    counts = {
        f"n_{status.name.lower()}": Count("articles", filter=Q(articles__status=status))
        for status in Status
    }
    rows = ImportBatch.objects.select_related("by").annotate(**counts).order_by("-pk")
    return page(request, "import_batches", _("Imports"), rows=numbered_page(request, rows))


@permission_required(PERMISSIONS, raise_exception=True)
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is, and its articles with their warnings; POST stops it or goes on."""
    batch = get_object_or_404(ImportBatch.objects.select_related("by"), pk=pk)
    if request.method == "POST":
        act = _ACTIONS.get(request.POST.get("action", ""))
        try:
            if act is not None:
                act(batch, by=user_of(request))
        except WrongState as error:
            messages.error(request, str(error))
        return redirect("admin:import_batch", batch.pk)
    by_status = batch.articles.order_by().values_list("status")
    found: dict[str, int] = dict(by_status.annotate(n=Count("pk")))
    wanted = request.GET.get("show", "")
    rows = batch.articles.filter(status=wanted) if wanted in Status.values else batch.articles
    rows = rows.select_related("case").defer("text", "case__body")
    return page(
        request,
        "import_batch",
        _("Import %(n)s: %(name)s") % {"n": batch.pk, "name": batch.name},
        batch=batch,
        counts=[(s.value, s.label, found[s.value]) for s in Status if s.value in found],
        total=sum(found.values()),
        done=sum(found.values()) - found.get(Status.WAITING, 0),
        is_under_way=batch.state in (ImportBatch.State.READING, ImportBatch.State.IMPORTING),
        drawer=wanted if wanted in Status.values else "",
        rows=numbered_page(request, rows.order_by("position")),
    )


@permission_required(PERMISSIONS, raise_exception=True)
def import_batch_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report on all articles that are done (docs/importing.md), to be taken home."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    rows = batch.articles.exclude(status=Status.WAITING).order_by("position")
    reports = rows.values_list("report", flat=True).iterator(50)
    response = StreamingHttpResponse(_as_list(reports), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}.json"'
    return response


def _as_list(reports: Iterable[Any]) -> Iterator[str]:
    """The JSON of a list, entry by entry."""
    between = "[\n"
    for report in reports:
        yield between + json.dumps(report, ensure_ascii=False, indent=2)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"
