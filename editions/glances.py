"""An answer of the catalogue at a glance: its timeline, map and grid of evidence, from memory."""

from datetime import date

from .addresses import case_address
from .catalogue import Answer, Key
from .charts import (
    MOST_BARS,
    Grid,
    Row,
    Timeline,
    UnderWay,
    World,
    grid,
    timeline,
    timeline_of_many,
    world,
)
from .question import Question


def sent_along(question: Question) -> str:
    """What the address of a case has behind it, so that its page knows the question, and whether
    it was opened from the timeline, which has an order of its own."""
    if not question.is_asked:
        return ""
    return question.query + ("&view=timeline" if question.view == "timeline" else "")


def timeline_of(question: Question, answer: Answer, *, today: date) -> Timeline | UnderWay:
    """A bar for each case, or for many how many were under way in each year."""
    held = answer.catalogue.holdings
    if answer.count > MOST_BARS:
        return timeline_of_many(_under_way(answer, today.year))
    behind = sent_along(question)
    rows = [
        Row(
            *(e.title, case_address(e.slug) + behind),
            *(e.start, e.end, e.ongoing, e.impact),
        )
        for e in (held.held[place] for place in answer.places("oldest"))
    ]
    return timeline(rows, today=today.year)


def _under_way(answer: Answer, today: int) -> dict[int, int]:
    """How many of the cases were under way in each year since the first began."""
    held = answer.catalogue.holdings
    years = range(held.first_year, today + 1) if held.first_year is not None else ()
    return {
        year: (answer.bits & held.begun_by(year) & held.under_way_since(year)).bit_count()
        for year in years
    }


def map_of(question: Question, answer: Answer) -> World:
    """The world, each country with its cases; following one narrows the answer to it."""
    names = answer.catalogue.names["country"]
    counts = {
        names[key].slug.upper(): count
        for key, bits in answer.catalogue.facts["country"].items()
        if (count := (bits & answer.bits).bit_count())
    }
    labels = {name.slug.upper(): name.label for name in names.values()}
    return world(counts, lambda alpha3: question.only(country=alpha3, view=""), labels)


def grid_of(question: Question, answer: Answer) -> Grid:
    """Types of conflict by types of initiative, how many cases each cell has and how they ended."""
    catalogue = answer.catalogue
    impacts = {**catalogue.facts["impact"]}
    impacts[""] = catalogue.holdings.everything & ~_any(impacts)
    conflicts, initiatives = catalogue.terms("conflict"), catalogue.terms("initiative")
    cells = {}
    for key, conflict in conflicts:
        row = catalogue.facts["conflict"].get(key, 0) & answer.bits
        for other, initiative in initiatives:
            cell = row & catalogue.facts["initiative"].get(other, 0)
            if cell:
                cells[conflict.slug, initiative.slug] = {
                    str(impact): (cell & bits).bit_count() for impact, bits in impacts.items()
                }
    return grid(
        cells,
        [(name.slug, name.label) for _, name in conflicts],
        [(name.slug, name.label) for _, name in initiatives],
        lambda c, i: question.only(conflict=c, initiative=i, view=""),
    )


def _any(facts: dict[Key, int]) -> int:
    bits = 0
    for more in facts.values():
        bits |= more
    return bits
