"""The pages of organisations: who carried initiatives out, as a whole and in parts."""

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from editions.models import Edition, Participation
from organisations.models import Organisation, OrganisationKind, names_in
from serving.page_cache import cached_page
from serving.queries import LONGEST_QUERY, OtherAddress, takes_query
from website.catalogue.filters import MOST_VALUES

from .related_cases import (
    CASES,
    cases_resting,
    earlier_only,
    named,
    page_of,
    public_organisations,
    typed,
    with_counts,
    with_words,
)


@takes_query("q", "kind", "page")
@require_safe
@cached_page
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation that a published case names, or those of one kind, or with these words in
    a name. A fixed number of queries, and one more where words are typed."""
    words, slug = typed(request), request.GET.get("kind", "")
    found = with_words(public_organisations(), words, "name", "short_name", "other_names")
    kinds = list(
        OrganisationKind.objects.filter(organisations__in=found.values("pk"))
        .annotate(count=Count("organisations"))
        .order_by("position", "label")
    )
    kind = next((kind for kind in kinds if kind.slug == slug), None)
    if slug and kind is None and not OrganisationKind.objects.filter(slug=slug).exists():
        raise OtherAddress(kind=None)
    rows = with_counts(found.filter(kind=kind) if kind else found)
    rows = rows.select_related("kind").order_by("kind__position", "-count", Lower("name"), "pk")
    context = {"page": page_of(request, rows), "words": words, "kinds": kinds, "kind": kind}
    return render(request, "website/organisations.html", context)


@takes_query("page")
@require_safe
@cached_page
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation; the address of one that was merged leads to the one it became."""
    public = public_organisations()
    found = named(slug, public.select_related("kind", "country"))
    if found is None:
        return redirect(
            get_object_or_404(public.distinct(), merged__slug__iexact=slug), permanent=True
        )
    if found.slug != slug:
        return redirect(found, permanent=True)
    near = public.filter(
        Q(parent=found) | Q(successor=found) | Q(pk__in=[found.parent_id, found.successor_id])
    )
    related = list(with_counts(near).order_by(Lower("name")))
    editions = Edition.objects.carried_out_by(found)
    return render(
        request,
        "website/organisation.html",
        {
            "organisation": found,
            "other_names": names_in(found.other_names),
            "parent": next((o for o in related if o.pk == found.parent_id), None),
            "successor": next((o for o in related if o.pk == found.successor_id), None),
            "parts": [o for o in related if o.parent_id == found.pk],
            "predecessors": [o for o in related if o.successor_id == found.pk],
            "catalogue_query": f"organisation={found.slug}",
            "earlier": earlier_only(editions),
            **cases_resting(request, editions.listed()),
            **_cases_of_parts(found),
        },
    )


def _cases_of_parts(whole: Organisation) -> dict[str, object]:
    """The cases in which parts of it took part, or parts of these, and not it under its own name:
    the first CASES of them as `of_parts`, each with the parts as `through`; how many there are; and
    the `parts_query` that finds all in the catalogue, "" where it would be too long."""
    parts = list(_parts(whole).values_list("pk", "slug"))
    pks = [pk for pk, _slug in parts]
    editions = Edition.objects.listed().exclude(pk__in=Edition.objects.carried_out_by(whole))
    editions = editions.filter(pk__in=_participations(pks).values("edition"))
    through = _participations(pks).select_related("organisation")
    rows = (
        editions.select_related("case")
        .only("title", "start_year", "end_year", "ongoing", "case__slug")
        .prefetch_related(Prefetch("participations", queryset=through, to_attr="through"))
        .order_by("start_year", "title", "pk")
    )
    question = QueryDict(mutable=True)
    question.setlist("organisation", [slug for _pk, slug in parts])
    asked = question.urlencode()
    if len(parts) > MOST_VALUES or len(asked) > LONGEST_QUERY:
        asked = ""
    first, count = list(rows[:CASES]), editions.count()
    return {"of_parts": first, "of_parts_count": count, "parts_query": asked}


def _parts(whole: Organisation) -> "QuerySet[Organisation]":
    """Its public parts, their parts and the parts of these."""
    below = Q(parent=whole) | Q(parent__parent=whole) | Q(parent__parent__parent=whole)
    return public_organisations().filter(below).exclude(pk=whole.pk).order_by(Lower("name"))


def _participations(organisations: list[int]) -> "QuerySet[Participation]":
    return Participation.objects.filter(organisation__in=organisations)
