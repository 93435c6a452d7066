"""About the collection, and what machines ask for: sitemap, robots, health."""

from django.contrib.sitemaps import Sitemap
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editions.models import Edition


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the collection is, how it is made, and how to use and correct it."""
    return render(request, "editions/about.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone."""
    return render(request, "editions/robots.txt", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and “ok” where the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


class CaseSitemap(Sitemap):
    """Every case in print, with the day of its newest edition."""

    def items(self):
        return Edition.objects.listed().for_lists().order_by("pk")

    def lastmod(self, edition):
        return edition.published_at


class PageSitemap(Sitemap):
    """The pages that stand still."""

    def items(self):
        return ["front", "catalogue", "organisations", "sources", "vocabulary", "notices", "about"]

    def location(self, name):
        return reverse(name)


SITEMAPS = {"cases": CaseSitemap, "pages": PageSitemap}
