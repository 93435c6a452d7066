"""The pages of vocabularies and countries: what each term means, and the cases it is true of."""

from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_safe

from cases.models import (
    Aim,
    Conflict,
    ConflictType,
    ImpactCriterion,
    ImpactValue,
    InitiativeType,
)
from editions.models import Edition
from editions.models.editions import EditionQuerySet
from organisations.models import Country, OrganisationKind, RegionalGroup, Term, names_in
from serving.page_cache import cached_page
from serving.queries import takes_query
from website.catalogue.facets import facet_of

from .related_cases import NO_CASE, Bearing, bearing, cases_resting, named, public_organisations


class Vocabulary(NamedTuple):
    """A list of terms; `about` says in a sentence what its terms tell of a case."""

    model: type[Term]
    about: Promise

    @property
    def name(self) -> str:
        """What the list is called: “Types of conflict”."""
        return str(capfirst(self.model._meta.verbose_name_plural))

    @property
    def singular(self) -> str:
        """What one of its terms is called: “Type of conflict”."""
        return str(capfirst(self.model._meta.verbose_name))

    @property
    def facet(self) -> str:
        """What the catalogue calls it, "" where it cannot be narrowed by it."""
        if self.is_column:
            return "impact"
        facet = facet_of(self.model)
        return facet.name if facet else ""

    @property
    def is_column(self) -> bool:
        """Whether its terms are the values of a column of an edition."""
        return self.model is ImpactValue

    def of_term(self, term: Term) -> EditionQuerySet:
        """The listed editions that bear a term."""
        listed = Edition.objects.listed()
        if self.is_column:
            return listed.filter(impact=term.slug)
        rows = self.model._default_manager.filter(pk=term.pk).values(self.editions)
        return listed.filter(pk__in=rows)

    @property
    def editions(self) -> str:
        """The way from a term to the editions that bear it."""
        facet = facet_of(self.model)
        return facet.editions_path if facet else "editions"

    @property
    def relation(self) -> str:
        """The way from an edition to its terms, or the column that has their slugs."""
        if self.is_column:
            return "impact"
        facet = facet_of(self.model)
        if facet and facet.of_organisations:
            return f"organisations__{facet.relation}"
        model: Any = self.model  # each has editions, but not their base
        return model._meta.get_field("editions").remote_field.name

    @property
    def terms(self) -> "QuerySet[Term]":
        """Those that readers know of: a conflict may be added for a draft, so only those that a
        published edition is about."""
        terms = self.model._default_manager.all()
        if self.model is Conflict:
            about = Edition.objects.exclude(conflict=None)
            terms = terms.filter(pk__in=about.values("conflict"))
        return terms

    def counted(self) -> list[tuple[Term, Bearing]]:
        """The terms that readers know of, each with how many published cases bear it."""
        found = bearing(self.relation)
        return [
            (term, found.get(term.slug if self.is_column else term.pk, NO_CASE))
            for term in self.terms
        ]


VOCABULARIES = {
    vocabulary.model.vocabulary: vocabulary
    for vocabulary in (
        Vocabulary(
            RegionalGroup,
            _later("In which regional group of the United Nations the countries of a case sit."),
        ),
        Vocabulary(
            ConflictType,
            _later("Who fought whom, or who might have; a case may hold several."),
        ),
        Vocabulary(
            InitiativeType,
            _later("What was done for peace; a case may hold several."),
        ),
        Vocabulary(
            ImpactValue,
            _later("What came of it: a judgement, with its ground and its day beside it."),
        ),
        Vocabulary(
            ImpactCriterion, _later("By what an impact is judged; a case may hold several.")
        ),
        Vocabulary(Aim, _later("What the initiative set out to do about the conflict.")),
        Vocabulary(Conflict, _later("The one conflict that a case is about, as scholars name it.")),
        Vocabulary(
            OrganisationKind,
            _later("What kind of body carried the initiative out, and for whom."),
        ),
    )
}


@require_safe
@cached_page
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Every list of terms, each term with its definition."""
    lists = [(v, v.counted()) for v in VOCABULARIES.values()]
    lists = [(v, terms) for v, terms in lists if terms]
    return render(request, "website/vocabulary.html", {"lists": lists})


@takes_query("page")
@require_safe
@cached_page
def term(request: HttpRequest, vocabulary: str, slug: str) -> HttpResponse:
    """One term: what it covers, its other spellings, the published cases it is true of."""
    if vocabulary.lower() not in VOCABULARIES:
        raise Http404
    list_ = VOCABULARIES[vocabulary.lower()]
    found: Any = named(slug, list_.terms)  # of the model of this list
    if found is None:
        raise Http404
    if (found.vocabulary, found.slug) != (vocabulary, slug):
        return redirect(found, permanent=True)
    context = {
        "term": found,
        "other_spellings": names_in(found.other_spellings),
        "list": list_,
        "catalogue_query": f"{list_.facet}={found.slug}" if list_.facet else "",
        **cases_resting(request, list_.of_term(found)),
    }
    if list_.model is RegionalGroup:
        today = timezone.localdate()
        sitting = found.memberships.filter(Q(until=None) | Q(until__gte=today))
        context["memberships"] = sitting.select_related("country").order_by("country__name")
    if list_.model is OrganisationKind:
        context["organisations"] = public_organisations().filter(kind=found).order_by(Lower("name"))
    return render(request, "website/term.html", context)


@takes_query("page")
@require_safe
@cached_page
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """One country: its names, its regional groups, the published cases about it."""
    found = get_object_or_404(Country, alpha3=iso3.upper())
    if iso3 != found.slug:
        return redirect(found, permanent=True)
    return render(
        request,
        "website/country.html",
        {
            "country": found,
            "other_names": names_in(found.other_names),
            "memberships": found.memberships.select_related("group").order_by(
                F("since").asc(nulls_first=True), "group"
            ),
            "organisations": public_organisations().filter(country=found).order_by(Lower("name")),
            "catalogue_query": f"country={found.slug}",
            **cases_resting(request, Edition.objects.listed().set_in(found)),
        },
    )
