"""A reader's question to the catalogue, as its address has it: read once, bounded, checked."""

from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import quote_plus

from django.forms import Form
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from organisations.models import Organisation

from .filters import MOST_VALUES, SORTS, CatalogueFilter, effective_sort
from .search import parse

FACETS = ("region", "country", "conflict", "initiative", "organisation", "kind", "aim", "impact")
TYPED = ("q", "from", "to")
VIEWS = {
    "list": _later("List"),
    "timeline": _later("Timeline"),
    "map": _later("Map"),
    "grid": _later("Evidence grid"),
}


def bounded(question: QueryDict) -> QueryDict:
    """The question without what nobody means: NUL, and values beyond so many of one name."""
    kept = question.copy()
    for name in question:
        values = (value.replace("\x00", "") for value in question.getlist(name))
        kept.setlist(name, list(dict.fromkeys(values))[:MOST_VALUES])
    return kept


def after_merges(question: QueryDict) -> QueryDict | None:
    """The question with organisations that were merged named as what they became; None where
    none was."""
    slugs = question.getlist("organisation")
    if not slugs:
        return None
    merged = Organisation.objects.filter(
        slug__in=slugs, merged_into__edition_participations__isnull=False
    )
    became = dict(merged.values_list("slug", "merged_into__slug"))
    if not became:
        return None
    named = question.copy()
    named.setlist("organisation", list(dict.fromkeys(became.get(s, s) for s in slugs)))
    return named


@cache
def _form_class() -> type[Form]:
    """The form of django-filter's filters, made once: making it costs more than filling it in."""
    return CatalogueFilter(QueryDict()).get_form_class()


@dataclass(frozen=True)
class Question:
    """What is asked, from the query part of an address that `bounded` has been over."""

    asked: QueryDict

    @cached_property
    def form(self) -> Form:
        """django-filter's form, filled in; its errors name what is wrong."""
        form = _form_class()(self.asked)
        form.is_valid()
        return form

    @property
    def words(self) -> str:
        """What was typed to be searched for."""
        return self.asked.get("q", "")

    @cached_property
    def is_searched(self) -> bool:
        """Whether the words hold anything that can be searched for."""
        return bool(parse(self.form.cleaned_data.get("q") or ""))

    @cached_property
    def sort(self) -> str:
        """The name of the order that the answer stands in."""
        return effective_sort(self.asked.get("sort", ""), searched=self.is_searched)

    @property
    def sorts(self) -> list[tuple[str, str | Promise, str]]:
        """The orders that can be asked for: name, label, address."""
        usable = (name for name in SORTS if self.is_searched or name != "relevance")
        return [(name, SORTS[name][0], self.only(sort=name)) for name in usable]

    @property
    def view(self) -> str:
        """How the answer is looked at: a list unless another of VIEWS is asked for."""
        view = self.asked.get("view", "")
        return view if view in VIEWS else "list"

    @property
    def years(self) -> list[dict[str, object]]:
        """The two years as fields of a form: name, label, what was typed, what is wrong with it."""
        return [
            {
                "name": name,
                "label": label,
                "value": self.asked.get(name, ""),
                "errors": self.form.errors.get(name, ()),
            }
            for name, label in (("from", _("From")), ("to", _("To")))
        ]

    def chosen(self, facet: str) -> list[str]:
        """The values chosen in a facet, each once, as typed."""
        return [value for value in dict.fromkeys(self.asked.getlist(facet)) if value]

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Everything in the address, as (name, value), but the page; blanks are left out."""
        names = (name for name in self.asked if name != "page")
        return [(name, value) for name in names for value in self.asked.getlist(name) if value]

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """The pairs that bear on which cases are found and in what order."""
        known = (*FACETS, *TYPED, "sort")
        return [(name, value) for name, value in self.pairs if name in known]

    @property
    def query(self) -> str:
        """The question as addresses have it behind them: “?…”, or nothing."""
        return "?" + encoded(self.facts) if self.facts else ""

    @property
    def is_asked(self) -> bool:
        """Whether anything narrows the answer."""
        return any(name != "sort" for name, _value in self.facts)

    def without(self, name: str, value: str | None = None) -> str:
        """The address without a value of one name, or without all of that name."""
        gone = {(name, value)} if value is not None else {p for p in self.pairs if p[0] == name}
        return self._address([pair for pair in self.pairs if pair not in gone])

    def only(self, **values: str) -> str:
        """The address with each of these as the one value of its name; a blank one for none."""
        others = [pair for pair in self.pairs if pair[0] not in values]
        return self._address([*others, *(pair for pair in values.items() if pair[1])])

    def around(self, name: str) -> tuple[str, str]:
        """What stands before and after one more value of that name in an address."""
        last = max((i for i, pair in enumerate(self.pairs) if pair[0] == name), default=None)
        cut = len(self.pairs) if last is None else last + 1
        before, after = "&".join(self._parts[:cut]), "&".join(self._parts[cut:])
        return (f"?{before}&" if before else "?"), (f"&{after}" if after else "")

    @cached_property
    def _parts(self) -> list[str]:
        """The pairs as they stand in addresses."""
        return [encoded([pair]) for pair in self.pairs]

    def _address(self, pairs: list[tuple[str, str]]) -> str:
        return "?" + encoded(pairs)

    @property
    def views(self) -> list[tuple[str, str | Promise, str]]:
        """The ways of looking at the answer: name, label, address."""
        return [
            (name, label, self.only(view="" if name == "list" else name))
            for name, label in VIEWS.items()
        ]

    def kept(self, *names: str) -> list[tuple[str, str]]:
        """What a form must send along besides its own fields: the facets, and `names`."""
        return [pair for pair in self.pairs if pair[0] in (*FACETS, "view", *names)]


def encoded(pairs: list[tuple[str, str]]) -> str:
    """The pairs as the query part of an address."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)
