"""The timeline: a bar for each initiative over its years, or for many how many were under way."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from django.utils.translation import gettext as _

from cases.models.content import years_in_words
from organisations.naming import folded

from .axis import Axis, axis, percent
from .endings import ENDINGS, Ending, ending_of

MOST_BARS = 100
LANE = 15  # pixels from one lane to the next; a bar is 10 high
_BETWEEN = 1.0  # per cent between two bars that share a lane


class Row(NamedTuple):
    """An initiative. Years are astronomical: 0 is 1 BCE."""

    title: str
    address: str
    start: int | None
    end: int | None
    ongoing: bool
    impact: str

    @property
    def years(self) -> str:
        """Its years in words."""
        return years_in_words(self.start, self.end, self.ongoing)

    @property
    def ending(self) -> Ending:
        """How it ended."""
        return ending_of(self.impact)


@dataclass(frozen=True)
class Bar:
    """One initiative on the timeline. `name` says all of it in words; `x`, `width` and `right` are
    shares of the width; `lane` counts from the top where bars that do not meet share a line.
    `open` is one that goes on; `unsure_start` and `unsure_end` say which year is not known."""

    title: str
    address: str
    years: str
    name: str
    ending: Ending
    x: str
    width: str
    right: str
    lane: int
    open: bool
    unsure_start: bool
    unsure_end: bool

    @property
    def y(self) -> int:
        """Where its lane lies, in pixels."""
        return self.lane * LANE


@dataclass(frozen=True)
class Timeline:
    """Bars in order of start over an axis of years; `undated` are rows without any year. `endings`
    are those that occur; `open` and `unsure` whether any bar is so; `lanes` how many lines the bars
    take when those that do not meet share one."""

    many: ClassVar[bool] = False
    bars: tuple[Bar, ...]
    undated: tuple[Row, ...]
    axis: Axis | None
    endings: tuple[Ending, ...]
    lanes: int
    open: bool
    unsure: bool
    years: str

    @property
    def count(self) -> int:
        """How many initiatives it shows or names."""
        return len(self.bars) + len(self.undated)

    @property
    def height(self) -> int:
        """How high all its lanes are, in pixels."""
        return self.lanes * LANE


def timeline(rows: Sequence[Row], *, today: int) -> Timeline:
    """The timeline of `rows`, by their first year and title; what is ongoing is drawn up to the
    year `today`. A bar covers its years whole, so that a single year is seen. Up to MOST_BARS rows
    make a figure that can be read; for more there is `timeline_of_many`."""
    dated = [(*span, row) for row in rows if (span := span_of(row, today))]
    dated.sort(key=lambda item: (item[0], folded(item[2].title)))
    if not dated:
        return Timeline((), tuple(rows), None, (), 0, False, False, "")
    scale = axis((first, last) for first, last, _row in dated)
    lanes: list[float] = []
    bars = tuple(_bar(row, *scale.stretch(first, last), lanes) for first, last, row in dated)
    used = {bar.ending for bar in bars}
    last = max(last for _first, last, _row in dated)
    goes_on = any(bar.open for bar in bars)
    return Timeline(
        bars=bars,
        undated=tuple(row for row in rows if span_of(row, today) is None),
        axis=scale,
        endings=tuple(ending for ending in ENDINGS.values() if ending in used),
        lanes=len(lanes),
        open=goes_on,
        unsure=any(bar.unsure_start or bar.unsure_end for bar in bars),
        years=years_in_words(dated[0][0], None if goes_on else last, goes_on),
    )


def span_of(row: Row, today: int) -> tuple[int, int] | None:
    """The first and the last year that are known of it; None where none is."""
    known = [year for year in (row.start, row.end) if year is not None]
    if row.ongoing and known:
        known.append(max(today, known[0]))
    return (min(known), max(known)) if known else None


def _bar(row: Row, x: float, width: float, lanes: list[float]) -> Bar:
    """The bar of a row; takes the first of the `lanes`, each known by where it is free again."""
    lane = next((n for n, free in enumerate(lanes) if free <= x), len(lanes))
    lanes[lane : lane + 1] = [x + width + _BETWEEN + 3 * (row.ongoing or row.end is None)]
    words = {"title": row.title, "years": row.years, "impact": row.ending.phrase}
    return Bar(
        title=row.title,
        address=row.address,
        years=row.years,
        name=_("%(title)s, %(years)s, %(impact)s") % words,
        ending=row.ending,
        x=percent(x),
        width=percent(width),
        right=percent(x + width),
        lane=lane,
        open=row.ongoing,
        unsure_start=row.start is None,
        unsure_end=row.end is None and not row.ongoing,
    )


@dataclass(frozen=True)
class Step:
    """Years in a row in which as many were under way: a column from `y` down, in shares."""

    x: str
    width: str
    y: str
    height: str
    number: int
    years: str


@dataclass(frozen=True)
class Level:
    """A line across at a round number of initiatives."""

    y: str
    number: int


@dataclass(frozen=True)
class Decade:
    """How many were under way at once in a decade: in its emptiest year and in its fullest."""

    label: str
    fewest: int
    most: int


@dataclass(frozen=True)
class UnderWay:
    """How many initiatives were under way in each year, as steps; `most` in the year `peak`."""

    many: ClassVar[bool] = True
    steps: tuple[Step, ...]
    levels: tuple[Level, ...]
    axis: Axis | None
    decades: tuple[Decade, ...]
    most: int
    peak: str
    years: str


def under_way(
    spans: Iterable[tuple[int | None, int | None, bool, int]], *, today: int
) -> dict[int, int]:
    """How many initiatives were under way in each year. A span is the start year, the end year,
    whether it goes on (up to `today`), and how many initiatives have just these. Where one of the
    years is not known the other counts alone."""
    turns: Counter[int] = Counter()
    for start, end, ongoing, number in spans:
        years = span_of(Row("", "", start, end, ongoing, ""), today)
        if years:
            turns[years[0]] += number
            turns[years[1] + 1] -= number
    counts, now = {}, 0
    ordered = sorted(turns)
    for year, after in itertools.pairwise(ordered):
        now += turns[year]
        if now:
            counts.update(dict.fromkeys(range(year, after), now))
    return counts


def timeline_of_many(counts: Mapping[int, int]) -> UnderWay:
    """The figure of how many initiatives were under way in each year; see `under_way`."""
    counts = {year: number for year, number in sorted(counts.items()) if number > 0}
    if not counts:
        return UnderWay((), (), None, (), 0, "", "")
    runs = list(_runs(counts))
    scale = axis((first, last) for first, last, _number in runs)
    most = max(counts.values())
    levels = _levels(most)
    top = max(most, levels[-1])
    peak = next((first, last) for first, last, number in runs if number == most)
    return UnderWay(
        steps=tuple(_step(run, scale, top) for run in runs),
        levels=tuple(Level(percent(100 - 100 * level / top), level) for level in levels),
        axis=scale,
        decades=tuple(_decades(counts)),
        most=most,
        peak=years_in_words(*peak, False),
        years=years_in_words(min(counts), max(counts), False),
    )


def _runs(counts: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """First year, last year and number of each run of years with the same number."""
    run: list[int] = []
    for year, number in counts.items():
        if run and year == run[1] + 1 and number == run[2]:
            run[1] = year
            continue
        if run:
            yield run[0], run[1], run[2]
        run = [year, year, number]
    yield run[0], run[1], run[2]


def _step(run: tuple[int, int, int], scale: Axis, top: int) -> Step:
    first, last, number = run
    x, width = scale.stretch(first, last)
    height = 100 * number / top
    years = years_in_words(first, last, False)
    return Step(percent(x), percent(width), percent(100 - height), percent(height), number, years)


def _levels(most: int) -> list[int]:
    """Up to five round numbers, the last of them `most` or a little more or less."""
    unit = 1
    while most / unit > 5:
        unit = unit * 5 // 2 if str(unit).startswith("2") else unit * 2
    return list(range(unit, most + 1, unit)) or [most]


def _decades(counts: Mapping[int, int]) -> Iterator[Decade]:
    """Each decade in which anything was under way."""
    decades: dict[int, list[int]] = {}
    for year, number in counts.items():
        decades.setdefault(year // 10, []).append(number)
    now = max(counts)
    for decade, numbers in decades.items():
        first = 10 * decade
        whole = len(numbers) == min(10, now - first + 1)
        label = _("%(year)ds") % {"year": first} if first > 0 else _unnamed(first)
        yield Decade(label, min(numbers) if whole else 0, max(numbers))


def _unnamed(first: int) -> str:
    """A decade that has no name of its own, by its years."""
    return years_in_words(first or 1, first + 9, False)
