"""Counts for each choice of the catalogue's facets, and the addresses that choosing leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .catalogue import Answer, Name
from .filters import CatalogueFilter
from .patterns import Pattern
from .question import FACETS, TYPED, Question

SHOWN = 6  # choices of a facet that are always in sight
MOST = 120  # choices of a facet in all
_CHOICE = Pattern("editions/_facet_choice.html", "address", "label", "count")
_FACET = Pattern("editions/_facet.html", "first", "rest")


class Choice(NamedTuple):
    """One value of a facet: `count` cases match if it is chosen besides what is chosen elsewhere;
    `address`, escaped, chooses it, or takes it back where it is `chosen`."""

    name: Name
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
    def html(self) -> SafeString:
        """The facet as its section of the page: some choices in sight, more to unfold."""
        further = self.choices[SHOWN:MOST]
        return _FACET.filled(
            {"first": _rows(self.choices[:SHOWN]), "rest": _rows(further)},
            name=self.name,
            label=str(self.label),
            further=len(further),
            left_out=len(self.choices[MOST:]),
        )


def _rows(choices: list[Choice]) -> SafeString:
    """The choices as rows of their list."""
    patterns = {chosen: _CHOICE.pieces(chosen=chosen)[::2] for chosen in (False, True)}
    rows = []
    for (_slug, _label, label, _order), count, chosen, address in choices:
        before, between, behind, after = patterns[chosen]
        rows.append(f"{before}{address}{between}{label}{behind}{count}{after}")
    return mark_safe("".join(rows))  # noqa: S308


@dataclass(frozen=True)
class Chip:
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
    names, facts = catalogue.names[facet], catalogue.facts[facet]
    typed = {}  # key of a chosen value: as it was typed
    for value in question.chosen(facet):
        known = catalogue.name(facet, value)
        if known is not None:
            typed[catalogue.keys[facet][known.slug]] = value
    before, after = map(escape, question.around(facet))
    choices = [
        Choice(
            names[key],
            count,
            key in typed,
            escape(question.without(facet, typed[key]))
            if key in typed
            else f"{before}{facet}={names[key].slug}{after}",
        )
        for key in (facts | dict.fromkeys(typed, 0) if typed else facts)
        if (count := (facts.get(key, 0) & elsewhere).bit_count()) or key in typed
    ]
    choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.name.order))
    return Facet(facet, label(facet), choices)


def chips(question: Question, answer: Answer) -> list[Chip]:
    """What the question holds, each part removable; named as readers know it where it is known."""
    found = [
        Chip(label(name), value, question.without(name))
        for name in TYPED
        if (value := question.asked.get(name, "").strip())
    ]
    for facet in FACETS:
        for value in question.chosen(facet):
            known = answer.catalogue.name(facet, value)
            words = known.label if known else value
            found.append(Chip(label(facet), words, question.without(facet, value)))
    return found
