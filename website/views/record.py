"""The log of what was published: its page, its lines, its signed head, and what checks them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from editions.log.appending import head
from editions.models import Edition, LogLine
from serving.page_cache import cached_page
from serving.queries import takes_query
from website.exports.export_set import in_pieces

from .related_cases import page_of

VERIFIER = Path(__file__).parents[1] / "data" / "verify_record.py"
LINES = 50  # on a page
LOG_TYPE = "application/jsonl; charset=utf-8"
_AT_ONCE = 2000  # lines in memory


class Row(NamedTuple):
    """A line as the page shows it: what it is about, in words, and where that is read."""

    line: LogLine
    title: str
    address: str


@takes_query("page")
@require_safe
@cached_page
def record(request: HttpRequest) -> HttpResponse:
    """What the log is, its head, its lines with the newest first, and how to check it. A fixed
    number of queries."""
    lines = LogLine.objects.order_by("-number").defer("text", "salts")
    page = page_of(request, lines, LINES)
    context = {"page": page, "rows": _rows(page), "head": head()}
    return render(request, "website/record.html", context)


def _rows(page: Page) -> list[Row]:
    editions = _editions({int(line.about.split("/")[0]) for line in page if "/" in line.about})
    return [Row(line, *_shown(line, editions)) for line in page]


def _editions(cases: set[int]) -> dict[str, tuple[str, str]]:
    """The titles and permanent addresses of the editions of these cases. One query."""
    found = Edition.objects.filter(case__in=cases).order_by()
    rows = found.values_list("case_id", "number", "title", "case__slug")
    return {
        f"{case}/{number}": (title, reverse("edition", args=[slug, number]))
        for case, number, title, slug in rows
    }


def _shown(line: LogLine, editions: dict[str, tuple[str, str]]) -> tuple[str, str]:
    if line.event == LogLine.Event.NOTICE:
        return line.about, reverse("notice", args=[line.about])
    return editions.get(line.about.split(" ")[0], ("", ""))


def log_pieces() -> Iterator[str]:
    """All lines, as they are, the first one first."""
    return in_pieces(_texts())


def log_headers() -> dict[str, str]:
    """What stands before them."""
    return {
        "Content-Type": LOG_TYPE,
        "Content-Disposition": 'attachment; filename="log.jsonl"',
        "X-Robots-Tag": "noindex",
    }


def _texts() -> Iterator[str]:
    """Lines never change, so they are read in short queries that hold no transaction open."""
    last = LogLine.objects.order_by("-number").values_list("number", flat=True).first() or 0
    for start in range(0, last, _AT_ONCE):
        end = min(start + _AT_ONCE, last)
        some = LogLine.objects.filter(number__gt=start, number__lte=end).order_by("number")
        for text in some.values_list("text", flat=True):
            yield text + "\n"


@require_safe
@cached_page
def record_head(request: HttpRequest) -> HttpResponse:
    """The head of the log, to be kept: count, digest, moment, key and signature."""
    found = head()
    said: dict[str, Any] = found.as_dict() if found else {}
    response = HttpResponse(
        json.dumps(said, indent=1) + "\n", content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="head.json"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def record_verifier(request: HttpRequest) -> HttpResponse:
    """The program with which anybody checks the log."""
    response = HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_record.py"'
    response["X-Robots-Tag"] = "noindex"
    return response
