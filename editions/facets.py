"""Counts for each choice of the catalogue's facets, and the addresses that choosing leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .catalogue import Answer, Name
from .filters import CatalogueFilter
from .question import FACETS, TYPED, Question

SHOWN = 6  # choices of a facet that are always in sight
MOST = 120  # choices of a facet in all
# Where a template has room: no text that was escaped holds a “<”.
_ADDRESS, _LABEL, _COUNT, _FIRST, _FURTHER = (
    mark_safe(f"<!--{name}-->")  # noqa: S308
    for name in ("address", "label", "count", "first", "further")
)


class Choice(NamedTuple):
    """One value of a facet: `count` cases match if it is chosen besides what is chosen elsewhere;
    `address` chooses it, or takes it back where it is `chosen`."""

    name: Name
    count: int
    chosen: bool
    address: str

    @property
    def html(self) -> str:
        """The choice as a row of its list."""
        row = _pattern(self.chosen).replace(_ADDRESS, escape(self.address))
        return row.replace(_LABEL, self.name.html).replace(_COUNT, str(self.count))


@cache
def _pattern(chosen: bool) -> str:
    """The template of a choice, read once: a page has hundreds of them."""
    choice = {"address": _ADDRESS, "label": _LABEL, "count": _COUNT, "chosen": chosen}
    return render_to_string("editions/_facet_choice.html", choice)


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
        section = _section(self.name, str(self.label), len(further), len(self.choices[MOST:]))
        section = section.replace(_FIRST, _rows(self.choices[:SHOWN]))
        return mark_safe(section.replace(_FURTHER, _rows(further)))  # noqa: S308


@lru_cache(maxsize=1000)
def _section(name: str, label: str, further: int, left_out: int) -> str:
    """The template of a facet with room for its choices."""
    facet = {"name": name, "label": label, "further": further, "left_out": left_out}
    room = {"first": _FIRST, "rest": _FURTHER}
    return render_to_string("editions/_facet.html", {"facet": facet, **room})


def _rows(choices: list[Choice]) -> str:
    return "".join(choice.html for choice in choices)


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
    before, after = question.around(facet)
    choices = [
        Choice(
            names[key],
            count,
            key in typed,
            question.without(facet, typed[key])
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
