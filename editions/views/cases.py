"""The front page, the catalogue, and the pages of one case."""

from django.core.paginator import Paginator
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
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from cases.models import Case
from editions import case_page, comparing, facets, glances, renderings
from editions import catalogue as catalogues
from editions.catalogue import Answer, ask
from editions.describing import corrections_data, signposting
from editions.exports import ANSWERS, FORMATS
from editions.keeping import kept
from editions.models import CaseAddress, Edition, Rendering
from editions.patterns import Pattern
from editions.prepared import Prepared
from editions.question import Question, after_merges, bounded
from editions.search import marked, snippets, suggestion
from editions.walking import PAGE, Walk
from editions.walking import walk as walk_through

_LONG = ("body", "body_html", "notes", "record", "case__body")


_TAKE_HOME = Pattern("editions/_take_home.html", "question")
_ANSWERS = tuple((extension, form.label) for extension, form in ANSWERS.items())


@require_safe
@kept
def front(request: HttpRequest) -> HttpResponse:
    """What this is, a search box, the newest editions, the newest notices, and ways in."""
    question = Question(QueryDict())
    answer = ask(question, catalogues.current(request.site_version))
    noticed = Edition.objects.filter(notices__isnull=False).distinct()
    return render(
        request,
        "editions/front.html",
        {
            "newest": _rows(answer, answer.places("newest")[:6]),
            "noticed": noticed.select_related("case")
            .defer(*_LONG)
            .prefetch_related("notices")
            .order_by("-published_at", "-pk")[:3],
            "count": answer.count,
            "facets": facets.facets(question, answer, names=("region", "initiative")),
        },
    )


@require_safe
@kept
def catalogue(request: HttpRequest) -> HttpResponse:
    """The editions that answer the question in the address, with counts for each next question.
    A fixed number of queries."""
    asked = bounded(request.GET)
    kept_names = after_merges(asked)
    if kept_names is not None:
        return HttpResponsePermanentRedirect("?" + kept_names.urlencode())
    question = Question(asked)
    answer = ask(question, catalogues.current(request.site_version))
    context = {
        "question": question,
        "count": answer.count,
        "total": len(answer.catalogue.holdings.held),
        "facets": facets.facets(question, answer),
        "chips": facets.chips(question, answer),
        "kept_by_search": question.kept("from", "to"),
        "kept_by_years": question.kept("q", "sort"),
        "meant": suggestion(question.words) if question.is_searched and not answer.count else "",
        "take_home": _TAKE_HOME.filled({"question": question.query}, answers=_ANSWERS),
        "unsearchable": bool(question.words.strip()) and not question.is_searched,
    }
    return render(request, "editions/catalogue.html", context | _looked_at(question, answer))


def _looked_at(question: Question, answer: Answer) -> dict[str, object]:
    """What the answer is looked at as: a page of rows, or one of the charts."""
    today = timezone.localdate()
    if question.view == "timeline":
        return {"timeline": glances.timeline_of(question, answer, today=today)}
    if question.view == "map":
        return {"world": glances.map_of(question, answer)}
    if question.view == "grid":
        return {"grid": glances.grid_of(question, answer)}
    places = answer.places(question.sort)
    page = Paginator(places, PAGE).get_page(question.asked.get("page"))
    return {"page": page, "rows": _rows(answer, page.object_list, question)}


def _rows(answer: Answer, places: list[int], question: Question | None = None) -> list[SafeString]:
    """The rows of a list, with what was found in each; a query, and another where words were
    searched."""
    held = answer.catalogue.holdings.held
    pks = [held[place].pk for place in places]
    rows = renderings.rows(pks)
    searched = question is not None and question.is_searched
    found = snippets(question.words, pks) if searched and pks else {}
    sent = glances.sent_along(question) if question is not None else ""
    return [
        renderings.filled(rows[pk], found=marked(found.get(pk, "")), question=sent) for pk in pks
    ]


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


_IN_PRINT = Prepared(
    lambda slug: (
        Edition.objects.current()
        .filter(case__slug=slug)
        .order_by()
        .values_list(
            *("pk", "case_id", "conflict_id", "number", "kind", "title", "standfirst"),
            *renderings.PARTS,
        )
    ),
    str,
)


@require_safe
@kept
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition in print. Three queries; one more for the sequence of its conflict, and one for
    notices where an edition came before."""
    rows = _IN_PRINT(slug)
    if not rows:
        return _redirected(slug, "case")
    pk, case_id, conflict_id, number, kind, title, standfirst, *parts = rows[0]
    edition = Edition(pk=pk, number=number, kind=kind, title=title, standfirst=standfirst)
    edition.case = Case(pk=case_id, slug=slug)
    edition.number_in_print, edition.kind_in_print = number, kind
    edition.conflict_in_print = conflict_id
    stored = renderings.stored(edition, *parts)
    if stored is None:  # withdrawn, or rendered by older templates
        edition = _editions_of(slug).get(pk=pk)
    return _page(request, edition, stored)


@require_safe
@kept
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, for ever, with a pointer to the one in print. Queries as above."""
    found = _editions_of(slug).filter(number=number).first()
    if found is None:
        return _redirected(slug, "edition", number)
    return _page(request, found)


def _page(
    request: HttpRequest, edition: Edition, rendering: Rendering | None = None
) -> HttpResponse:
    """An edition as readers see it: its text, or of a withdrawal the reason."""
    notices = list(edition.case.notices.public()) if edition.number_in_print > 1 else []
    rendering = rendering or renderings.of(edition)
    corrections = corrections_data(edition, notices)
    said = {
        "edition": edition,
        "notices": [n for n in notices if n.mended_in.number <= edition.number],
        "later_notices": [
            n for n in notices if n.found_in.number <= edition.number < n.mended_in.number
        ],
        "withdrawn": edition.kind_in_print == Edition.Kind.WITHDRAWAL,
    }
    if edition.is_withdrawn:
        earlier = range(edition.number - 1, 0, -1)
        more = {"rendering": rendering, "corrections": corrections, "earlier": earlier}
        response = render(request, "editions/withdrawn.html", said | more)
    else:
        walk = _walk(request, edition) if request.GET and edition.is_current else None
        html = case_page.page(edition, rendering, corrections=corrections, said=said, walk=walk)
        response = HttpResponse(html)
    response["Link"] = rendering.links
    return response


def _walk(request: HttpRequest, edition: Edition) -> Walk | None:
    """Where the case stands in the answer to the question that its address was given."""
    question = Question(bounded(request.GET))
    if not question.is_asked:
        return None
    answer = ask(question, catalogues.current(request.site_version))
    return walk_through(question, answer, edition.case.slug)


@require_safe
@kept
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
@kept
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
    response["Link"] = signposting.header(signposting.links_of_export(found, extension))
    return response
