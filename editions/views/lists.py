"""The pages of organisations, sources, vocabularies and countries: what rests on each."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cases.models import Aim, ConflictType, InitiativeType
from editions.models import Edition, EditionCitation
from organisations.models import Country, Organisation, OrganisationKind, RegionalGroup, Term
from sources.citing import reference
from sources.formats import csl_json
from sources.models import Source

PAGE = 100
VOCABULARIES: dict[str, type[Term]] = {
    model.vocabulary: model
    for model in (RegionalGroup, ConflictType, InitiativeType, Aim, OrganisationKind)
}


def _listed(path: str = "editions") -> Q:
    """The condition that an edition reached by `path` is listed."""
    return Q(**{f"{path}__in": Edition.objects.listed().values("pk")})


def _with_counts(queryset: QuerySet) -> QuerySet:
    return queryset.annotate(count=Count("editions", filter=_listed(), distinct=True))


def _public_organisations() -> "QuerySet[Organisation]":
    """Those that stand in a published edition; an editor's drafts are nobody's business."""
    return Organisation.objects.kept().filter(edition_participations__isnull=False).distinct()


def _public_sources() -> "QuerySet[Source]":
    return Source.objects.filter(edition_citations__isnull=False).distinct()


def _cases(editions: QuerySet) -> "QuerySet[Edition]":
    return editions.for_lists().order_by("start_year", "title", "pk")


def _page(request: HttpRequest, queryset: QuerySet) -> object:
    return Paginator(queryset, PAGE).get_page(request.GET.get("page"))


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation that a published case names."""
    found = _with_counts(_public_organisations()).select_related("kind", "country")
    return render(
        request,
        "editions/organisations.html",
        {"page": _page(request, found.order_by("name"))},
    )


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation; the address of one that was merged leads to the one it became."""
    gone = Organisation.objects.filter(slug=slug).exclude(merged_into=None)
    for row in gone.select_related("merged_into"):
        return redirect(row.merged_into, permanent=True)
    found = get_object_or_404(
        _public_organisations().select_related("kind", "country", "parent", "successor"), slug=slug
    )
    public = set(_public_organisations().values_list("pk", flat=True))
    return render(
        request,
        "editions/organisation.html",
        {
            "organisation": found,
            "parent": found.parent if found.parent_id in public else None,
            "successor": found.successor if found.successor_id in public else None,
            "parts": _public_organisations().filter(parent=found),
            "predecessors": _public_organisations().filter(successor=found),
            "cases": _cases(Edition.objects.listed().carried_out_by(found)),
        },
    )


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source that a published case rests on, as it is cited."""
    found = (
        _public_sources()
        .prefetch_related("contributors")
        .annotate(
            count=Count(
                "edition_citations__edition",
                filter=_listed("edition_citations__edition"),
                distinct=True,
            )
        )
        .order_by("key")
    )
    page = _page(request, found)
    page.object_list = list(page.object_list)
    for source in page.object_list:
        source.reference = reference(csl_json(source)).html
    return render(request, "editions/sources.html", {"page": page})


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source, and each note of a published case in which it is cited."""
    found = get_object_or_404(_public_sources().prefetch_related("contributors"), key__iexact=key)
    if found.key != key:
        return redirect(found, permanent=True)
    citations = (
        EditionCitation.objects.filter(_listed("edition"), source=found)
        .select_related("edition__case")
        .defer("edition__record", "edition__body", "edition__body_html", "edition__notes")
        .order_by("edition__title", "note_number", "position")
    )
    return render(
        request,
        "editions/source.html",
        {
            "source": found,
            "reference": reference(csl_json(found)).html,
            "citations": list(citations),
        },
    )


@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Every list of terms, each term with its definition."""
    lists = [(model, _with_counts(model.objects.all())) for model in VOCABULARIES.values()]
    return render(request, "editions/vocabulary.html", {"lists": lists})


@require_safe
def term(request: HttpRequest, vocabulary: str, slug: str) -> HttpResponse:
    """One term: what it covers, its other spellings, the published cases it is true of."""
    if vocabulary not in VOCABULARIES:
        raise Http404
    model = VOCABULARIES[vocabulary]
    found = get_object_or_404(model, slug=slug)
    listed = Edition.objects.listed()
    if model is OrganisationKind:
        rows = listed.filter(organisations__kind=found).distinct()
    else:
        rows = listed.filter(pk__in=found.editions.values("pk"))
    return render(request, "editions/term.html", {"term": found, "cases": _cases(rows)})


@require_safe
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """One country: its names, its regional groups, the published cases about it."""
    found = get_object_or_404(Country, alpha3=iso3.upper())
    if iso3 != found.slug:
        return redirect(found, permanent=True)
    return render(
        request,
        "editions/country.html",
        {
            "country": found,
            "memberships": found.memberships.select_related("group"),
            "cases": _cases(Edition.objects.listed().set_in(found)),
        },
    )
