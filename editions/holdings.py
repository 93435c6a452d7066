"""The holdings: every listed edition in memory, each fact as a set of bits.

A fact's bits are a whole number in which bit p is set where the edition in place p has the fact.
So a question is a few ANDs and ORs, a count is `int.bit_count`, and the counts of all facets take
well under a millisecond at 10,000 editions. Each process reads the holdings anew when a publication
has turned the site version over: under half a second at 10,000 editions on a busy machine.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate, compress
from operator import itemgetter, or_
from threading import Lock
from typing import NamedTuple

from organisations.naming import folded

from .models import Edition, Participation

FACTS = {  # facet: the relation that holds it
    "region": "regional_groups",
    "country": "countries",
    "conflict": "conflict_types",
    "initiative": "initiative_types",
    "organisation": "organisations",
}


class Held(NamedTuple):
    """What the holdings know of one edition."""

    pk: int
    slug: str
    title: str
    start: int | None
    end: int | None
    ongoing: bool
    impact: str
    aim: int | None


@dataclass(frozen=True)
class Holdings:
    """The listed editions of one site version; places are in order of the newest edition."""

    token: str
    held: list[Held]
    places: "array[int]"  # by the primary key of an edition: its place, or -1
    by_case: dict[str, int]  # slug of a case: its place
    facts: dict[str, dict[int | str, int]]  # facet: primary key of a term, or impact: bits
    orders: dict[str, list[int]]  # sort: places in that order
    _in_order: dict[str, Callable[[bytes], Iterable[int]]]  # marks by place, in that order
    _starts: tuple[list[int], list[int]] = field(repr=False)
    _lasts: tuple[list[int], list[int]] = field(repr=False)

    def places_of(self, pks: Iterable[int]) -> list[int]:
        """The places of those of these editions that are held, in the same order."""
        places, known = self.places, len(self.places)
        return [at for pk in pks if pk < known and (at := places[pk]) >= 0]

    @property
    def everything(self) -> int:
        """The bits of all."""
        return (1 << len(self.held)) - 1

    @property
    def first_year(self) -> int | None:
        """The year in which the first began."""
        return self._starts[0][0] if self._starts[0] else None

    def begun_by(self, year: int) -> int:
        """Those that had begun in `year`."""
        years, bits = self._starts
        at = bisect_right(years, year)
        return bits[at - 1] if at else 0

    def under_way_since(self, year: int) -> int:
        """Those that went on in `year` or later; one without an end counts by its start."""
        years, bits = self._lasts
        at = bisect_left(years, year)
        return bits[at] if at < len(bits) else 0

    def among(self, bits: int, order: str) -> list[int]:
        """The places that are set in `bits`, in the order of that name."""
        marks = _marks(bits, len(self.held))
        return list(compress(self.orders[order], self._in_order[order](marks)))


def bits_of(places: Iterable[int], size: int) -> int:
    """The bits with these places set; `size` is how many places there are."""
    marks = bytearray(size // 8 + 1)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


def picked(places: Iterable[int], bits: int, size: int) -> list[int]:
    """Of `places`, in their order, those that are set in `bits`; `size` as in `bits_of`."""
    marks = _marks(bits, size)
    return [place for place in places if marks[place]]


_DIGITS = bytes.maketrans(b"01", b"\0\1")


def _marks(bits: int, size: int) -> bytes:
    """A byte for each place, 1 where it is set: quicker to go through than shifts of the bits."""
    return f"{bits:0{size}b}"[::-1].encode().translate(_DIGITS)


def read(token: str) -> Holdings:
    """The holdings as the database has them now; one query for each kind of fact."""
    rows = (
        Edition.objects.listed()
        .order_by("-published_at", "-pk")
        .values_list(
            *("pk", "case__slug", "title", "start_year", "end_year", "ongoing", "impact", "aim")
        )
    )
    held = [Held(*row) for row in rows]
    places = {edition.pk: place for place, edition in enumerate(held)}
    facts = {facet: _fact(name, places) for facet, name in FACTS.items()}
    facts["aim"] = _grouped((edition.aim, place) for place, edition in enumerate(held))
    facts["impact"] = _grouped((edition.impact, place) for place, edition in enumerate(held))
    orders = _orders(held)
    return Holdings(
        token=token,
        held=held,
        places=_by_key(places),
        by_case={edition.slug: place for place, edition in enumerate(held)},
        facts=facts,
        orders=orders,
        _in_order={name: _arranged(order) for name, order in orders.items()},
        _starts=_prefixes((e.start, p) for p, e in enumerate(held)),
        _lasts=_suffixes((_last_year(e), p) for p, e in enumerate(held)),
    )


def _by_key(places: dict[int, int]) -> "array[int]":
    """As an array, which a thousand look-ups run through sooner than through a dictionary."""
    by_key = array("i", [-1]) * (max(places, default=0) + 1)
    for pk, place in places.items():
        by_key[pk] = place
    return by_key


def _fact(name: str, places: dict[int, int]) -> dict[int, int]:
    """The bits of each term that the relation `name` joins to a listed edition."""
    if name == "organisations":
        rows = Participation.objects.order_by().values_list("organisation", "edition")
    else:
        relation = Edition._meta.get_field(name).remote_field
        rows = relation.through.objects.order_by().values_list(
            relation.field.m2m_reverse_name(), "edition"
        )
    listed = ((term, places[edition]) for term, edition in rows.iterator() if edition in places)
    return _grouped(listed)


def _grouped(pairs: Iterable[tuple[int | str | None, int]]) -> dict[int | str, int]:
    """For each first of (key, place), the bits of its places; a blank key is no fact."""
    marks: dict[int | str, list[int]] = {}
    for key, place in pairs:
        if key:
            marks.setdefault(key, []).append(place)
    return {key: bits_of(places, max(places)) for key, places in marks.items()}


def _last_year(edition: Held) -> int | None:
    """The last year in which the initiative is known to have gone on."""
    if edition.ongoing:
        return 9999
    return edition.start if edition.end is None else edition.end


def _prefixes(pairs: Iterable[tuple[int | None, int]]) -> tuple[list[int], list[int]]:
    """The years in order, and for each the bits of that year and all before."""
    by_year = _by_year(pairs)
    return list(by_year), list(accumulate(by_year.values(), or_))


def _suffixes(pairs: Iterable[tuple[int | None, int]]) -> tuple[list[int], list[int]]:
    """The years in order, and for each the bits of that year and all after."""
    by_year = _by_year(pairs)
    return list(by_year), list(accumulate(reversed(by_year.values()), or_))[::-1]


def _by_year(pairs: Iterable[tuple[int | None, int]]) -> dict[int, int]:
    dated = [(year + 10000, place) for year, place in pairs if year is not None]  # 0 is a year
    return {key - 10000: bits for key, bits in sorted(_grouped(dated).items())}


def _orders(held: list[Held]) -> dict[str, list[int]]:
    """The places in each order that readers may ask for; editions without a start stand last."""
    titles = [(folded(edition.title), edition.pk) for edition in held]

    def started(place: int) -> tuple:
        start = held[place].start
        return (start is None, start or 0, titles[place])

    everywhere = range(len(held))
    return {
        "newest": list(everywhere),
        "oldest": sorted(everywhere, key=started),
        "title": sorted(everywhere, key=titles.__getitem__),
    }


def _arranged(order: list[int]) -> Callable[[bytes], Iterable[int]]:
    """Puts marks by place into that order."""
    return itemgetter(*order) if len(order) > 1 else iter


_lock = Lock()
_current: Holdings | None = None


def current(token: str) -> Holdings:
    """The holdings for the version with that token; read again where they are of another one."""
    global _current
    found = _current
    if found is not None and token and found.token == token:
        return found
    with _lock:
        if _current is None or not token or _current.token != token:
            _current = read(token)
        return _current


def forget() -> None:
    """Read again at the next request: for tests, whose databases are rolled back."""
    global _current
    _current = None
