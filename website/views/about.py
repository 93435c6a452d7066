"""What the collection is, how it is made, what it rests on, and who can use it."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases import rendering
from cases.models import CaseContent
from editions.models import Edition, EditionCitation
from serving.page_cache import cached_page
from serving.queries import takes_query
from website.charts.endings import ending_of
from website.models import SiteText

from .related_cases import page_of, public_sources

TESTED = Path(__file__).parents[1] / "data" / "accessibility.json"
"""What the last run of the tests of accessibility found; tests/browser/test_accessibility.py
writes it."""

_COLUMNS = {  # facts that have a column of an edition, and how one that is blank looks
    "impact_note": (_("The sentence on impact"), ""),
    "impact_citation": (_("What that sentence rests on"), ""),
    "impact_horizon": (_("Years looked at"), None),
    "impact_judged": (_("Day of the judgement"), None),
    "impact_dissent": (_("Who disagrees"), ""),
    "critics": (_("What critics say"), ""),
    "not_known": (_("What is not known"), ""),
    "evidence_until": (_("Evidence until"), None),
    "reviewers": (_("Reviewed by"), ""),
    "interests": (_("Interests"), ""),
}
_ROWS = {  # facts that only the record holds
    "parties": _("Parties"),
    "casualties": _("Casualties and displaced"),
    "events": _("Chronology"),
    "agreements": _("Agreements"),
    "places": _("Places"),
    "external_ids": _("Identifiers elsewhere"),
}


@require_safe
@cached_page
def about(request: HttpRequest) -> HttpResponse:
    """What the collection is, how it is made, and how to use and correct it."""
    return render(request, "website/about.html")


@require_safe
@cached_page
def method(request: HttpRequest) -> HttpResponse:
    """What is included and why, how impact is judged, how it is corrected; who answers for it."""
    texts = dict(SiteText.objects.values_list("name", "text"))
    answers = [
        (label, mark_safe(rendering.render(texts.get(name, ""), {}).html))  # noqa: S308 - it cleans
        for name, label in SiteText.Name.choices
    ]
    return render(request, "website/method.html", {"answers": answers})


@takes_query("page")
@require_safe
@cached_page
def evidence(request: HttpRequest) -> HttpResponse:
    """What the published cases rest on, and which facts they give; a fixed number of queries."""
    listed = Edition.objects.listed()
    cited = EditionCitation.objects.filter(edition__in=listed)
    rows = (
        listed.select_related("case")
        .only("title", "case__slug", "impact")
        .annotate(
            works=Count("citations__source", distinct=True),
            cites=Count("citations"),
            located=Count("citations", filter=~Q(citations__locator="")),
            quoted=Count("citations", filter=~Q(citations__passage="")),
        )
        .order_by(Lower("title"), "pk")
    )
    totals = cited.aggregate(
        cites=Count("pk"),
        located=Count("pk", filter=~Q(locator="")),
        quoted=Count("pk", filter=~Q(passage="")),
    )
    public = public_sources()
    kept = public.aggregate(
        works=Count("pk"),
        addressed=Count("pk", filter=~Q(url="")),
        accessed=Count("pk", filter=~Q(url="") & Q(accessed__isnull=False)),
        archived=Count("pk", filter=~Q(archive_url="")),
        identified=Count("pk", filter=~Q(doi="") | ~Q(isbn="")),
    )
    context = {
        "page": page_of(request, rows),
        **totals,
        "share": _share(totals["located"], totals["cites"]),
        "share_quoted": _share(totals["quoted"], totals["cites"]),
        "kept": kept,
        "facts": _facts(),
        "impacts": _impacts(),
    }
    return render(request, "website/evidence.html", context)


def _share(part: int, whole: int) -> int:
    """A part in per cent, rounded down: 99.9 is not all."""
    return 100 * part // whole if whole else 0


def _facts() -> list[tuple[Any, int]]:
    """How many listed editions give each fact that may be blank."""
    counts: dict[str, Count] = {}
    for name, (_label, blank) in _COLUMNS.items():
        given = ~Q(**{f"{name}__isnull": True}) if blank is None else ~Q(**{name: blank})
        counts[f"with_{name}"] = Count("pk", filter=given)
    for name in _ROWS:
        given = Q(record__has_key=name) & ~Q(**{f"record__{name}": []})
        counts[f"with_{name}"] = Count("pk", filter=given)
    found = Edition.objects.listed().aggregate(**counts)
    labels = {name: label for name, (label, _blank) in _COLUMNS.items()} | _ROWS
    return [(label, found[f"with_{name}"]) for name, label in labels.items()]


def _impacts() -> list[tuple[Any, str, int]]:
    """Each value of impact with its mark, and how many cases have it."""
    counted = Edition.objects.listed().order_by().values_list("impact").annotate(n=Count("pk"))
    found = dict(counted)
    values = [*CaseContent.Impact.values, ""]
    return [(ending_of(value), str(value), found.get(value, 0)) for value in values]


@require_safe
@cached_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what was tested, when, and what is known to be wrong."""
    return render(request, "website/accessibility.html", {"tested": _tested()})


@cache
def _tested() -> dict[str, Any]:
    found = json.loads(TESTED.read_text(encoding="utf-8"))
    return found | {"day": date.fromisoformat(found["day"])}
