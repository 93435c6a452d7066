"""The facet index: every listed edition in memory, each value of a facet as a set of bits.

The bits of a value are a whole number in which bit r is set where the edition of row r has the
value. So a search is a few ANDs and ORs, a count is `int.bit_count`, and the counts of all facets
take well under a millisecond at 10,000 editions; `GROUP BY` in SQL takes 8 ms for each facet there.
A publication is taken in by itself: the first question after it takes 36 ms at 100,000 editions.
All is read anew, which takes seconds there, only when a worker starts, an organisation is merged or
an address is changed.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate, compress
from operator import or_

from django.db.models import Max, Model, QuerySet

from editions.models import Edition, Participation, many_to_many

from .entries import COLUMNS, RELATIONS, Entry, Key
from .facets import FACETS
from .orders import getters, in_each_order, orders_with

MOST_TAKEN_IN = 200  # editions that are taken in one by one; for more it is sooner to read anew
_FIELDS = ("pk", "case__slug", "title", "start_year", "end_year", "ongoing")

Bits = dict[Key, int]


@dataclass(frozen=True)
class FacetIndex:
    """The listed editions. An edition that was replaced or withdrawn keeps its row, which then is
    not among the bits of `everything`."""

    newest_pk: int  # of all editions there were when it was made: later ones are taken in
    entries: list[Entry]  # by row
    everything: int  # the bits of all that is listed
    row_by_pk: "array[int]"  # the row of an edition, or -1
    row_by_slug: dict[str, int]  # the row of a case
    bits: dict[str, Bits]  # facet: value: bits
    organisations: frozenset[int]  # those that any edition names, of the past too
    orders: dict[str, list[int]]  # sort: rows in that order
    _marks_in_order: dict[str, Callable[[bytes], Iterable[int]]]
    _starts: tuple[list[int], list[int]] = field(repr=False)
    _lasts: tuple[list[int], list[int]] = field(repr=False)

    @property
    def count(self) -> int:
        """How many editions are listed."""
        return self.everything.bit_count()

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.entries)

    def rows_of(self, pks: Iterable[int]) -> list[int]:
        """The rows of those of these editions that are indexed, in the same order."""
        rows, known = self.row_by_pk, len(self.row_by_pk)
        return [row for pk in pks if pk < known and (row := rows[pk]) >= 0]

    @property
    def first_year(self) -> int | None:
        """The year in which the first began."""
        return self._starts[0][0] if self._starts[0] else None

    def begun_by(self, year: int) -> int:
        """The bits of those that had begun in `year`."""
        years, bits = self._starts
        at = bisect_right(years, year)
        return bits[at - 1] if at else 0

    def under_way_since(self, year: int) -> int:
        """The bits of those that went on in `year` or later; one without an end counts by its
        start."""
        years, bits = self._lasts
        at = bisect_left(years, year)
        return bits[at] if at < len(bits) else 0

    def in_order(self, bits: int, order: str) -> list[int]:
        """The rows that are set in `bits`, in the order of that name."""
        marks = _marks(bits, self.size)
        return list(compress(self.orders[order], self._marks_in_order[order](marks)))


def bits_of(rows: Iterable[int], size: int) -> int:
    """The bits with these rows set; `size` is how many rows there are."""
    marks = bytearray(size // 8 + 1)
    for row in rows:
        marks[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(marks, "little")


def picked(rows: Iterable[int], bits: int, size: int) -> list[int]:
    """Of `rows`, in their order, those that are set in `bits`; `size` as in `bits_of`."""
    marks = _marks(bits, size)
    return [row for row in rows if marks[row]]


_DIGITS = bytes.maketrans(b"01", b"\0\1")


def _marks(bits: int, size: int) -> bytes:
    """A byte for each row, 1 where it is set: quicker to go through than shifts of the bits."""
    return f"{bits:0{size}b}"[::-1].encode().translate(_DIGITS)


def read() -> FacetIndex:
    """The index as the database has it now; one query for each relation."""
    newest = Edition.objects.aggregate(newest=Max("pk"))["newest"] or 0  # first: see `updated`
    entries = _entries(Edition.objects.listed().order_by("-published_at", "-pk"))
    row_by_pk = array("i", [-1]) * (max((entry.pk for entry in entries), default=0) + 1)
    for row, entry in enumerate(entries):
        row_by_pk[entry.pk] = row
    bits = {
        facet: _grouped(
            (key, row_by_pk[pk])
            for key, pk in _related(relation).iterator()
            if pk < len(row_by_pk) and row_by_pk[pk] >= 0
        )
        for facet, relation in RELATIONS.items()
    } | {
        facet: _grouped((entry.columns[at], row) for row, entry in enumerate(entries))
        for at, facet in enumerate(COLUMNS)
    }
    orders = in_each_order(entries)
    return FacetIndex(
        newest_pk=newest,
        entries=entries,
        everything=(1 << len(entries)) - 1,
        row_by_pk=row_by_pk,
        row_by_slug={entry.slug: row for row, entry in enumerate(entries)},
        bits=bits,
        organisations=_organisations(),
        orders=orders,
        _marks_in_order=getters(orders),
        _starts=_prefixes((entry.start, row) for row, entry in enumerate(entries)),
        _lasts=_suffixes((_last_year(entry), row) for row, entry in enumerate(entries)),
    )


def updated(index: FacetIndex) -> FacetIndex:
    """The index with the editions that were published since it was made, each in place of the one
    before it of its case. Queries only where there are any, but for the one that asks.

    Editions are published one at a time, so that a greater key was published later; one that
    `read` saw already is put in place of itself.
    """
    later = Edition.objects.filter(pk__gt=index.newest_pk).order_by("pk")
    changed = list(later.values_list("pk", "case__slug")[: MOST_TAKEN_IN + 1])
    if not changed:
        return index
    replaced = index.size - index.count
    if len(changed) > MOST_TAKEN_IN or replaced > index.count // 4 + MOST_TAKEN_IN:
        return read()
    entries = _entries(Edition.objects.listed().filter(pk__gt=index.newest_pk).order_by("pk"))
    gone = [index.row_by_slug[s] for s in {slug for _pk, slug in changed} & {*index.row_by_slug}]
    return _with(index, changed[-1][0], entries, gone)


def _with(index: FacetIndex, newest: int, new: list[Entry], gone: list[int]) -> FacetIndex:
    """A copy of the index with rows for `new` at its end, and without the rows `gone`."""
    rows = dict(enumerate(new, start=index.size))
    row_by_pk = array("i", index.row_by_pk)
    row_by_pk.extend([-1] * (newest + 1 - len(row_by_pk)))
    row_by_slug = dict(index.row_by_slug)
    for row in gone:
        row_by_pk[index.entries[row].pk] = -1
        del row_by_slug[index.entries[row].slug]
    bits = {facet: dict(known) for facet, known in index.bits.items()}
    starts, lasts = ((list(known[0]), list(known[1])) for known in (index._starts, index._lasts))
    for row, entry in rows.items():
        row_by_pk[entry.pk] = row
        row_by_slug[entry.slug] = row
        for at, facet in enumerate(COLUMNS):
            _set(bits[facet], entry.columns[at], row)
        _set_from(starts, entry.start, row, onwards=True)
        _set_from(lasts, _last_year(entry), row, onwards=False)
    pks = [entry.pk for entry in new]
    for facet, relation in RELATIONS.items():
        for key, pk in _related(relation).filter(edition__in=pks):
            _set(bits[facet], key, row_by_pk[pk])
    orders = orders_with(index.orders, index.entries, gone, rows)
    return FacetIndex(
        newest_pk=newest,
        entries=index.entries + new,
        everything=(index.everything & ~sum(1 << row for row in gone))
        | sum(1 << row for row in rows),
        row_by_pk=row_by_pk,
        row_by_slug=row_by_slug,
        bits=bits,
        organisations=index.organisations | _organisations(pks),
        orders=orders,
        _marks_in_order=getters(orders),
        _starts=starts,
        _lasts=lasts,
    )


def _entries(editions: "QuerySet[Edition]") -> list[Entry]:
    columns = (FACETS[facet].relation for facet in COLUMNS)
    rows = editions.values_list(*_FIELDS, *columns)
    return [Entry._make((*row[: len(_FIELDS)], row[len(_FIELDS) :])) for row in rows]


def _related(relation: str) -> QuerySet:
    """(value, edition) of each row that joins the two."""
    field = many_to_many(relation)
    through: type[Model] = field.remote_field.through
    return through._default_manager.order_by().values_list(
        field.m2m_reverse_field_name(), "edition"
    )


def _organisations(pks: list[int] | None = None) -> frozenset[int]:
    """The organisations that these editions name, or any at all."""
    rows = Participation.objects.order_by().values_list("organisation", flat=True)
    return frozenset((rows if pks is None else rows.filter(edition__in=pks)).distinct())


def _set(bits: Bits, key: Key | None, row: int) -> None:
    if key:
        bits[key] = bits.get(key, 0) | 1 << row


def _grouped(pairs: Iterable[tuple[Key | None, int]]) -> Bits:
    """For each first of (key, row), the bits of its rows; a blank key is no value."""
    rows: dict[Key, list[int]] = {}
    for key, row in pairs:
        if key:
            rows.setdefault(key, []).append(row)
    return {key: bits_of(found, max(found)) for key, found in rows.items()}


def _last_year(edition: Entry) -> int | None:
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
    dated = [(year + 10000, row) for year, row in pairs if year is not None]  # 0 is a year
    return {int(key) - 10000: bits for key, bits in sorted(_grouped(dated).items())}


def _set_from(
    cumulated: tuple[list[int], list[int]], year: int | None, row: int, *, onwards: bool
) -> None:
    """Set a row in the bits of its year and of all after it, or of all before it."""
    if year is None:
        return
    years, bits = cumulated
    at = bisect_left(years, year)
    if at == len(years) or years[at] != year:
        beside = at - 1 if onwards else at
        years.insert(at, year)
        bits.insert(at, bits[beside] if 0 <= beside < len(bits) else 0)
    for place in range(at, len(bits)) if onwards else range(at + 1):
        bits[place] |= 1 << row
