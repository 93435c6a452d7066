"""Counts for each choice of the catalogue's facets, and the addresses that choosing leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString

from .catalogue import Answer, Name
from .filters import CatalogueFilter
from .patterns import Pattern, filled, joined
from .question import FACETS, TYPED, Question

SHOWN = 6  # choices of a facet that are always in sight
MOST = 120  # choices of a facet in all
_CHOICE = Pattern("editions/_facet_choice.html", "address", "label", "count")
_FACETS = {
    name: Pattern(
        "editions/_facet.html",
        *("first", "rest"),
        always={"name": name, "label": CatalogueFilter.base_filters[name].label},
    )
    for name in FACETS
}


class Choice(NamedTuple):
    """One value of a facet: `count` cases match if it is chosen besides what is chosen elsewhere;
    `address`, escaped, chooses it, or takes it back where it is `chosen`."""

    name: Name
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """One way of narrowing the catalogue: what is `chosen`, and `others` with their counts, most
    first; an address that chooses one of them has its slug between `before` and `after`."""

    name: str
    label: str | Promise
    chosen: list[Choice]
    others: list[tuple[int, Name]]
    before: str
    after: str

    @property
    def choices(self) -> list[Choice]:
        """All that can be chosen or taken back."""
        return self.chosen + [
            Choice(name, count, False, f"{self.before}{name.slug}{self.after}")
            for count, name in self.others
        ]


def as_html(found: list[Facet]) -> SafeString:
    """The facets as sections of the page, each with some choices in sight and more to unfold; those
    without a choice are left out."""
    pieces = {chosen: _CHOICE.pieces(chosen=chosen) for chosen in (False, True)}
    return joined(_section(facet, pieces) for facet in found if facet.chosen or facet.others)


def _section(facet: Facet, pieces: dict[bool, tuple[str, ...]]) -> SafeString:
    rows = _chosen(facet, pieces[True]) + _others(facet, pieces[False])
    further = rows[SHOWN:MOST]
    return _FACETS[facet.name].filled(
        {"first": joined(rows[:SHOWN]), "rest": joined(further)},
        further=len(further),
        left_out=len(facet.chosen) + len(facet.others) - len(rows),
    )


def _chosen(facet: Facet, pieces: tuple[str, ...]) -> list[str]:
    return [
        filled(
            pieces,
            {"address": SafeString(address), "label": SafeString(name.html), "count": count},
        )
        for name, count, _, address in facet.chosen[:MOST]
    ]


def _others(facet: Facet, pieces: tuple[str, ...]) -> list[str]:
    """As a pattern is filled, but there are hundreds."""
    start, between, behind, end = pieces[::2]
    start, between = f"{start}{facet.before}", f"{facet.after}{between}"
    return [
        f"{start}{slug}{between}{label}{behind}{count}{end}"
        for count, (slug, _, label, _) in facet.others[: MOST - len(facet.chosen)]
    ]


class Chip(NamedTuple):
    """One part of the question as it stands; `address` is the question without it."""

    facet: str | Promise
    label: str
    address: str


def label(facet: str) -> str | Promise:
    """What a facet is called."""
    return CatalogueFilter.base_filters[facet].label


def facets(question: Question, answer: Answer, names: Iterable[str] = FACETS) -> list[Facet]:
    """The facets, each choice with its count; chosen ones first, then the most frequent."""
    return [_facet(name, question, answer) for name in names]


def _facet(facet: str, question: Question, answer: Answer) -> Facet:
    catalogue, elsewhere = answer.catalogue, answer.elsewhere[facet]
    typed = {}  # a chosen value as it is known: as it was typed
    for value in question.chosen(facet):
        known = catalogue.name(facet, value)
        if known is not None:
            typed[known] = value
    bits = catalogue.facts[facet]
    chosen = [
        Choice(
            name,
            (bits.get(catalogue.keys[facet][name.slug], 0) & elsewhere).bit_count(),
            True,
            escape(question.without(facet, typed[name])),
        )
        for name in typed
    ]
    chosen.sort(key=lambda choice: (-choice.count, choice.name.order))
    others = [
        (count, name)
        for name, having in catalogue.ordered[facet]
        if (count := (having & elsewhere).bit_count())
    ]
    if typed:
        others = [pair for pair in others if pair[1] not in typed]
    others.sort(key=itemgetter(0), reverse=True)  # equals stay in the order of their names
    before, after = map(escape, question.around(facet))
    return Facet(facet, label(facet), chosen, others, f"{before}{facet}=", after)


def chips(question: Question, answer: Answer) -> list[Chip]:
    """What the question holds, each part removable; named as readers know it where it is known. A
    year that is wrong narrows nothing, and is told of elsewhere."""
    found = [
        Chip(label(name), value, question.without(name))
        for name in TYPED
        if (value := question.asked.get(name, "").strip()) and name not in question.errors
    ]
    for facet in FACETS:
        for value in question.chosen(facet):
            known = answer.catalogue.name(facet, value)
            words = known.label if known else value
            found.append(Chip(label(facet), words, question.without(facet, value)))
    return found
