"""About the collection, and what machines ask for: sitemap, robots, health."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db import connection
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editions.keeping import kept
from editions.models import Edition
from editions.views import lists, resting
from organisations.models import Country, Term


@require_safe
@kept
def about(request: HttpRequest) -> HttpResponse:
    """What the collection is, how it is made, and how to use and correct it."""
    return render(request, "editions/about.html")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the admin and old browsers look for the mark."""
    return redirect(static("img/favicon.svg"), permanent=True)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone."""
    return render(
        request,
        "editions/robots.txt",
        {"site_url": settings.SITE_URL},
        content_type="text/plain; charset=utf-8",
    )


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and “ok” where the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


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
        lists = ["catalogue", "organisations", "sources", "vocabulary", "notices"]
        return ["front", *lists, "about", "codebook"]

    def location(self, name: str) -> str:
        return reverse(name)


class RecordSitemap(SiteSitemap):
    """Organisations and sources: changed when an editor mended them, or a case that names them."""

    def lastmod(self, record: Model) -> datetime:
        return max(filter(None, (record.updated_at, record.newest)))


class OrganisationSitemap(RecordSitemap):
    def items(self) -> QuerySet:
        return resting.with_counts(resting.public_organisations()).order_by("pk")


class SourceSitemap(RecordSitemap):
    def items(self) -> QuerySet:
        return resting.with_counts(resting.public_sources(), "edition_citations__edition").order_by(
            "pk"
        )


class CountrySitemap(SiteSitemap):
    """Countries that published cases are about."""

    def items(self) -> QuerySet[Country]:
        return resting.with_counts(Country.objects.all()).filter(count__gt=0).order_by("pk")

    def lastmod(self, country: Country) -> datetime:
        return country.newest


class NoticeSitemap(SiteSitemap):
    """Every public notice, as (reference, when it was published)."""

    def items(self) -> QuerySet:
        noticed = Edition.objects.exclude(notices=None).order_by("notices__pk")
        return noticed.values_list("notices__reference", "notices__published_at")

    def location(self, notice: tuple[str, datetime]) -> str:
        return reverse("notice", args=[notice[0]])

    def lastmod(self, notice: tuple[str, datetime]) -> datetime:
        return notice[1]


class TermSitemap(SiteSitemap):
    """The terms of every vocabulary."""

    def items(self) -> list[Term]:
        return [
            term
            for vocabulary in lists.VOCABULARIES.values()
            for term in resting.with_counts(vocabulary.terms, vocabulary.editions)
        ]

    def lastmod(self, term: Term) -> datetime | None:
        return term.newest


SITEMAPS = {
    "pages": PageSitemap,
    "cases": CaseSitemap,
    "notices": NoticeSitemap,
    "organisations": OrganisationSitemap,
    "sources": SourceSitemap,
    "countries": CountrySitemap,
    "terms": TermSitemap,
}
