"""What was asked of the catalogue, as a file names it: in words, and as its address."""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Field
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django_filters import Filter

from cases.models import CaseContent
from editions.models import Participation
from editions.search import MAX_LENGTH, parsed
from organisations.models import Organisation
from serving.addresses import absolute
from website.catalogue.facets import Facet
from website.catalogue.filters import SORTS, FacetFilter, effective_sort


@dataclass(frozen=True)
class QueryInWords:
    """What was asked: `words` for people, `query` as its address has it, without what changes
    nothing (pages, blanks, unknown names), `values` each once; `order` names the order of what was
    found, and `searched` says whether words were searched for."""

    words: str
    query: str
    values: tuple[str, ...]
    order: str
    searched: bool

    def address(self, name: str = "catalogue", *args: str) -> str:
        """The whole address of the page of that name with this query."""
        path = absolute(reverse(name, args=args))
        return f"{path}?{self.query}" if self.query else path


def in_words(filters: dict[str, Filter], cleaned: dict[str, Any], sort: str) -> QueryInWords:
    """What a valid form of `filters` asks for, in the order named `sort`. One
    query for each vocabulary that is asked for."""
    parts, pairs = [], []
    for name, filter_ in filters.items():
        chosen = _chosen(filter_, cleaned.get(name))
        if chosen:
            labels = [_quoted(name, label) for label in chosen.values()]
            parts.append(f"{filter_.label}: {get_text_list(labels, _('or'))}")
            pairs += [(name, value) for value in chosen]
    searched = any(name == "q" for name, value in pairs)
    order = effective_sort(sort, searched=searched)
    if order != effective_sort("", searched=searched):
        pairs.append(("sort", order))
    words = "; ".join(parts) or _("All cases")
    values = tuple(value for name, value in pairs if name != "sort")
    return QueryInWords(words, urlencode(pairs), values, order, searched)


def _chosen(filter_: Filter, value: Any) -> dict[str, str]:
    """What was chosen of one filter, as its address has it, each with its label."""
    if value in (None, "", []):
        return {}
    if not isinstance(filter_, FacetFilter):
        return _typed(value)
    labels = _labels(filter_.facet, value)
    # Beside a known word an unknown one finds nothing more; alone it is why nothing is found.
    known = {word: labels[word] for word in value if word in labels}
    return known or {word[:120]: word[:120] for word in value}


def _typed(value: Any) -> dict[str, str]:
    if not isinstance(value, str):
        return {str(int(value)): str(int(value))}
    if not parsed(value).asks:
        return {}
    plain = "".join(c if c.isprintable() else " " for c in value[:MAX_LENGTH])
    return {" ".join(plain.split()): " ".join(plain.split())}


def _labels(facet: Facet, values: list[str]) -> dict[str, str]:
    """The labels of those values that are known. An organisation that only drafts name is not."""
    if facet.model is None:
        choices = cast(Field, CaseContent._meta.get_field(facet.relation)).flatchoices
        return {value: str(label) for value, label in choices}
    stored = {facet.as_stored(value): value for value in values}
    terms = facet.model._default_manager.filter(**{f"{facet.slug}__in": stored})
    if facet.model is Organisation:
        terms = terms.filter(pk__in=Participation.objects.values("organisation"))
    return {stored[getattr(term, facet.slug)]: str(term) for term in terms}


def _quoted(name: str, label: str) -> str:
    return f"“{label}”" if name == "q" else label


def order_in_words(order: str) -> str:
    """The name of an order as readers see it: “Newest edition”."""
    return str(SORTS[order])
