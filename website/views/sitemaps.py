"""The sitemap: every public address, for search engines (sitemaps.org)."""

from datetime import datetime
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_sitemaps
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from corrections.models import Notice
from editions.models import Edition
from organisations.models import Country, Term
from serving.addresses import absolute
from serving.queries import takes_query

from . import related_cases
from .vocabularies import VOCABULARIES


class SiteSitemap(Sitemap):
    """Addresses under SITE_URL, whatever host the request named."""

    def get_protocol(self, protocol: str | None = None) -> str:
        """The scheme of SITE_URL."""
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """The host of SITE_URL, with its port."""
        return urlsplit(settings.SITE_URL).netloc

    def get_latest_lastmod(self) -> datetime | None:
        """For an index of sitemaps: not said, since it would read every row."""
        return None


class CaseSitemap(SiteSitemap):
    """Every case in print, with the day of its newest edition. Earlier editions are left out:
    whoever searches should come to the one in print, which leads to them."""

    def items(self) -> QuerySet[Edition]:
        return (
            Edition.objects.listed()
            .select_related("case")
            .only("case__slug", "published_at")
            .order_by("pk")
        )

    def lastmod(self, edition: Edition) -> datetime:
        return edition.published_at

    def get_latest_lastmod(self) -> datetime | None:
        """When the newest was published, by one query."""
        return Edition.objects.listed().aggregate(newest=Max("published_at"))["newest"]


class PageSitemap(SiteSitemap):
    """The front page, the lists, and what the collection says of itself."""

    def items(self) -> list[str]:
        lists = ["catalogue", "organisations", "sources", "vocabulary"]
        lists += ["notices", "correction-figures"]
        said = ["about", "method", "evidence", "record", "accessibility", "codebook"]
        return ["front", *lists, *said]

    def location(self, name: str) -> str:
        return reverse(name)


class RecordSitemap(SiteSitemap):
    """Organisations and sources: changed when an editor mended them, or a case that names them."""

    def lastmod(self, record: Any) -> datetime:
        return max(filter(None, (record.updated_at, record.newest)))


class OrganisationSitemap(RecordSitemap):
    def items(self) -> QuerySet:
        return related_cases.with_counts(related_cases.public_organisations()).order_by("pk")


class SourceSitemap(RecordSitemap):
    def items(self) -> QuerySet:
        return related_cases.cited_cases(related_cases.public_sources()).order_by("pk")


class CountrySitemap(SiteSitemap):
    """Countries that published cases are about."""

    def items(self) -> QuerySet[Country]:
        return related_cases.with_counts(Country.objects.all()).filter(count__gt=0).order_by("pk")

    def lastmod(self, country: Any) -> datetime:
        return country.newest


class NoticeSitemap(SiteSitemap):
    """Every public notice, as (reference, when it was published)."""

    def items(self) -> QuerySet:
        return Notice.objects.order_by("pk").values_list("reference", "published_at")

    def location(self, notice: tuple[str, datetime]) -> str:
        return reverse("notice", args=[notice[0]])

    def lastmod(self, notice: tuple[str, datetime]) -> datetime:
        return notice[1]


class TermSitemap(SiteSitemap):
    """The terms of every vocabulary."""

    def items(self) -> list[Term]:
        return [term for vocabulary in VOCABULARIES.values() for term in vocabulary.counted]

    def lastmod(self, term: Any) -> datetime | None:
        return term.newest


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap,
    "cases": CaseSitemap,
    "notices": NoticeSitemap,
    "organisations": OrganisationSitemap,
    "sources": SourceSitemap,
    "countries": CountrySitemap,
    "terms": TermSitemap,
}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address; or, where they are more than one file may hold, the index of a file or
    more for each section (sitemaps.org)."""
    sections: dict[str, Any] = {name: section() for name, section in SITEMAPS.items()}
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
    address = absolute(reverse("sitemap-section", args=[name]))
    newest = section.get_latest_lastmod()
    return [
        {"location": f"{address}?p={page}" if page > 1 else address, "last_mod": newest}
        for page in range(1, pages + 1)
    ]


@takes_query("p")
@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One section of the sitemap; `?p=` is its page."""
    return django_sitemaps.sitemap(request, SITEMAPS, section=section)
