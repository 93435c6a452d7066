"""The sitemap: every public address, for search engines (sitemaps.org)."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from math import ceil
from typing import Any, cast
from xml.sax.saxutils import escape

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from corrections.models import Notice
from editions.models import Edition
from organisations.models import Country, Organisation, Term
from serving.addresses import absolute
from serving.dear import dear
from serving.page_cache import cached_page
from serving.queries import takes_query
from sources.models import Source
from website.exports.export_set import in_pieces

from . import related_cases
from .vocabularies import VOCABULARIES

SITEMAP_TYPE = "application/xml"
_AT_ONCE = 1000  # rows in memory


class SiteSitemap(Sitemap):
    """Addresses under SITE_URL, whatever host the request named."""

    def rows(self, page: int) -> Iterator[Any]:
        """The things of that page, a few of them in memory at once."""
        found = cast(Any, self.items())[(page - 1) * self.limit : page * self.limit]
        return found.iterator(_AT_ONCE) if isinstance(found, QuerySet) else iter(found)

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


class OrganisationSitemap(SiteSitemap):
    """Changed when an editor mended them, or a case that names them."""

    def items(self) -> QuerySet:
        return related_cases.public_organisations().order_by("pk")

    def lastmod(self, organisation: Organisation) -> datetime:
        newest = self._bearing.get(organisation.pk, related_cases.NO_CASE).newest
        return max(filter(None, (organisation.updated_at, newest)))

    @cached_property
    def _bearing(self) -> dict[int, related_cases.Bearing]:
        return related_cases.bearing("organisations")


class SourceSitemap(SiteSitemap):
    """Changed when an editor mended them, or a case that cites them."""

    def items(self) -> QuerySet:
        return related_cases.public_sources().order_by("pk")

    def lastmod(self, source: Source) -> datetime:
        newest = self._citing.get(source.pk, related_cases.NO_CASE).newest
        return max(filter(None, (source.updated_at, newest)))

    @cached_property
    def _citing(self) -> dict[int, related_cases.Bearing]:
        return related_cases.citing()


class CountrySitemap(SiteSitemap):
    """Countries that published cases are about."""

    def items(self) -> QuerySet[Country]:
        return Country.objects.filter(pk__in=[pk for pk in self._bearing if pk]).order_by("pk")

    def lastmod(self, country: Country) -> datetime | None:
        return self._bearing[country.pk].newest

    @cached_property
    def _bearing(self) -> dict[int, related_cases.Bearing]:
        return related_cases.bearing("countries")


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

    def items(self) -> list[tuple[Term, related_cases.Bearing]]:
        return [term for vocabulary in VOCABULARIES.values() for term in vocabulary.counted()]

    def location(self, term: tuple[Term, related_cases.Bearing]) -> str:
        return term[0].get_absolute_url()

    def lastmod(self, term: tuple[Term, related_cases.Bearing]) -> datetime | None:
        return term[1].newest


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap,
    "cases": CaseSitemap,
    "notices": NoticeSitemap,
    "organisations": OrganisationSitemap,
    "sources": SourceSitemap,
    "countries": CountrySitemap,
    "terms": TermSitemap,
}


_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)
_ROBOTS = "noindex, noodp, noarchive"


def sitemap_pieces() -> Iterator[str]:
    """Every public address; or, where they are more than one file may hold, the index of a file or
    more for each section (sitemaps.org)."""
    sections: dict[str, Any] = {name: section() for name, section in SITEMAPS.items()}
    counts = {name: section.paginator.count for name, section in sections.items()}
    if sum(counts.values()) <= Sitemap.limit:
        yield from in_pieces(_as_xml(sections.values()))
        return
    files = [
        file
        for name, section in sections.items()
        for file in _files(name, section, ceil(counts[name] / section.limit))
    ]
    yield render_to_string("sitemap_index.xml", {"sitemaps": files})


def section_pieces(name: str) -> Iterator[str]:
    """The first addresses of a section, as many as one file may hold."""
    return in_pieces(_as_xml([SITEMAPS[name]()]))


def sitemap_headers() -> dict[str, str]:
    """What stands before a sitemap."""
    return {"Content-Type": SITEMAP_TYPE, "X-Robots-Tag": _ROBOTS}


def _as_xml(sections: Iterable[Any], page: int = 1) -> Iterator[str]:
    """A page of the addresses of these sections, row after row."""
    yield _BEGIN
    for section in sections:
        for item in section.rows(page):
            changed = section.lastmod(item) if hasattr(section, "lastmod") else None
            day = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
            yield f"<url><loc>{escape(absolute(section.location(item)))}</loc>{day}</url>\n"
    yield "</urlset>\n"


def _files(name: str, section: Any, pages: int) -> list[dict[str, str | datetime | None]]:
    address = absolute(reverse("sitemap-section", args=[name]))
    newest = section.get_latest_lastmod()
    return [
        {"location": f"{address}?p={page}" if page > 1 else address, "last_mod": newest}
        for page in range(1, pages + 1)
    ]


@takes_query("p")
@require_safe
@cached_page
@dear
def sitemap_section(request: HttpRequest, section: str) -> HttpResponseBase:
    """A further page of a section of the sitemap: `?p=` is 2 or more, written as a number is."""
    asked = request.GET.get("p", "")
    if section not in SITEMAPS or not re.fullmatch("[1-9][0-9]{0,5}", asked, re.ASCII):
        raise Http404
    found, page = SITEMAPS[section](), int(asked)
    if page < 2 or page > found.paginator.num_pages:
        raise Http404
    content = in_pieces(_as_xml([found], page)) if request.method == "GET" else ()
    streamed: Any = StreamingHttpResponse(content, headers=sitemap_headers())
    streamed.cases = 0
    return cast(HttpResponseBase, streamed)
