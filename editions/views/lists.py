"""The pages of organisations, sources, vocabularies and countries: what rests on each."""

from typing import NamedTuple

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_safe

from cases.models import Aim, Conflict, ConflictType, InitiativeType
from editions.models import Edition, EditionCitation, Participation
from organisations.models import (
    Country,
    Organisation,
    OrganisationKind,
    RegionalGroup,
    Term,
    names_in,
)
from sources.citing import read_locator, reference
from sources.formats import csl_json
from sources.models import Source

PAGE = 100
CASES = 50


class Vocabulary(NamedTuple):
    """A list of terms; `about` says in a sentence what its terms tell of a case, and `facet` is
    what the catalogue calls it."""

    model: type[Term]
    about: Promise
    facet: str = ""

    @property
    def name(self) -> str:
        """What the list is called: “Types of conflict”."""
        return capfirst(self.model._meta.verbose_name_plural)

    @property
    def singular(self) -> str:
        """What one of its terms is called: “Type of conflict”."""
        return capfirst(self.model._meta.verbose_name)

    @property
    def editions(self) -> str:
        """The way from a term to the editions that bear it."""
        return "organisations__editions" if self.model is OrganisationKind else "editions"

    @property
    def terms(self) -> "QuerySet[Term]":
        """Those that readers know of: a conflict may be added for a draft, so only those that a
        published edition is about."""
        terms = self.model.objects.all()
        if self.model is Conflict:
            about = Edition.objects.exclude(conflict=None)
            terms = terms.filter(pk__in=about.values("conflict"))
        return terms


VOCABULARIES = {
    vocabulary.model.vocabulary: vocabulary
    for vocabulary in (
        Vocabulary(
            RegionalGroup,
            _later("In which regional group of the United Nations the countries of a case sit."),
            "region",
        ),
        Vocabulary(
            ConflictType,
            _later("Who fought whom, or who might have; a case may hold several."),
            "conflict",
        ),
        Vocabulary(
            InitiativeType,
            _later("What was done for peace; a case may hold several."),
            "initiative",
        ),
        Vocabulary(Aim, _later("What the initiative set out to do about the conflict."), "aim"),
        Vocabulary(Conflict, _later("The one conflict that a case is about, as scholars name it.")),
        Vocabulary(
            OrganisationKind, _later("What kind of body carried the initiative out, and for whom.")
        ),
    )
}


def with_counts(queryset: QuerySet, editions: str = "editions") -> QuerySet:
    """Each row with `count`, its published cases, and `newest`, when one of them was last changed;
    `editions` is the way there."""
    listed = Q(**{f"{editions}__in": Edition.objects.listed().values("pk")})
    return queryset.annotate(
        count=Count(editions, filter=listed, distinct=True),
        newest=Max(f"{editions}__published_at", filter=listed),
    )


def public_organisations() -> "QuerySet[Organisation]":
    """Those that a published edition names; what only drafts name is nobody's business."""
    return Organisation.objects.kept().filter(pk__in=Participation.objects.values("organisation"))


def public_sources() -> "QuerySet[Source]":
    """Those that a published edition cites."""
    return Source.objects.filter(pk__in=EditionCitation.objects.values("source"))


def _page(request: HttpRequest, queryset: QuerySet, size: int = PAGE) -> Page:
    page = Paginator(queryset, size).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def _cases(request: HttpRequest, editions: "QuerySet[Edition]") -> Page:
    return _page(request, editions.for_lists().order_by("start_year", "title", "pk"), CASES)


def _earlier(editions: "QuerySet[Edition]") -> "QuerySet[Edition]":
    """Of `editions`, those of cases that have none of them in print any more."""
    in_print = Edition.objects.listed().filter(pk__in=editions.values("pk"))
    return (
        editions.exclude(case__in=in_print.values("case"))
        .select_related("case")
        .only("title", "number", "case__slug")
        .order_by("title", "-number")
    )


def _named(slug: str, rows: QuerySet) -> Organisation | Term | None:
    """The row of that slug, or else of that slug in other letters, small or capital."""
    found = list(rows.filter(slug__iexact=slug))
    return next((row for row in found if row.slug == slug), found[0] if found else None)


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation that a published case names."""
    found = with_counts(public_organisations()).select_related("kind").order_by(Lower("name"), "pk")
    return render(request, "editions/organisations.html", {"page": _page(request, found)})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation; the address of one that was merged leads to the one it became."""
    public = public_organisations()
    found = _named(slug, public.select_related("kind", "country"))
    if found is None:
        return redirect(
            get_object_or_404(public.distinct(), merged__slug__iexact=slug), permanent=True
        )
    if found.slug != slug:
        return redirect(found, permanent=True)
    related = public.filter(
        Q(parent=found) | Q(successor=found) | Q(pk__in=[found.parent_id, found.successor_id])
    )
    related = list(with_counts(related).order_by(Lower("name")))
    editions = Edition.objects.carried_out_by(found)
    return render(
        request,
        "editions/organisation.html",
        {
            "organisation": found,
            "other_names": names_in(found.other_names),
            "parent": next((o for o in related if o.pk == found.parent_id), None),
            "successor": next((o for o in related if o.pk == found.successor_id), None),
            "parts": [o for o in related if o.parent_id == found.pk],
            "predecessors": [o for o in related if o.successor_id == found.pk],
            "page": _cases(request, editions.listed()),
            "question": f"organisation={found.slug}",
            "earlier": _earlier(editions),
        },
    )


def _references(found: list[Source]) -> dict[int, str]:
    """The reference to each source as HTML, by primary key. Setting one costs about a millisecond,
    so each is kept until its source is saved again."""
    keys = {source.pk: f"reference:{source.pk}:{source.updated_at.timestamp()}" for source in found}
    known = cache.get_many(keys.values())
    new = {
        keys[source.pk]: reference(csl_json(source)).html
        for source in found
        if keys[source.pk] not in known
    }
    if new:
        cache.set_many(new, timeout=24 * 60 * 60)
    return {pk: (known | new)[key] for pk, key in keys.items()}


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source that a published case rests on, as it is cited."""
    found = with_counts(public_sources(), "edition_citations__edition")
    page = _page(request, found.prefetch_related("contributors").order_by(Lower("key")))
    references = _references(page.object_list)
    for source in page.object_list:
        source.reference = references[source.pk]
    return render(request, "editions/sources.html", {"page": page})


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source, and each note of a published case in which it is cited."""
    found = get_object_or_404(public_sources().prefetch_related("contributors"), key__iexact=key)
    if found.key != key:
        return redirect(found, permanent=True)
    citations = list(
        EditionCitation.objects.filter(edition__in=Edition.objects.listed(), source=found)
        .select_related("edition__case")
        .only("note_number", "locator", "edition__title", "edition__case__slug")
        .order_by("edition__title", "edition_id", "note_number", "position")
    )
    for citation in citations:
        citation.place = _place(citation.locator)
    return render(
        request,
        "editions/source.html",
        {
            "source": found,
            "reference": _references([found])[found.pk],
            "written_in": _language(found.language),
            "citations": citations,
            "earlier": _earlier(Edition.objects.resting_on(found)),
        },
    )


def _place(locator: str) -> str:
    """The place in a source as notes print it: “pp.52-4” for 52-4, anything but pages as it is."""
    words = read_locator(locator)
    if words.label != "page":
        return words.value
    several = any(sign in words.value for sign in "-,&")
    return (_("pp.%s") if several else _("p.%s")) % words.value


def _language(code: str) -> str:
    """What the language of that code is called; the code itself where Django knows no name."""
    try:
        return get_language_info(code)["name_translated"] if code else ""
    except KeyError:
        return code


@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Every list of terms, each term with its definition."""
    lists = [
        (v, with_counts(v.terms, v.editions).order_by("position", "label"))
        for v in VOCABULARIES.values()
    ]
    lists = [(v, terms) for v, terms in lists if terms]
    return render(request, "editions/vocabulary.html", {"lists": lists})


@require_safe
def term(request: HttpRequest, vocabulary: str, slug: str) -> HttpResponse:
    """One term: what it covers, its other spellings, the published cases it is true of."""
    if vocabulary.lower() not in VOCABULARIES:
        raise Http404
    list_ = VOCABULARIES[vocabulary.lower()]
    found = _named(slug, list_.terms)
    if found is None:
        raise Http404
    if (found.vocabulary, found.slug) != (vocabulary, slug):
        return redirect(found, permanent=True)
    rows = list_.model.objects.filter(pk=found.pk).values(list_.editions)
    context = {
        "term": found,
        "other_spellings": names_in(found.other_spellings),
        "list": list_,
        "question": f"{list_.facet}={found.slug}" if list_.facet else "",
        "page": _cases(request, Edition.objects.listed().filter(pk__in=rows)),
    }
    if list_.model is RegionalGroup:
        today = timezone.localdate()
        sitting = found.memberships.filter(Q(until=None) | Q(until__gte=today))
        context["memberships"] = sitting.select_related("country").order_by("country__name")
    if list_.model is OrganisationKind:
        context["organisations"] = public_organisations().filter(kind=found).order_by(Lower("name"))
    return render(request, "editions/term.html", context)


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
            "other_names": names_in(found.other_names),
            "memberships": found.memberships.select_related("group").order_by(
                F("since").asc(nulls_first=True), "group"
            ),
            "organisations": public_organisations().filter(country=found).order_by(Lower("name")),
            "page": _cases(request, Edition.objects.listed().set_in(found)),
            "question": f"country={found.slug}",
        },
    )
