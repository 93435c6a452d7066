"""What the catalogue finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .catalogue import Catalogue
from .facet_index import bits_of, picked
from .facets import FACETS
from .params import CatalogueParams

_FEW = 8  # of so many times the rows asked for, sorting out all is as quick


@dataclass(frozen=True)
class CatalogueResults:
    """The cases that were found, as bits and in order."""

    bits: int  # the editions that have all that was asked for
    without_facet: dict[str, int]  # facet: those that have all but what is chosen in this facet
    ranked: list[int] | None  # rows by relevance, where words were searched
    catalogue: Catalogue

    @property
    def count(self) -> int:
        """How many cases were found."""
        return self.bits.bit_count()

    def rows(self, sort: str) -> list[int]:
        """The rows of what was found, in that order."""
        index = self.catalogue.index
        if sort == "relevance" and self.ranked is not None:
            return picked(self.ranked, self.bits, index.size)
        return index.in_order(self.bits, sort)

    def part(self, sort: str, start: int, stop: int) -> list[int]:
        """Those of `rows` from `start` to before `stop`; where they stand early among many, the
        others are not looked at."""
        if stop * _FEW > self.count:
            return self.rows(sort)[start:stop]
        index = self.catalogue.index
        is_ranked = sort == "relevance" and self.ranked is not None
        order = self.ranked or [] if is_ranked else index.orders[sort]
        held = self.bits.to_bytes(index.size // 8 + 1, "little")
        found = (row for row in order if held[row >> 3] >> (row & 7) & 1)
        return list(islice(found, start, stop))


class ListedResults(Sequence[int]):
    """The rows of what was found in an order, for a paginator."""

    def __init__(self, results: CatalogueResults, sort: str) -> None:
        self._results, self._sort = results, sort

    def __len__(self) -> int:
        return self._results.count

    def __getitem__(self, part: Any) -> Any:
        """The rows of a slice; a paginator asks for no other."""
        return self._results.part(self._sort, part.start, part.stop)


def find(params: CatalogueParams, catalogue: Catalogue) -> CatalogueResults:
    """Everything that `params` ask for. One query where words were searched that were not searched
    of late, else none."""
    index = catalogue.index
    common, ranked = index.everything, None
    if params.is_searched:
        ranked = catalogue.hits(params.words)
        common &= bits_of(ranked, index.size)
    first, last = params.years
    if first is not None:
        common &= index.under_way_since(first)
    if last is not None:
        common &= index.begun_by(last)
    chosen = {f: catalogue.chosen(params, f) for f in FACETS if params.chosen(f)}
    without_facet = {}
    for facet in FACETS:
        bits = common
        for other, narrowed in chosen.items():
            if other != facet:
                bits &= narrowed
        without_facet[facet] = bits
    bits = common
    for narrowed in chosen.values():
        bits &= narrowed
    return CatalogueResults(bits, without_facet, ranked, catalogue)
