"""What one may filter the catalogue by: the words of its address."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Aim, CaseContent, ConflictType, InitiativeType
from organisations.models import Country, Organisation, OrganisationKind, RegionalGroup

from .models import Edition, Participation
from .search import search

SORTS = {
    "relevance": (_("Relevance"), ("-rank", "title", "pk")),
    "newest": (_("Newest edition"), ("-published_at", "-pk")),
    "oldest": (_("Earliest start"), ("start_year", "title", "pk")),
    "title": (_("Title"), ("title", "pk")),
}
MOST_VALUES = 20


class WordsField(forms.Field):
    """Any list of words. Unknown ones find nothing, which is an answer and no error."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """The words, each once, without blanks."""
        return [w for w in dict.fromkeys(value or []) if w and "\x00" not in w][:MOST_VALUES]


class TermFilter(django_filters.Filter):
    """Editions that have any of the terms named by slug, through the rows that join the two."""

    field_class = WordsField

    def __init__(self, model: type[Model], slug: str = "slug", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.term_model, self.slug = model, slug  # `model` is what django-filter sets

    def filter(self, queryset: QuerySet, value: Iterable[str]) -> QuerySet:
        """`value` is a list of slugs; nothing chosen leaves the queryset as it is."""
        if not value:
            return queryset
        terms = self.term_model.objects.filter(
            **{f"{self.slug}__in": [self.as_stored(slug) for slug in value]}
        )
        field = Edition._meta.get_field(self.field_name)
        if not field.many_to_many:
            return queryset.filter(**{f"{field.name}__in": terms.values("pk")})
        rows = field.remote_field.through.objects.filter(
            **{f"{field.m2m_reverse_field_name()}__in": terms.values("pk")}
        )
        return queryset.filter(pk__in=rows.values("edition"))

    def as_stored(self, slug: str) -> str:
        """The value as the database has it: addresses write country codes in small letters."""
        return slug.upper() if self.slug == "alpha3" else slug


class KindFilter(TermFilter):
    """Editions with an organisation of any of the kinds named by slug."""

    def filter(self, queryset: QuerySet, value: Iterable[str]) -> QuerySet:
        """`value` is a list of slugs; nothing chosen leaves the queryset as it is."""
        if not value:
            return queryset
        rows = Participation.objects.filter(organisation__kind__slug__in=value)
        return queryset.filter(pk__in=rows.values("edition"))


class ImpactFilter(django_filters.Filter):
    """Editions whose initiative had any of these impacts."""

    field_class = WordsField

    def filter(self, queryset: QuerySet, value: Iterable[str]) -> QuerySet:
        """`value` is a list of impacts; nothing chosen leaves the queryset as it is."""
        known = [word for word in value or () if word in CaseContent.Impact.values]
        return queryset.filter(impact__in=known) if value else queryset


class YearFilter(django_filters.NumberFilter):
    """A whole year, astronomical: 0 is 1 BCE."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Type a year in figures, such as 1994, or leave the field empty.")
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
        super().__init__(min_value=-3000, max_value=2200, error_messages=messages, **kwargs)


class Question(forms.Form):
    """What the filters cannot see one by one."""

    def clean(self) -> dict[str, Any]:
        """The years in their order; a first year after the last is named and left out."""
        start, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if start is not None and end is not None and start > end:
            words = {"start": int(start), "end": int(end)}
            message = _("The first year, %(start)s, is after the last, %(end)s: change one.")
            self.add_error("from", message % words)
        return self.cleaned_data


class CatalogueFilter(django_filters.FilterSet):
    """The catalogue's question. Within a facet any choice will do; across facets all must hold;
    `from` and `to` ask for initiatives that overlap these years."""

    q = django_filters.CharFilter(method="find", label=_("Words"))
    region = TermFilter(RegionalGroup, field_name="regional_groups", label=_("UN regional group"))
    country = TermFilter(Country, "alpha3", field_name="countries", label=_("Country"))
    conflict = TermFilter(ConflictType, field_name="conflict_types", label=_("Type of conflict"))
    initiative = TermFilter(
        InitiativeType, field_name="initiative_types", label=_("Type of initiative")
    )
    organisation = TermFilter(Organisation, field_name="organisations", label=_("Organisation"))
    kind = KindFilter(OrganisationKind, label=_("Kind of organisation"))
    aim = TermFilter(Aim, field_name="aim", label=_("Aim"))
    impact = ImpactFilter(label=_("Impact"))
    from_year = YearFilter(method="since", label=_("From year"))
    to_year = YearFilter(field_name="start_year", lookup_expr="lte", label=_("To year"))

    class Meta:
        model = Edition
        form = Question
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """The filters by their names in addresses; `from` cannot be a name in Python."""
        names = {"from_year": "from", "to_year": "to"}
        return {names.get(name, name): f for name, f in super().get_filters().items()}

    def find(self, queryset: QuerySet, name: str, text: str) -> QuerySet:
        """Those that hold the words."""
        return search(queryset, text)

    def since(self, queryset: QuerySet, name: str, year: int) -> QuerySet:
        """Those that went on in `year` or later; one without an end year counts by its start."""
        return queryset.filter(
            Q(end_year__gte=year) | Q(ongoing=True) | Q(end_year=None, start_year__gte=year)
        )


def effective_sort(sort: str, *, searched: bool) -> str:
    """The name of the order that `sort` leads to: by relevance where words were searched and
    nothing else is asked for, else by the newest edition."""
    if sort not in SORTS or (sort == "relevance" and not searched):
        return "relevance" if searched else "newest"
    return sort


def ordered(queryset: QuerySet, sort: str, *, searched: bool) -> QuerySet:
    """The queryset in the order named `sort`, or in its own; see `effective_sort`."""
    return queryset.order_by(*SORTS[effective_sort(sort, searched=searched)][1])
