"""The front page, the catalogue, and the pages of one case."""

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editions import comparing, facets, neighbours
from editions.citation import house_citation
from editions.exports import FORMATS
from editions.filters import MOST_VALUES, SORTS, CatalogueFilter, effective_sort, ordered
from editions.models import CaseAddress, Edition
from editions.search import marked, parse
from editions.sequences import sequence
from organisations.models import Organisation

PAGE = 20
_LONG = ("body", "body_html", "notes", "record", "case__body")


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is, a search box, the newest editions, the newest notices, and ways in."""
    listed = Edition.objects.listed()
    noticed = Edition.objects.filter(notices__isnull=False).distinct()
    return render(
        request,
        "editions/front.html",
        {
            "newest": listed.for_lists().order_by("-published_at", "-pk")[:6],
            "noticed": noticed.select_related("case")
            .defer(*_LONG)
            .prefetch_related("notices")
            .order_by("-published_at", "-pk")[:3],
            "count": listed.count(),
            "facets": facets.facets(QueryDict(), listed, names=("region", "initiative")),
        },
    )


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The editions that answer the question in the address, with counts for each next question.
    A fixed number of queries."""
    question = _bounded(request.GET)
    kept_names = _after_merges(question)
    if kept_names is not None:
        return HttpResponsePermanentRedirect("?" + kept_names.urlencode())
    listed = Edition.objects.listed()
    filter_ = CatalogueFilter(question, queryset=listed)
    found = filter_.qs
    searched = bool(parse(filter_.form.cleaned_data.get("q") or ""))
    sort = effective_sort(question.get("sort", ""), searched=searched)
    rows = ordered(found.for_lists(), sort, searched=searched)
    page = _rows_of(Paginator(rows, PAGE).get_page(question.get("page")), searched=searched)
    shown = facets.facets(question, listed)
    chips = facets.chips(question, shown)
    kept = facets.kept(question)
    return render(
        request,
        "editions/catalogue.html",
        {
            "page": page,
            "count": page.paginator.count,
            "total": listed.count(),
            "filter": filter_,
            "facets": shown,
            "chips": chips,
            "sorts": [
                (k, label) for k, (label, order) in SORTS.items() if searched or k != "relevance"
            ],
            "sort": sort,
            "searched": searched,
            "unsearchable": bool(question.get("q", "").strip()) and not searched,
            "words": question.get("q", ""),
            "kept_by_search": [*kept, *_typed(question, "from", "to")],
            "kept_by_years": [*kept, *_typed(question, "q", "sort")],
        },
    )


def _rows_of(page: Page, *, searched: bool) -> Page:
    """The page with its editions fetched, and what was found in each as safe HTML."""
    page.object_list = list(page.object_list)
    for edition in page.object_list:
        edition.marked_snippet = marked(edition.snippet) if searched else ""
    return page


def _bounded(question: QueryDict) -> QueryDict:
    """The question without what nobody means: NUL, and values beyond so many of one name."""
    bounded = question.copy()
    for name in question:
        values = (value.replace("\x00", "") for value in question.getlist(name))
        bounded.setlist(name, list(dict.fromkeys(values))[:MOST_VALUES])
    return bounded


def _after_merges(question: QueryDict) -> QueryDict | None:
    """The question with organisations that were merged named as what they became; None where
    none was."""
    slugs = question.getlist("organisation")
    merged = Organisation.objects.filter(
        slug__in=slugs, merged_into__edition_participations__isnull=False
    )
    became = dict(merged.values_list("slug", "merged_into__slug")) if slugs else {}
    if not became:
        return None
    named = question.copy()
    named.setlist("organisation", list(dict.fromkeys(became.get(s, s) for s in slugs)))
    return named


def _typed(question: QueryDict, *names: str) -> list[tuple[str, str]]:
    return [(name, question[name]) for name in names if question.get(name)]


def _redirected(slug: str, name: str, *args: object) -> HttpResponsePermanentRedirect:
    """To the present address of a case that had `slug` once; 404 where none had."""
    former = get_object_or_404(CaseAddress.objects.select_related("case"), slug=slug)
    return HttpResponsePermanentRedirect(reverse(name, args=[former.case.slug, *args]))


def _editions_of(slug: str) -> "QuerySet[Edition]":
    """Those of a case, each knowing the one `in_print`; their records hold the long columns."""
    current = Edition.objects.current().filter(case=OuterRef("case"))
    return (
        Edition.objects.filter(case__slug=slug)
        .select_related("case")
        .defer("body", "body_html", "notes", "case__body")
        .annotate(
            number_in_print=Subquery(current.values("number")),
            kind_in_print=Subquery(current.values("kind")),
            conflict_in_print=Subquery(current.values("conflict")),
        )
    )


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition in print. Three queries, and one for the sequence of its conflict."""
    edition = _editions_of(slug).current().first()
    if edition is None:
        return _redirected(slug, "case")
    return _page(request, edition)


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, for ever, with a pointer to the one in print. Queries as above."""
    found = _editions_of(slug).filter(number=number).first()
    if found is None:
        return _redirected(slug, "edition", number)
    return _page(request, found)


def _page(request: HttpRequest, edition: Edition) -> HttpResponse:
    """An edition as readers see it: its text, or of a withdrawal the reason."""
    notices = list(edition.case.notices.public())
    same_conflict = sequence(edition.conflict_in_print, present=edition.case_id)
    shown = [step.case for step in same_conflict.steps] if same_conflict else []
    permanent = settings.SITE_URL + edition.permanent_path
    in_print = settings.SITE_URL + edition.get_absolute_url()
    context = {
        "edition": edition,
        "record": edition.record,
        "authors": get_text_list([_after_by(a) for a in edition.record["authors"]], _("and")),
        "notices": [n for n in notices if n.mended_in.number <= edition.number],
        "later_notices": [
            n for n in notices if n.found_in.number <= edition.number < n.mended_in.number
        ],
        "withdrawn": edition.kind_in_print == Edition.Kind.WITHDRAWAL,
        "sequence": same_conflict,
        "more": neighbours.more_posts(edition.case, besides=shown),
        "citation": house_citation(edition),
        "permanent_address": permanent,
        "canonical": in_print if edition.is_current else permanent,
        "formats": FORMATS,
    }
    if edition.is_withdrawn:
        context["earlier"] = range(edition.number - 1, 0, -1)
        return render(request, "editions/withdrawn.html", context)
    return render(request, "editions/case.html", context)


def _after_by(name: str) -> str:
    """A name as it stands within a sentence: "The editors" are "the editors" there."""
    return "the " + name[4:] if name.startswith("The ") else name


@require_safe
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """All editions of a case, newest first, with their notices. Two queries."""
    found = list(
        Edition.objects.filter(case__slug=slug)
        .select_related("case")
        .defer(*_LONG)
        .prefetch_related("notices")
        .order_by("-number")
    )
    if not found:
        return _redirected(slug, "editions")
    return render(request, "editions/editions.html", {"editions": found, "current": found[0]})


@require_safe
def compare(request: HttpRequest, slug: str, a: int, b: int) -> HttpResponse:
    """What changed from edition a to edition b. One query."""
    if a > b:
        return redirect("compare", slug, b, a, permanent=True)
    either = Q(number=a) | Q(number=b)  # unlike `in`, this bears numbers no database can hold
    rows = Edition.objects.filter(either, case__slug=slug).select_related("case")
    found = {e.number: e for e in rows.defer("body", "body_html", "notes", "case__body")}
    if not found:
        return _redirected(slug, "compare", a, b)
    if a not in found or b not in found:
        raise Http404
    before, after = found[a], found[b]
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
