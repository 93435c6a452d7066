"""The front page, the catalogue, and the pages of one case."""

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.models import Case
from editions import case_page, catalogue_page, comparing, facets, renderings
from editions import catalogue as catalogues
from editions.catalogue import ask
from editions.describing import corrections_data, signposting
from editions.exports import FORMATS
from editions.keeping import kept
from editions.models import CaseAddress, Edition
from editions.neighbours import posts_of
from editions.prepared import Prepared
from editions.question import Question, after_merges, bounded
from editions.renderings import Parts
from editions.rows import Rows
from editions.sequences import cases_about
from editions.walking import Walk
from editions.walking import walk as walk_through
from revisions.models import SiteVersion
from revisions.turning import Version

_LONG = ("body", "body_html", "notes", "record", "case__body")


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
            "newest": catalogue_page.rows(question, answer, answer.places("newest")[:6]),
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
    return HttpResponse(catalogue_page.page(question, answer))


def _redirected(slug: str, name: str, *args: object) -> HttpResponsePermanentRedirect:
    """To the present address of a case that had `slug` once; 404 where none had."""
    former = get_object_or_404(CaseAddress.objects.select_related("case"), slug=slug)
    return HttpResponsePermanentRedirect(reverse(name, args=[former.case.slug, *args]))


def _editions_of(slug: str) -> "QuerySet[Edition]":
    """Those of a case, each knowing the one in print, and what stands `beside` it and is
    `about_the_same` conflict; their records hold the long columns."""
    current = Edition.objects.current().filter(case=OuterRef("case"))
    return (
        Edition.objects.filter(case__slug=slug)
        .select_related("case")
        .defer("body", "body_html", "notes", "case__body")
        .annotate(
            conflict_in_print=Subquery(current.values("conflict")),
            number_in_print=Subquery(current.values("number")),
            kind_in_print=Subquery(current.values("kind")),
            beside=Rows(posts_of(OuterRef("case"))),
            about_the_same=Rows(cases_about(OuterRef("conflict_in_print"))),
        )
    )


def _columns(model: type[Model], *names: str) -> list[str]:
    """The names in the order in which `from_db` takes them."""
    return [f.attname for f in model._meta.concrete_fields if f.attname in names]


_EDITION = _columns(Edition, "id", "number", "kind", "title", "standfirst", "is_current")
_CASE = _columns(Case, "id", "slug")
_FIRST_OF_CASE, _FIRST_PART = len(_EDITION), len(_EDITION) + len(_CASE)


def _in_print(slug: str) -> QuerySet:
    version = SiteVersion.objects.filter(pk=1)
    return (
        Edition.objects.current()
        .filter(case__slug=slug)
        .order_by()
        .values_list(
            *(Subquery(version.values(token)) for token in Version._fields),
            *(Rows(posts_of(OuterRef("case"))), Rows(cases_about(OuterRef("conflict")))),
            *(*_EDITION, *(f"case__{name}" for name in _CASE)),
            *renderings.COLUMNS,
        )
    )


_IN_PRINT = Prepared(_in_print)


@require_safe
@kept(reads_version=True)
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition in print, with the site version and what stands beside it. One query, and one for
    notices where an edition came before."""
    rows = _IN_PRINT(slug)
    if not rows:
        return _redirected(slug, "case")
    pages, holdings, beside, about_the_same, *columns = rows[0]
    request.site_version = Version(pages or "", holdings or "")
    edition = Edition.from_db("default", _EDITION, columns[:_FIRST_OF_CASE])
    edition.case = Case.from_db("default", _CASE, columns[_FIRST_OF_CASE:_FIRST_PART])
    edition.number_in_print, edition.kind_in_print = edition.number, edition.kind
    edition.beside, edition.about_the_same = beside, about_the_same
    stored = renderings.stored(*columns[_FIRST_PART:])
    if stored is None:  # withdrawn, or rendered by older templates
        edition = _editions_of(slug).get(pk=edition.pk)
    return _page(request, edition, stored)


@require_safe
@kept
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, for ever, with a pointer to the one in print. Queries as above."""
    found = _editions_of(slug).filter(number=number).first()
    if found is None:
        return _redirected(slug, "edition", number)
    return _page(request, found)


def _page(request: HttpRequest, edition: Edition, rendering: Parts | None = None) -> HttpResponse:
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
