"""Counts for each choice of the catalogue's facets, and the addresses that choosing leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from operator import itemgetter
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from serving.template_slots import TemplateSlots, joined

from .catalogue import Name
from .facets import FACETS, SHOWN, Facet
from .filters import CatalogueFilter
from .params import TYPED, CatalogueParams
from .results import CatalogueResults

IN_SIGHT = 6  # choices of a facet that are always in sight
MOST = 120  # choices of a facet in all
_CHOICE = TemplateSlots("website/_facet_choice.html", "address", "label", "count")
_SECTIONS = {
    name: TemplateSlots(
        "website/_facet_section.html",
        *("first", "rest"),
        always={"name": name, "label": facet.label},
    )
    for name, facet in FACETS.items()
}


class Choice(NamedTuple):
    """One value of a facet: `count` cases match if it is chosen besides what is chosen in other
    facets; `address`, escaped, chooses it, or takes it back where it is `chosen`."""

    name: Name
    count: int  # type: ignore[assignment]  # hides tuple.count
    chosen: bool
    address: str


@dataclass(frozen=True)
class FacetChoices:
    """What can be chosen in one facet: what is `chosen`, and `others` with their counts, most
    first; an address that chooses one of them has its slug between `before` and `after`."""

    facet: Facet
    chosen: list[Choice]
    others: list[tuple[int, Name]]
    before: str
    after: str
    itself: dict[str, int]  # by slug, of organisations with parts: how many name them themselves

    @property
    def all(self) -> list[Choice]:
        """All that can be chosen or taken back."""
        return self.chosen + [
            Choice(name, count, False, f"{self.before}{name.slug}{self.after}")
            for count, name in self.others
        ]


def as_html(found: list[FacetChoices]) -> SafeString:
    """The facets as sections of the page, each with some choices in sight and more to unfold; those
    without a choice are left out."""
    lines = {
        chosen: _CHOICE.rendered(chosen=chosen).format_string("address", "label", "count")
        for chosen in (False, True)
    }
    return joined(_section(choices, lines) for choices in found if choices.chosen or choices.others)


def _section(choices: FacetChoices, lines: dict[bool, str]) -> SafeString:
    rows = [
        lines[True] % (address, _with_itself(name.html, name.slug, choices.itself), count)
        for name, count, _chosen, address in choices.chosen[:MOST]
    ]
    before, after, line = choices.before, choices.after, lines[False]
    rows += [
        line % (f"{before}{slug}{after}", _with_itself(html, slug, choices.itself), count)
        for count, (slug, _label, html, _order) in choices.others[: MOST - len(rows)]
    ]
    further = rows[IN_SIGHT:MOST]
    return _SECTIONS[choices.facet.name].fill(
        {"first": joined(rows[:IN_SIGHT]), "rest": joined(further)},
        further=len(further),
        left_out=len(choices.chosen) + len(choices.others) - len(rows),
    )


def _with_itself(html: str, slug: str, itself: dict[str, int]) -> str:
    """The name of a choice; of an organisation with parts also how many name it itself."""
    if slug not in itself:
        return html
    return escape(_("%s and its parts, itself %d")) % (html, itself[slug])


class Chip(NamedTuple):
    """One part of what is asked for; `address` is without it."""

    facet: str | Promise
    label: str
    address: str


def choices(
    params: CatalogueParams, results: CatalogueResults, names: Iterable[str] = SHOWN
) -> list[FacetChoices]:
    """The choices of these facets, each with its count; chosen ones first, then the most
    frequent. Of a long question only what is chosen."""
    return [_choices(FACETS[name], params, results) for name in names]


def _choices(facet: Facet, params: CatalogueParams, results: CatalogueResults) -> FacetChoices:
    catalogue, others_hold = results.catalogue, results.without_facet[facet.name]
    typed = {}  # a chosen value as it is known: as it was typed
    for value in params.chosen(facet.name):
        known = catalogue.name(facet.name, value)
        if known is not None:
            typed[known] = value
    bits, keys = catalogue.bits[facet.name], catalogue.keys[facet.name]
    chosen = [
        Choice(
            name,
            (bits.get(keys[name.slug], 0) & others_hold).bit_count(),
            True,
            escape(params.without(facet.name, typed[name])),
        )
        for name in typed
    ]
    chosen.sort(key=lambda choice: (-choice.count, choice.name.order))
    others = [
        (count, name)
        for name, having in (() if params.is_long else catalogue.ordered[facet.name])
        if (count := (having & others_hold).bit_count())
    ]
    if typed:
        others = [pair for pair in others if pair[1] not in typed]
    others.sort(key=itemgetter(0), reverse=True)  # equals stay in the order of their names
    before, after = map(escape, params.around(facet.name))
    itself = {}
    if facet.name == "organisation" and not params.is_long:
        names = catalogue.names["organisation"]
        itself = {
            names[key].slug: (own & others_hold).bit_count()
            for key, own in catalogue.itself.items()
        }
    return FacetChoices(facet, chosen, others, f"{before}{facet.name}=", after, itself)


def chips(params: CatalogueParams, results: CatalogueResults) -> list[Chip]:
    """What is asked for, each part removable; named as readers know it where it is known. A year
    that is wrong narrows nothing; the form says what is wrong."""
    found = [
        Chip(CatalogueFilter.base_filters[name].label, value, params.without(name))
        for name in TYPED
        if (value := params.query_dict.get(name, "").strip()) and name not in params.errors
    ]
    for name, facet in FACETS.items():
        for value in params.chosen(name):
            known = results.catalogue.name(name, value)
            words = known.label if known else value
            found.append(Chip(facet.label, words, params.without(name, value)))
    return found
