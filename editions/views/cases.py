"""The front page, the catalogue, and the pages of one case."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from editions import comparing, facets, neighbours
from editions.citation import house_citation
from editions.exports import FORMATS
from editions.filters import SORTS, CatalogueFilter, ordered
from editions.models import CaseAddress, Edition
from editions.search import marked, parse

PAGE = 20


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is, a search box, the newest editions, the newest notices."""
    editions = Edition.objects.listed()
    noticed = Edition.objects.filter(notices__isnull=False).distinct().select_related("case")
    return render(
        request,
        "editions/front.html",
        {
            "newest": editions.for_lists().order_by("-published_at", "-pk")[:6],
            "noticed": noticed.defer("record", "body", "body_html", "notes").prefetch_related(
                "notices"
            )[:3],
            "count": editions.count(),
        },
    )


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The editions that answer the question in the address, with counts for each next question."""
    question = request.GET
    listed = Edition.objects.listed()
    filter_ = CatalogueFilter(question, queryset=listed)
    searched = bool(parse(question.get("q", "")))
    found = filter_.qs
    paginator = Paginator(
        ordered(found.for_lists(), question.get("sort", ""), searched=searched), PAGE
    )
    page = paginator.get_page(question.get("page"))
    page.object_list = list(page.object_list)
    for edition in page.object_list:
        edition.marked_snippet = marked(edition.snippet) if searched else ""
    shown = facets.facets(question, listed)
    return render(
        request,
        "editions/catalogue.html",
        {
            "page": page,
            "count": paginator.count,
            "filter": filter_,
            "facets": shown,
            "chips": facets.chips(question, shown),
            "sorts": SORTS,
            "sort": question.get("sort", ""),
            "searched": searched,
            "kept": facets.kept(question),
            "page_addresses": facets.page_addresses(question, page),
        },
    )


def _redirected(slug: str, name: str, *args: object) -> HttpResponsePermanentRedirect:
    """To the present address of a case that had `slug` once; 404 where none had."""
    former = get_object_or_404(CaseAddress.objects.select_related("case"), slug=slug)
    return HttpResponsePermanentRedirect(reverse(name, args=[former.case.slug, *args]))


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition in print. Three queries."""
    edition = Edition.objects.current().filter(case__slug=slug).select_related("case").first()
    if edition is None:
        return _redirected(slug, "case")
    return _page(request, edition, is_permanent=False)


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, for ever, with a pointer to the one in print."""
    found = Edition.objects.filter(case__slug=slug, number=number).select_related("case").first()
    if found is None:
        return _redirected(slug, "edition", number)
    return _page(request, found, is_permanent=True)


def _page(request: HttpRequest, edition: Edition, *, is_permanent: bool) -> HttpResponse:
    return render(
        request,
        "editions/case.html",
        {
            "edition": edition,
            "record": edition.record,
            "notices": list(edition.case.notices.public()),
            "more": neighbours.more_posts(edition.case),
            "citation": house_citation(edition),
            "permanent_address": settings.SITE_URL + edition.permanent_path,
            "is_permanent": is_permanent,
            "formats": FORMATS,
        },
    )


@require_safe
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """All editions of a case, newest first, with their notices."""
    found = list(
        Edition.objects.filter(case__slug=slug)
        .select_related("case")
        .defer("record", "body", "body_html")
        .prefetch_related("notices")
        .order_by("-number")
    )
    if not found:
        return _redirected(slug, "editions")
    return render(request, "editions/editions.html", {"editions": found, "current": found[0]})


@require_safe
def compare(request: HttpRequest, slug: str, a: int, b: int) -> HttpResponse:
    """What changed from edition a to edition b."""
    found = {e.number: e for e in Edition.objects.filter(case__slug=slug, number__in=(a, b))}
    if a not in found or b not in found:
        if not found and CaseAddress.objects.filter(slug=slug).exists():
            return _redirected(slug, "compare", a, b)
        raise Http404
    before, after = found[min(a, b)], found[max(a, b)]
    changed = comparing.differences(before.record, after.record)
    context = {"before": before, "after": after, "differences": changed}
    return render(request, "editions/compare.html", context)


@require_safe
def export(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """One edition in a form for machines."""
    format_ = FORMATS[extension]
    found = Edition.objects.filter(case__slug=slug, number=number).select_related("case").first()
    if found is None:
        return _redirected(slug, "export", number, extension)
    response = HttpResponse(format_.write(found), content_type=format_.content_type)
    response["Content-Disposition"] = f'inline; filename="{slug}-{number}.{extension}"'
    response["Link"] = f'<{settings.SITE_URL}{found.permanent_path}>; rel="canonical"'
    return response
