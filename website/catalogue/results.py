"""What the catalogue finds."""

from dataclasses import dataclass
from itertools import islice

from .catalogue import Catalogue
from .facet_index import bits_of, picked
from .facets import FACETS
from .params import CatalogueParams


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

    def first(self, most: int, sort: str) -> list[int]:
        """The first rows of what was found, `most` of them, in an order other than relevance."""
        order = self.catalogue.index.orders[sort]
        return list(islice((row for row in order if self.bits >> row & 1), most))


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
