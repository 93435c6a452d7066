"""All that was found, as a file, and the codebook that explains its columns."""

import json
from itertools import groupby
from typing import Any, cast

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from editions.record.schema import schema as record_schema
from serving.dear import dear
from serving.page_cache import cached_page
from serving.queries import takes_query
from website.catalogue.params import KNOWN, clean, redirect_merged
from website.exports import RESULT_FORMATS
from website.exports.answer_schema import answer_schema
from website.exports.codebook import ABOUT, COLUMNS, codebook_address
from website.exports.columns import GROUPS
from website.exports.export_set import ExportSet, InvalidParams, export_set
from website.exports.tables import codebook_as_csv

LONGEST_LINK = 2000  # proxies refuse long headers


@takes_query(*KNOWN)
@require_safe
@cached_page
@dear
def results(request: HttpRequest, extension: str) -> HttpResponseBase:
    """All editions that the catalogue finds for the same parameters, as a file that
    is kept while the site version stands. Where one is wrong
    the answer is 400, in a sentence."""
    params = clean(request.GET)
    renamed = redirect_merged(params)
    if renamed is not None:
        return HttpResponsePermanentRedirect("?" + renamed.urlencode())
    form = RESULT_FORMATS[extension]
    try:
        found = export_set(params, at=timezone.now(), order=form.order)
    except InvalidParams as error:
        return refused(error)
    content = form.results(found) if form.results and request.method == "GET" else ()
    streamed: Any = StreamingHttpResponse(content, headers=results_headers(found, extension))
    streamed.cases = len(found)
    return cast(HttpResponseBase, streamed)


def results_headers(found: ExportSet, extension: str) -> dict[str, str]:
    """What stands before all that was found in that format."""
    form = RESULT_FORMATS[extension]
    where = "attachment" if form.is_download else "inline"
    return {
        "Content-Type": form.content_type,
        "Content-Disposition": f'{where}; filename="{file_name(found, "cases")}.{extension}"',
        "Link": _links(found),
        "X-Robots-Tag": "noindex",
    }


def refused(error: InvalidParams) -> HttpResponse:
    """What is wrong with the parameters, a sentence on each line."""
    text = "\n".join([*error.sentences, ""])
    response = HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def file_name(export_set: ExportSet, what: str) -> str:
    """The collection, what it is, what was asked for, and the day: letters, digits and hyphens
    only."""
    words = slugify(" ".join([settings.SITE_NAME, what, *export_set.query.values]))
    return f"{words[:80].strip('-')}-{export_set.at:%Y-%m-%d}"


def _links(export_set: ExportSet) -> str:
    links = [f'<{codebook_address()}>; rel="describedby"; type="text/html"']
    canonical = export_set.query.address()
    if len(canonical) <= LONGEST_LINK:
        links.insert(0, f'<{canonical}>; rel="canonical"')
    return ", ".join(links)


@require_safe
@cached_page
def codebook(request: HttpRequest) -> HttpResponse:
    """Each column of the tables explained. No query."""
    groups = groupby([*COLUMNS, *ABOUT], key=lambda column: column.group)
    listed = [(name, GROUPS[name], list(columns)) for name, columns in groups]
    return render(request, "website/codebook.html", {"groups": listed})


@require_safe
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """The JSON Schema of a record, or of an answer."""
    made = {"record": record_schema, "cases": answer_schema}[name]()
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/schema+json; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def codebook_table(request: HttpRequest) -> HttpResponse:
    """The codebook as CSV."""
    response = HttpResponse(codebook_as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="codebook.csv"'
    response["Link"] = f'<{codebook_address()}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response
