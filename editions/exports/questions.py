"""The catalogue's question as a file names it: in words, and as its address."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django_filters import Filter

from cases.models import CaseContent
from editions.filters import SORTS, TermFilter, WordsField, effective_sort
from editions.models import Participation
from editions.search import MAX_LENGTH, parse
from organisations.models import Organisation


@dataclass(frozen=True)
class Asked:
    """A question: `words` for people, `query` as its address has it, without what changes nothing
    (pages, blanks, names nobody knows), `values` each once; `order` names the order of its answer,
    and `searched` says whether words were searched for."""

    words: str
    query: str
    values: tuple[str, ...]
    order: str
    searched: bool

    def address(self, name: str = "catalogue", *args: str) -> str:
        """The whole address of this question under SITE_URL, at the page of that name."""
        path = settings.SITE_URL + reverse(name, args=args)
        return f"{path}?{self.query}" if self.query else path


def asked(filters: dict[str, Filter], cleaned: dict[str, Any], sort: str) -> Asked:
    """The question that a valid form of `filters` holds, asked for in the order named `sort`. One
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
    return Asked(words, urlencode(pairs), values, order, searched)


def _chosen(filter_: Filter, value: Any) -> dict[str, str]:
    """What was chosen of one filter, as its address has it, each with its label."""
    if value in (None, "", []):
        return {}
    if not issubclass(filter_.field_class, WordsField):
        return _typed(value)
    labels = _labels(filter_, value)
    # Beside a known word an unknown one finds nothing more; alone it is why nothing is found.
    known = {word: labels[word] for word in value if word in labels}
    return known or {word[:120]: word[:120] for word in value}


def _typed(value: Any) -> dict[str, str]:
    if not isinstance(value, str):
        return {str(int(value)): str(int(value))}
    if not parse(value):
        return {}
    plain = "".join(c if c.isprintable() else " " for c in value[:MAX_LENGTH])
    return {" ".join(plain.split()): " ".join(plain.split())}


def _labels(filter_: Filter, words: list[str]) -> dict[str, str]:
    """The labels of those words that are known. An organisation that only drafts name is not."""
    if not isinstance(filter_, TermFilter):
        return {word: str(label) for word, label in CaseContent.Impact.choices}
    stored = {filter_.as_stored(word): word for word in words}
    terms = filter_.term_model.objects.filter(**{f"{filter_.slug}__in": stored})
    if filter_.term_model is Organisation:
        terms = terms.filter(pk__in=Participation.objects.values("organisation"))
    return {stored[getattr(term, filter_.slug)]: str(term) for term in terms}


def _quoted(name: str, label: str) -> str:
    return f"“{label}”" if name == "q" else label


def order_in_words(order: str) -> str:
    """The name of an order as readers see it: “Newest edition”."""
    return str(SORTS[order][0])
