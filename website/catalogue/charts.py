"""What was found as a timeline, a map and a grid of evidence, from memory."""

from datetime import date

from django.urls import reverse

from editions.addresses import case_address
from website.charts import (
    MOST_BARS,
    MOST_MARKS,
    Grid,
    Outcomes,
    Row,
    Timeline,
    UnderWay,
    World,
    grid,
    outcomes,
    outcomes_of_many,
    timeline,
    timeline_of_many,
    world,
)

from .facet_index import Bits
from .params import CatalogueParams
from .results import CatalogueResults


def timeline_of(
    params: CatalogueParams, results: CatalogueResults, *, today: date
) -> Timeline | UnderWay:
    """A bar for each case, or for many how many were under way in each year."""
    if results.count > MOST_BARS:
        return timeline_of_many(_under_way(results, today.year))
    query = params.query_of_case
    entries = (results.catalogue.index.entries[row] for row in results.rows("oldest"))
    rows = [
        Row(e.title, case_address(e.slug) + query, e.start, e.end, e.ongoing, e.impact)
        for e in entries
    ]
    return timeline(rows, today=today.year)


def outcomes_of(
    params: CatalogueParams, results: CatalogueResults, *, today: date
) -> Outcomes | None:
    """Every case as a mark, by time and by how it ended; or of many, how many ended how."""
    catalogue = reverse("catalogue")
    addresses = {
        name.slug: catalogue + params.only(impact=name.slug)
        for name in results.catalogue.names["impact"].values()
    }
    if results.count > MOST_MARKS:
        impacts = _impacts(results)
        counts = {str(key): (bits & results.bits).bit_count() for key, bits in impacts.items()}
        return outcomes_of_many(counts, addresses)
    entries = (results.catalogue.index.entries[row] for row in results.rows("oldest"))
    rows = [
        Row(e.title, case_address(e.slug), e.start, e.end, e.ongoing, e.impact) for e in entries
    ]
    return outcomes(rows, addresses, today=today.year)


def _impacts(results: CatalogueResults) -> Bits:
    """The bits of each impact, and under "" of the cases that were not assessed."""
    known = results.catalogue.bits["impact"]
    return {**known, "": results.catalogue.index.everything & ~_any(known)}


def _under_way(results: CatalogueResults, today: int) -> dict[int, int]:
    """How many of the cases were under way in each year since the first began."""
    index = results.catalogue.index
    years = range(index.first_year, today + 1) if index.first_year is not None else ()
    return {
        year: (results.bits & index.begun_by(year) & index.under_way_since(year)).bit_count()
        for year in years
    }


def map_of(params: CatalogueParams, results: CatalogueResults) -> World:
    """The world, each country with its cases; following one narrows what was found to it.
    Of a long question nothing leads on, here and in the grid."""
    names = results.catalogue.names["country"]
    counts = {
        names[key].slug.upper(): count
        for key, bits in results.catalogue.bits["country"].items()
        if (count := (bits & results.bits).bit_count())
    }
    labels = {name.slug.upper(): name.label for name in names.values()}

    def address(alpha3: str) -> str:
        return "" if params.is_long else params.only(country=alpha3, view="")

    return world(counts, address, labels)


def grid_of(params: CatalogueParams, results: CatalogueResults) -> Grid:
    """Types of conflict by types of initiative, how many cases each cell has and how they ended."""
    catalogue = results.catalogue
    impacts = _impacts(results)
    conflicts, initiatives = catalogue.terms("conflict"), catalogue.terms("initiative")
    cells = {}
    for key, conflict in conflicts:
        line = catalogue.bits["conflict"].get(key, 0) & results.bits
        for other, initiative in initiatives:
            cell = line & catalogue.bits["initiative"].get(other, 0)
            if cell:
                cells[conflict.slug, initiative.slug] = {
                    str(impact): (cell & bits).bit_count() for impact, bits in impacts.items()
                }
    return grid(
        cells,
        [(name.slug, name.label) for _, name in conflicts],
        [(name.slug, name.label) for _, name in initiatives],
        lambda c, i: "" if params.is_long else params.only(conflict=c, initiative=i, view=""),
    )


def _any(values: Bits) -> int:
    bits = 0
    for more in values.values():
        bits |= more
    return bits
