"""The previous and the next case of what was found."""

from dataclasses import dataclass

from django.urls import reverse

from editions.addresses import case_address

from .params import CatalogueParams
from .results import CatalogueResults

PAGE = 20  # cases on a page of the catalogue


@dataclass(frozen=True)
class OtherCase:
    """The case before or after."""

    title: str
    address: str


@dataclass(frozen=True)
class PrevNext:
    """Where a case stands in what was found: `number` of `count`, the cases before and after it,
    and the way back to the page of the catalogue that shows it."""

    number: int
    count: int
    before: OtherCase | None
    after: OtherCase | None
    back: str


def prev_next(params: CatalogueParams, results: CatalogueResults, slug: str) -> PrevNext | None:
    """Where the case of that slug stands; None where it was not found."""
    index = results.catalogue.index
    in_time = params.view == "timeline"
    rows = results.rows("oldest" if in_time else params.sort)
    here = index.row_by_slug.get(slug)
    if here not in rows:
        return None
    at = rows.index(here)
    query = params.query_of_case

    def other(place: int) -> OtherCase | None:
        if not 0 <= place < len(rows):
            return None
        entry = index.entries[rows[place]]
        return OtherCase(entry.title, case_address(entry.slug) + query)

    page = 1 if in_time else at // PAGE + 1
    back = params.only(page=str(page)) if page > 1 else params.only()
    return PrevNext(at + 1, len(rows), other(at - 1), other(at + 1), reverse("catalogue") + back)
