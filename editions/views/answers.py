"""Whole answers to take home, and the codebook that explains their columns."""

from itertools import groupby

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

from editions.exports import ANSWERS
from editions.exports.answers import Answer, Unanswerable, answer_to
from editions.exports.codebook import ABOUT, COLUMNS, codebook_address
from editions.exports.columns import GROUPS
from editions.exports.tables import codebook_as_csv
from editions.keeping import kept
from editions.question import after_merges, bounded

LONGEST_LINK = 2000  # proxies refuse long headers


@require_safe
def answer(request: HttpRequest, extension: str) -> HttpResponseBase:
    """All editions that the catalogue finds for the same question, streamed. A question that cannot
    be asked is answered 400, in a sentence."""
    question = bounded(request.GET)
    kept_names = after_merges(question)
    if kept_names is not None:
        return HttpResponsePermanentRedirect("?" + kept_names.urlencode())
    form = ANSWERS[extension]
    try:
        found = answer_to(question, at=timezone.now(), order=form.order)
    except Unanswerable as refused:
        text = "\n".join([*refused.sentences, ""])
        response = HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
        response["X-Robots-Tag"] = "noindex"
        return response
    content = form.write(found) if request.method == "GET" else ()
    response = StreamingHttpResponse(content, content_type=form.content_type)
    where = "inline" if extension == "atom" else "attachment"
    response["Content-Disposition"] = f'{where}; filename="{_file_name(found)}.{extension}"'
    response["Link"] = _links(found)
    response["X-Robots-Tag"] = "noindex"
    return response


def _file_name(answer: Answer) -> str:
    """The collection, what was asked for, and the day: letters, digits and hyphens only."""
    words = slugify(" ".join([settings.SITE_NAME, "cases", *answer.asked.values]))
    return f"{words[:80].strip('-')}-{answer.at:%Y-%m-%d}"


def _links(answer: Answer) -> str:
    links = [f'<{codebook_address()}>; rel="describedby"; type="text/html"']
    canonical = answer.asked.address()
    if len(canonical) <= LONGEST_LINK:
        links.insert(0, f'<{canonical}>; rel="canonical"')
    return ", ".join(links)


@require_safe
@kept
def codebook(request: HttpRequest) -> HttpResponse:
    """Each column of the tables explained. No query."""
    groups = groupby([*COLUMNS, *ABOUT], key=lambda column: column.group)
    listed = [(name, GROUPS[name], list(columns)) for name, columns in groups]
    return render(request, "editions/codebook.html", {"groups": listed})


@require_safe
def codebook_table(request: HttpRequest) -> HttpResponse:
    """The codebook as CSV."""
    response = HttpResponse(codebook_as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="codebook.csv"'
    response["Link"] = f'<{codebook_address()}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response
