"""The parameters of the catalogue's address: read once, cleaned, checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import cast
from urllib.parse import quote_plus

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from editions.search import parsed
from organisations.models import Organisation

from .facets import FACETS
from .filters import MOST_VALUES, CatalogueFilter, effective_sort

TYPED = ("q", "from", "to")
KNOWN = (*FACETS, *TYPED, "sort", "view")
"""The names that the address of the catalogue may have behind it, besides its page."""
LONGEST_LINKED = 300
"""A longer question stands in no link that adds to it: a page may have hundreds of these."""
_PLAIN_YEAR = re.compile(r"(1[0-9]{3}|2[01][0-9]{2})?")
VIEWS = {
    "list": _("List"),
    "timeline": _("Timeline"),
    "map": _("Map"),
    "grid": _("Evidence grid"),
}


def clean(query: QueryDict) -> QueryDict:
    """The query part of an address without NUL, and without values beyond so many of one name."""
    kept = query.copy()
    for name in query:
        values = (value.replace("\x00", "") for value in query.getlist(name))
        kept.setlist(name, list(dict.fromkeys(values))[:MOST_VALUES])
    return kept


def redirect_merged(query: QueryDict) -> QueryDict | None:
    """The query with organisations that were merged named as what they became; None where none
    was."""
    slugs = query.getlist("organisation")
    if not slugs:
        return None
    merged = Organisation.objects.filter(
        slug__in=slugs, merged_into__edition_participations__isnull=False
    )
    became = dict(merged.values_list("slug", "merged_into__slug"))
    if not became:
        return None
    named = query.copy()
    named.setlist("organisation", list(dict.fromkeys(became.get(s, s) for s in slugs)))
    return named


@cache
def _years_form() -> type[Form]:
    """The form of django-filter's two filters by year, made once: making it costs more than
    filling it in."""
    fields = {name: CatalogueFilter.base_filters[name].field for name in ("from", "to")}
    return type("YearsForm", (CatalogueFilter.Meta.form,), fields)


@dataclass(frozen=True)
class CatalogueParams:
    """What is asked for, from the query part of an address that `clean` has been over."""

    query_dict: QueryDict

    @cached_property
    def form(self) -> Form:
        """The years that were typed, checked. Nothing else needs a check: unknown choices find
        nothing, and so do strange words."""
        form = _years_form()(self.query_dict)
        form.is_valid()
        return form

    @cached_property
    def _plain_years(self) -> tuple[int | None, int | None] | None:
        """The years where nothing can be wrong with them: the form takes longer than the rest."""
        typed = self.query_dict.get("from", ""), self.query_dict.get("to", "")
        if not all(map(_PLAIN_YEAR.fullmatch, typed)) or (all(typed) and typed[0] > typed[1]):
            return None
        return int(typed[0]) if typed[0] else None, int(typed[1]) if typed[1] else None

    @cached_property
    def errors(self) -> Mapping[str, Sequence[str]]:
        """By the name of a year, what is wrong with it."""
        return {} if self._plain_years else cast(Mapping[str, Sequence[str]], self.form.errors)

    @cached_property
    def years(self) -> tuple[int | None, int | None]:
        """The first and the last year asked for, where they are."""
        if self._plain_years:
            return self._plain_years
        years = self.form.cleaned_data
        return years.get("from"), years.get("to")

    @property
    def words(self) -> str:
        """What was typed to be searched for."""
        return self.query_dict.get("q", "")

    @cached_property
    def is_searched(self) -> bool:
        """Whether the words hold anything that can be searched for."""
        return parsed(self.words).asks

    @cached_property
    def sort(self) -> str:
        """The name of the order of the results."""
        return effective_sort(self.query_dict.get("sort", ""), searched=self.is_searched)

    @property
    def view(self) -> str:
        """How the results are shown: as a list unless another of VIEWS is asked for."""
        view = self.query_dict.get("view", "")
        return view if view in VIEWS else "list"

    def chosen(self, facet: str) -> list[str]:
        """The values chosen in a facet, each once, as typed."""
        return self._values.get(facet, [])

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        return {
            name: [value for value in dict.fromkeys(values) if value]
            for name, values in self.query_dict.lists()
        }

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Everything in the address, as (name, value), but the page; blanks are left out."""
        names = (name for name in self.query_dict if name != "page")
        return [(name, value) for name in names for value in self.query_dict.getlist(name) if value]

    @cached_property
    def _selecting(self) -> list[tuple[str, str]]:
        """The pairs that bear on which cases are found and in what order."""
        known = (*FACETS, *TYPED, "sort")
        return [(name, value) for name, value in self.pairs if name in known]

    @cached_property
    def query(self) -> str:
        """What selects and sorts the cases, as addresses have it behind them: “?…”, or nothing."""
        return "?" + encoded(self._selecting) if self._selecting else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether less than all cases are asked for."""
        return any(name != "sort" for name, _value in self._selecting)

    @property
    def is_long(self) -> bool:
        """Whether there is so much in the address that nothing more can be added by a link."""
        return len(self.query) > LONGEST_LINKED

    @property
    def query_of_case(self) -> str:
        """What the address of a case has behind it, so that its page knows what was asked for, and
        whether it was opened from the timeline, which has an order of its own. Nothing where that
        is long."""
        if not self.is_narrowed or self.is_long:
            return ""
        return self.query + ("&view=timeline" if self.view == "timeline" else "")

    def without(self, name: str, value: str | None = None) -> str:
        """The address without a value of one name, or without all of that name."""
        return "?" + "&".join(
            part
            for pair, part in self._parts
            if pair[0] != name or (value is not None and pair[1] != value)
        )

    def only(self, **values: str) -> str:
        """The address with each of these as the one value of its name; a blank one for none."""
        others = [part for pair, part in self._parts if pair[0] not in values]
        new = [encoded([pair]) for pair in values.items() if pair[1]]
        return "?" + "&".join(others + new)

    def before_one_more(self, name: str) -> str:
        """The address without that name, so that one pair may be written behind it."""
        address = self.without(name)
        return address if address == "?" else f"{address}&"

    def around(self, name: str) -> tuple[str, str]:
        """What stands before and after one more value of that name in an address."""
        if name not in self.query_dict:
            return self._before_more, ""
        last = max((i for i, pair in enumerate(self.pairs) if pair[0] == name), default=None)
        cut = len(self.pairs) if last is None else last + 1
        parts = [part for _pair, part in self._parts]
        before, after = "&".join(parts[:cut]), "&".join(parts[cut:])
        return (f"?{before}&" if before else "?"), (f"&{after}" if after else "")

    @cached_property
    def _before_more(self) -> str:
        parts = "&".join(part for _pair, part in self._parts)
        return f"?{parts}&" if parts else "?"

    @cached_property
    def _parts(self) -> list[tuple[tuple[str, str], str]]:
        """The pairs, each with how it stands in addresses."""
        return [(pair, encoded([pair])) for pair in self.pairs]

    def sent_along(self, *names: str) -> list[tuple[str, str]]:
        """What a form must send along besides its own fields: the facets, and `names`."""
        return [pair for pair in self.pairs if pair[0] in (*FACETS, "view", *names)]


def encoded(pairs: list[tuple[str, str]]) -> str:
    """The pairs as the query part of an address."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)
