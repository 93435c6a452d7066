"""What one may filter the catalogue by, in SQL: for exports, which read all that was found."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from editions.models import Edition, Participation, many_to_many
from editions.search import search
from organisations.models import Organisation

from .facets import FACETS, Facet

SORTS = {
    "relevance": _("Relevance"),
    "newest": _("Newest edition"),
    "oldest": _("Earliest start"),
    "title": _("Title"),
}
MOST_VALUES = 20


class WordsField(forms.Field):
    """Any list of words. Unknown ones find nothing, which is no error."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """The words, each once, without blanks."""
        return [w for w in dict.fromkeys(value or []) if w and "\x00" not in w][:MOST_VALUES]


class FacetFilter(django_filters.Filter):
    """Editions that have any of the values of a facet that are named as addresses name them."""

    field_class = WordsField

    def __init__(self, facet: Facet) -> None:
        super().__init__(field_name=facet.relation, label=facet.label)
        self.facet = facet

    def filter(self, queryset: QuerySet, value: Iterable[str]) -> QuerySet:
        """Nothing chosen leaves the queryset as it is."""
        if not value:
            return queryset
        facet, values = self.facet, [self.facet.as_stored(slug) for slug in value]
        if facet.model is None:
            return queryset.filter(**{f"{facet.relation}__in": values})
        if facet.model is Organisation:
            terms = Organisation.objects.with_parts(values).values("pk")
        else:
            found = facet.model._default_manager.filter(**{f"{facet.slug}__in": values})
            terms = found.values("pk")
        if facet.of_organisations:
            rows = Participation.objects.filter(**{f"organisation__{facet.relation}__in": terms})
            return queryset.filter(pk__in=rows.values("edition"))
        field = many_to_many(facet.relation)
        if not field.many_to_many:
            return queryset.filter(**{f"{field.name}__in": terms})
        through = field.remote_field.through._default_manager
        rows = through.filter(**{f"{field.m2m_reverse_field_name()}__in": terms})
        return queryset.filter(pk__in=rows.values("edition"))


class YearFilter(django_filters.NumberFilter):
    """A whole year, astronomical: 0 is 1 BCE."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Type a year in figures, such as 1994, or leave the field empty.")
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
        super().__init__(min_value=-3000, max_value=2200, error_messages=messages, **kwargs)


class CatalogueForm(forms.Form):
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
    """The parameters of the catalogue: words, every facet, years. Within a facet any value will do;
    across facets all must hold; `from` and `to` ask for initiatives that overlap these years."""

    q = django_filters.CharFilter(method="find", label=_("Words"))
    from_year = YearFilter(method="since", label=_("From year"))
    to_year = YearFilter(field_name="start_year", lookup_expr="lte", label=_("To year"))

    class Meta:
        model = Edition
        form = CatalogueForm
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """The filters by their names in addresses; `from` cannot be a name in Python."""
        declared = super().get_filters()
        return {
            "q": declared["q"],
            **{name: FacetFilter(facet) for name, facet in FACETS.items()},
            "from": declared["from_year"],
            "to": declared["to_year"],
        }

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
