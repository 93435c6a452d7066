"""What only machines ask for: the cards of shared addresses, and the sitemap."""

from datetime import datetime
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_sitemaps
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from editions.describing.card import card_key, card_of
from editions.models import CaseAddress, Edition

from .site import SITEMAPS

YEAR, DAY = 365 * 24 * 60 * 60, 24 * 60 * 60


@require_safe
def card(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The picture of one edition, which never changes. One query."""
    found = (
        Edition.objects.filter(case__slug=slug, number=number)
        .only("title", "kind", "number", "digest", "location", "start_year", "end_year", "ongoing")
        .first()
    )
    if found is None:
        former = CaseAddress.objects.select_related("case").filter(slug=slug).first()
        if former is None:
            raise Http404
        return HttpResponsePermanentRedirect(reverse("card", args=[former.case.slug, number]))
    return _picture(request, found, f"public, max-age={YEAR}, immutable")


@require_safe
def site_card(request: HttpRequest) -> HttpResponse:
    """The picture of every other page. No query."""
    return _picture(request, None, f"public, max-age={DAY}")


def _picture(request: HttpRequest, edition: Edition | None, kept: str) -> HttpResponse:
    etag = quote_etag(card_key(edition))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(card_of(edition), content_type="image/png")
    response["ETag"], response["Cache-Control"] = etag, kept
    return response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address; or, where they are more than one file may hold, the index of a file or
    more for each section (sitemaps.org)."""
    sections = {name: section() for name, section in SITEMAPS.items()}
    counts = {name: section.paginator.count for name, section in sections.items()}
    if sum(counts.values()) <= Sitemap.limit:
        return django_sitemaps.sitemap(request, sections)
    files = [
        file
        for name, section in sections.items()
        for file in _files(name, section, ceil(counts[name] / section.limit))
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


def _files(name: str, section: Any, pages: int) -> list[dict[str, str | datetime | None]]:
    address = settings.SITE_URL + reverse("sitemap-section", args=[name])
    newest = section.get_latest_lastmod()
    return [
        {"location": f"{address}?p={page}" if page > 1 else address, "last_mod": newest}
        for page in range(1, pages + 1)
    ]


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One section of the sitemap; `?p=` is its page."""
    return django_sitemaps.sitemap(request, SITEMAPS, section=section)
