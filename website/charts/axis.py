"""An axis of years: where each stands, which are named, and which empty stretches are left out."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.models.content import years_in_words

LEAST = 10  # years that an axis shows at least
EMPTY = 30  # years without anything, more of which are left out of the axis
MOST_BREAKS = 4
BREAK = 5.0  # per cent of the width that a break takes
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_TICKS = 8
WIDE, NARROW = 1.3, 2.4  # per cent of the width that a letter of a label takes, with some room

Span = tuple[int, int]  # the first and the last year, both whole


def percent(share: float) -> str:
    """A length as SVG attributes have it: “12.5%”, whatever the language."""
    return f"{round(share, 2):g}%"


@dataclass(frozen=True)
class Tick:
    """A round year: `at` as a share of the width, its `label` and how that is set. The `lesser`
    ones are not named where there is little room."""

    at: str
    label: str
    anchor: str
    lesser: bool


@dataclass(frozen=True)
class Break:
    """A place where the axis leaves years out; `words` say which."""

    at: str
    words: str


@dataclass(frozen=True)
class Piece:
    """A stretch of the axis without a break: from the start of year `first` to that of `end`,
    drawn from `left` per cent of the width on."""

    first: int
    end: int
    left: float


@dataclass(frozen=True)
class Axis:
    """Years on a line of 100 per cent, at one scale in all its pieces."""

    pieces: tuple[Piece, ...]
    scale: float
    ticks: tuple[Tick, ...]
    breaks: tuple[Break, ...]

    def at(self, year: int) -> float:
        """Where the year begins, in per cent; a year that is left out or beyond stands at the
        nearest end of a piece."""
        piece = next((p for p in self.pieces if year < p.end), self.pieces[-1])
        inside = min(max(year, piece.first), piece.end)
        return piece.left + (inside - piece.first) * self.scale

    def stretch(self, first: int, last: int) -> tuple[float, float]:
        """Where the years from `first` to `last`, both whole, begin and how wide they are."""
        left = self.at(first)
        return left, self.at(last) + self.scale - left


def axis(spans: Iterable[Span]) -> Axis:
    """The axis that shows these spans, at least one. It begins with a round year and ends with the
    last; where more than EMPTY years are empty, they are left out (the widest four gaps)."""
    step, pieces = _pieces(_merged(spans))
    scale = (100 - BREAK * (len(pieces) - 1)) / sum(end - first for first, end in pieces)
    placed, left = [], 0.0
    for first, end in pieces:
        placed.append(Piece(first, end, left))
        left += (end - first) * scale + BREAK
    breaks = [
        Break(percent(after.left - BREAK / 2), _left_out(before.end, after.first - 1))
        for before, after in itertools.pairwise(placed)
    ]
    return Axis(tuple(placed), scale, tuple(_ticks(placed, scale, step)), tuple(breaks))


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that meet or overlap made one, LEAST years at least."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    first, last = merged[0][0], merged[-1][1]
    more = LEAST - (last - first + 1)
    return [(first - more // 2, last + more - more // 2)] if more > 0 else merged


def _pieces(spans: list[Span]) -> tuple[int, list[Span]]:
    """The step between round years, and the stretches (first year, year after the last) between
    the gaps that are left out, widened to round years."""
    gaps = [(b[0] - a[1] - 1, i) for i, (a, b) in enumerate(itertools.pairwise(spans), 1)]
    wide = sorted(gap for gap in gaps if gap[0] > EMPTY)[-MOST_BREAKS:]
    while True:
        cuts = [0, *sorted(i for _gap, i in wide), len(spans)]
        pieces = [(spans[a][0], spans[b - 1][1] + 1) for a, b in itertools.pairwise(cuts)]
        years = sum(end - first for first, end in pieces)
        step = next((s for s in STEPS if years <= s * MOST_TICKS), STEPS[-1])
        if not wide or wide[0][0] > 2 * step:
            return step, [
                (_rounded(a, step, up=False), b if b > spans[-1][1] else _rounded(b, step, up=True))
                for a, b in pieces
            ]
        wide = wide[1:]


def _rounded(year: int, step: int, *, up: bool) -> int:
    """The next round year up or down. Before our era the years are counted backwards: 400 BCE,
    which is the year -399, is round; and 1 is, since there is no year 0."""
    if year > 0:
        return -(-year // step) * step if up else max(year // step * step, 1)
    before = 1 - year
    before = before // step * step if up else -(-before // step) * step
    return 1 - before if before else 1


def _ticks(pieces: list[Piece], scale: float, step: int) -> Iterator[Tick]:
    """Round years, without those whose labels would stand in another's way."""
    taken = {WIDE: 0.0, NARROW: 0.0}  # up to where there are labels, on either width of screen
    for piece in pieces:
        for year in range(piece.first, piece.end + 1):
            opens = year == piece.first
            closes = year == piece.end and piece is not pieces[-1]
            if _rounded(year, step, up=True) != year or (closes and not opens):
                continue
            at, label = piece.left + (year - piece.first) * scale, years_in_words(year, year, False)
            anchor = "start" if opens else "end" if at > 98 else "middle"
            free = {}
            for letter in taken:
                before, after = _extent(at, anchor, letter * len(label))
                free[letter] = before >= taken[letter]
                taken[letter] = after if free[letter] else taken[letter]
            if free[WIDE]:
                yield Tick(percent(at), label, anchor, not free[NARROW])


def _extent(at: float, anchor: str, width: float) -> tuple[float, float]:
    """From where to where a label runs, in per cent."""
    before = {"start": at, "middle": at - width / 2, "end": at - width}[anchor]
    return before, before + width


def _left_out(first: int, last: int) -> str:
    return _("The axis leaves out %(years)s.") % {"years": years_in_words(first, last, False)}
