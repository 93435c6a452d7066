"""Counts for each choice of the catalogue's facets, and the addresses that choosing leads to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django_filters import Filter

from cases.models import CaseContent
from organisations.models import Organisation

from .filters import CatalogueFilter, TermFilter
from .models import Edition, Participation

FACETS = ("region", "country", "conflict", "initiative", "organisation", "aim", "impact")


@dataclass(frozen=True)
class Choice:
    """One value of a facet: `count` cases match if it is chosen besides what is chosen elsewhere;
    `address` chooses it, or takes it back where it is `chosen`."""

    slug: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """One way of narrowing the catalogue."""

    name: str
    label: str | Promise
    choices: list[Choice]

    @property
    def is_used(self) -> bool:
        """Whether anything of it is chosen."""
        return any(choice.chosen for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """One part of the question as it stands; `address` is the question without it."""

    facet: str | Promise
    label: str
    address: str


def facets(
    question: QueryDict, queryset: "QuerySet[Edition]", names: Iterable[str] = FACETS
) -> list[Facet]:
    """The facets with their counts over `queryset`: one query each, whatever the number of rows."""
    return [_facet(name, question, queryset) for name in names]


def _facet(name: str, question: QueryDict, queryset: "QuerySet[Edition]") -> Facet:
    chosen = [value for value in question.getlist(name) if value]
    others = question.copy()
    others.pop(name, None)
    found = CatalogueFilter(others, queryset=queryset).qs.order_by()
    filter_ = CatalogueFilter.base_filters[name]
    rows = _term_counts(filter_, found) if isinstance(filter_, TermFilter) else _impacts(found)
    rows += _without_cases(filter_, set(chosen) - {slug for slug, _, _ in rows})
    choices = [
        Choice(slug, label, count, slug in chosen, _toggled(question, name, slug))
        for slug, label, count in rows
    ]
    choices.sort(key=lambda c: (not c.chosen, -c.count, c.label))
    return Facet(name, filter_.label, choices)


def _term_counts(filter_: TermFilter, found: QuerySet) -> list[tuple[str, str, int]]:
    label = "name" if hasattr(filter_.term_model, "names") else "label"
    field = Edition._meta.get_field(filter_.field_name)
    if field.many_to_many:
        rows = field.remote_field.through.objects.filter(edition__in=found.values("pk"))
        far = field.m2m_reverse_field_name()
    else:
        rows, far = Edition.objects.filter(pk__in=found.values("pk")).exclude(aim=None), field.name
    counted = (
        rows.order_by()
        .values_list(f"{far}__{filter_.slug}", f"{far}__{label}")
        .annotate(count=Count("pk"))
    )
    return [(slug.lower(), name, count) for slug, name, count in counted]


def _impacts(found: QuerySet) -> list[tuple[str, str, int]]:
    counted = found.exclude(impact="").values_list("impact").annotate(count=Count("pk"))
    labels = dict(CaseContent.Impact.choices)
    return [(impact, str(labels[impact]), count) for impact, count in counted]


def _without_cases(filter_: Filter, slugs: set[str]) -> list[tuple[str, str, int]]:
    """What is chosen and has no case, so that it can be named and taken back."""
    if not slugs or not isinstance(filter_, TermFilter):
        return []
    stored = [filter_.as_stored(slug) for slug in slugs]
    terms = filter_.term_model.objects.filter(**{f"{filter_.slug}__in": stored})
    if filter_.term_model is Organisation:  # one that only drafts name is not public
        terms = terms.filter(pk__in=Participation.objects.values("organisation"))
    return [(getattr(term, filter_.slug).lower(), str(term), 0) for term in terms]


def kept(question: QueryDict) -> list[tuple[str, str]]:
    """What a form beside the facets must send along: every choice, but not words, years or sort."""
    return [
        (name, value) for name in FACETS for value in dict.fromkeys(question.getlist(name)) if value
    ]


def _toggled(question: QueryDict, name: str, value: str) -> str:
    values = question.getlist(name)
    kept = [v for v in values if v != value] if value in values else [*values, value]
    return _address(question, name, kept)


def _address(question: QueryDict, name: str, values: list[str]) -> str:
    """The query part of the question with these values of one name, from its first page."""
    new = question.copy()
    new.pop("page", None)
    new.setlist(name, values)
    for key in [key for key in new if not any(new.getlist(key))]:
        del new[key]
    return "?" + new.urlencode()


def chips(question: QueryDict, shown: list[Facet]) -> list[Chip]:
    """What the question holds, each part removable; named as readers know it where it is known."""
    found = []
    for name in ("q", "from", "to"):
        value = question.get(name, "").strip()
        if value:
            label = CatalogueFilter.base_filters[name].label
            found.append(Chip(label, value, _address(question, name, [])))
    for facet in shown:
        labels = {choice.slug: choice.label for choice in facet.choices}
        for value in dict.fromkeys(question.getlist(facet.name)):
            if value:
                label = labels.get(value, value)
                found.append(Chip(facet.label, label, _toggled(question, facet.name, value)))
    return found
