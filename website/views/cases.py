"""The front page, the catalogue, and the pages of one case."""

import re
from collections.abc import Callable
from functools import wraps
from typing import cast

from django.db.models import Prefetch, Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.models.old_addresses import NUMBERS
from corrections.models import REFERENCE, Notice
from editions.models import CaseAddress, Edition
from editions.record.compare import differences
from serving.page_cache import VersionedRequest, cached_page
from serving.queries import takes_query
from website.catalogue import catalogue as catalogues
from website.catalogue.params import KNOWN, CatalogueParams, clean, redirect_merged
from website.catalogue.prev_next import PrevNext, prev_next
from website.catalogue.results import find
from website.exports import EDITION_FORMATS
from website.metadata import notices_data, signposting
from website.pages import case_page, catalogue_page, front_page
from website.pages.case_loader import LoadedEdition, load

from . import removed
from .not_found import led_on


def old_numbers_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view at whose address another site had its articles by number, `/?p=123`: those lead to
    their cases, other numbers to the page itself."""

    @wraps(view)
    def asking(request: HttpRequest) -> HttpResponse:
        if not request.GET:
            return view(request)
        return led_on(request) or redirect(request.path)

    return asking


@takes_query(*NUMBERS)
@require_safe
@old_numbers_first
@cached_page
def front(request: VersionedRequest) -> HttpResponse:
    """What this is, a search box, the whole collection as a picture, questions, the newest editions
    and the newest notices."""
    return HttpResponse(front_page.page(catalogues.current(request.site_version)))


@takes_query(*KNOWN, "page")
@require_safe
@cached_page
def catalogue(request: VersionedRequest) -> HttpResponse:
    """The cases that the address asks for, with counts for each way of narrowing them further. A
    fixed number of queries."""
    query = clean(request.GET)
    renamed = redirect_merged(query)
    if renamed is not None:
        return HttpResponsePermanentRedirect("?" + renamed.urlencode())
    params = CatalogueParams(query)
    if notice := _notice_named(params.words):
        return redirect(notice)
    results = find(params, catalogues.current(request.site_version))
    return HttpResponse(catalogue_page.page(params, results))


def _notice_named(words: str) -> Notice | None:
    """The notice whose number was typed as the words to search for."""
    typed = words.strip().upper()
    if not re.fullmatch(REFERENCE, typed):
        return None
    return Notice.objects.public().filter(reference=typed).first()


def redirected(slug: str, name: str, *args: object) -> HttpResponsePermanentRedirect:
    """To the present address of a case that had `slug` once; 404 where none had."""
    former = get_object_or_404(CaseAddress.objects.select_related("case"), slug=slug)
    return HttpResponsePermanentRedirect(reverse(name, args=[former.case.slug, *args]))


@takes_query(*KNOWN)
@require_safe
@cached_page(reads_version=True)
def case(request: VersionedRequest, slug: str) -> HttpResponse:
    """The edition in print. One query, and one for notices where an edition came before."""
    found = load(slug)
    if found is None:
        return redirected(slug, "case")
    edition, request.site_version = found
    return _page(request, edition)


@takes_query(*KNOWN)
@require_safe
@cached_page(reads_version=True)
def edition(request: VersionedRequest, slug: str, number: int) -> HttpResponse:
    """One edition, for ever, with a pointer to the one in print. Queries as above; more for one
    that is not in print."""
    found = load(slug, number)
    if found is None:
        return redirected(slug, "edition", number)
    edition, request.site_version = found
    return _page(request, edition)


def _page(request: VersionedRequest, edition: LoadedEdition) -> HttpResponse:
    """An edition as readers see it: its text, of a withdrawal the reason, or a tombstone."""
    notices: list[Notice] = []
    if edition.is_removed:
        return removed.tombstone(request, edition.pk)
    if edition.has_notices:
        notices = list(Notice.objects.public().filter(case=edition.case_pk))
    if edition.is_withdrawn:
        response = _withdrawal(request, edition, notices)
    else:
        asked = request.GET and edition.is_current
        way = _prev_next(request, edition) if asked else None
        response = HttpResponse(case_page.page(edition, notices, way))
    response["Link"] = edition.fragments.links
    return response


def _withdrawal(
    request: HttpRequest, edition: LoadedEdition, notices: list[Notice]
) -> HttpResponse:
    stored = Edition.objects.without_text().get(pk=edition.pk)
    context = {
        "edition": stored,
        "number_in_print": edition.number_in_print,
        "rendering": edition.fragments,
        "concerns": [n for n in notices if n.is_standing_concern],
        "notices": [n for n in notices if n.mended_in and n.mended_in.number <= edition.number],
        "corrections": notices_data(edition.permanent_path, edition.number, notices),
        "earlier": range(edition.number - 1, 0, -1),
    }
    return render(request, "website/withdrawn.html", context)


def _prev_next(request: VersionedRequest, edition: LoadedEdition) -> PrevNext | None:
    """Where the case stands in what the parameters of its address ask for."""
    params = CatalogueParams(clean(request.GET))
    if not params.is_narrowed:
        return None
    results = find(params, catalogues.current(request.site_version))
    return prev_next(params, results, edition.slug)


@require_safe
@cached_page
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """All editions of a case, newest first, with their notices. Three queries."""
    of_its_own = Notice.objects.public().filter(mended_in=None).order_by("published_at", "pk")
    found = list(
        Edition.objects.filter(case__slug=slug)
        .without_text()
        .defer("record")
        .prefetch_related(
            Prefetch("notices", Notice.objects.public()),
            Prefetch("notices_found", of_its_own, to_attr="notices_of_its_own"),
        )
        .order_by("-number")
    )
    if not found:
        return redirected(slug, "editions")
    for edition in found:
        edition.compared_with = _comparisons(edition, found)
    return render(request, "website/editions.html", {"editions": found, "current": found[0]})


def _comparisons(edition: Edition, others: list[Edition]) -> list[tuple[int, int]]:
    """With which edition before it, and with the one in print, an edition can be compared."""
    if edition.is_removed:
        return []
    there = [other.number for other in others if not other.is_removed]
    pairs = [(number, edition.number) for number in there if number < edition.number][:1]
    if others[0].number in there and others[0].number != edition.number:
        pairs.append((edition.number, others[0].number))
    return pairs if edition.number > 1 else []


@require_safe
@cached_page
def compare(request: HttpRequest, slug: str, a: int, b: int) -> HttpResponse:
    """What changed from edition a to edition b. One query."""
    if a > b:
        return redirect("compare", slug, b, a, permanent=True)
    either = Q(number=a) | Q(number=b)  # unlike `in`, this bears numbers no database can hold
    rows = Edition.objects.filter(either, case__slug=slug).without_text()
    found = {e.number: e for e in rows}
    if not found:
        return redirected(slug, "compare", a, b)
    if a not in found or b not in found:
        raise Http404
    before, after = found[a], found[b]
    for edition in (before, after):
        if edition.is_removed:
            return removed.tombstone(request, edition.pk)
    changed = differences(before.record, after.record)
    context = {"before": before, "after": after, "differences": changed}
    return render(request, "website/compare.html", context)


@require_safe
def export(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """One edition in a form for machines; 410 where it was removed."""
    form = EDITION_FORMATS[extension]
    found = Edition.objects.filter(case__slug=slug, number=number).select_related("case").first()
    if found is None:
        return redirected(slug, "export", number, extension)
    if found.is_removed:
        return removed.tombstone_file(found, extension)
    write = cast(Callable[[Edition], str], form.edition)  # all of EDITION_FORMATS have one
    response = HttpResponse(write(found), content_type=form.content_type)
    response["Content-Disposition"] = f'inline; filename="{slug}-{number}.{extension}"'
    response["Link"] = signposting.header(signposting.links_of_export(found, extension))
    return response
