"""The whole collection as one picture: a mark for each case, by time and by how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .axis import Axis, axis, percent
from .endings import ENDINGS, Ending
from .timeline import Row, span_of

SLOTS = 30  # marks that stand side by side in a row; on a phone they just do not touch
LINE = 18  # units from one line of marks to the next
MOST_HIGH = 12  # marks in a stack; a row of more is drawn closer
MOST_MARKS = 400  # beyond, a row is a bar as long as its share: marks would weigh a page down


@dataclass(frozen=True)
class Mark:
    """A case: `x` in per cent of the width, `y` in pixels from the top of its row."""

    title: str
    address: str
    years: str
    x: str
    y: int


@dataclass(frozen=True)
class Outcome:
    """The cases that ended so, `height` pixels high; the catalogue lists them at `address`. Of many
    cases there are no marks, but a `bar` as long as their share."""

    ending: Ending
    address: str
    marks: tuple[Mark, ...]
    height: int
    count: int
    bar: str = ""


@dataclass(frozen=True)
class Outcomes:
    """Rows of marks over an axis of years; `undated` cases have no year and stand in none. Of many
    cases there is no axis, and all are counted."""

    rows: tuple[Outcome, ...]
    axis: Axis | None
    undated: int


def outcomes(rows: Sequence[Row], addresses: dict[str, str], *, today: int) -> Outcomes | None:
    """The picture of these cases, each in the year in which its initiative ended; `addresses` are
    where the catalogue lists those of an impact. None for fewer than two with a year. For more than
    MOST_MARKS there is `outcomes_of_many`."""
    dated = [(span, row) for row in rows if (span := span_of(row, today))]
    if len(dated) < 2:
        return None
    scale = axis((last, last) for (_first, last), _row in dated)
    dated.sort(key=lambda item: (item[0][1], item[0][0], item[1].title))
    found = []
    for slug, ending in ENDINGS.items():
        ended = [(last, row) for (_first, last), row in dated if row.ending is ending]
        if ended:
            found.append(_outcome(ending, addresses.get(slug, ""), ended, scale))
    return Outcomes(tuple(found), scale, len(rows) - len(dated))


def outcomes_of_many(counts: Mapping[str, int], addresses: dict[str, str]) -> Outcomes:
    """How many cases ended how, by the slug of their impact, "" where it was not assessed."""
    most = max(counts.values())
    return Outcomes(
        tuple(
            Outcome(
                ending,
                addresses.get(slug, ""),
                (),
                LINE,
                counts[slug],
                percent(100 * counts[slug] / most),
            )
            for slug, ending in ENDINGS.items()
            if counts.get(slug)
        ),
        None,
        0,
    )


def _outcome(ending: Ending, address: str, ended: list[tuple[int, Row]], scale: Axis) -> Outcome:
    """A row; marks that would lie on one another are stacked."""
    width, marks = 100 / SLOTS, []
    stacks: dict[int, int] = {}  # by place in the row, the marks in a stack but one
    for last, row in ended:
        left, wide = scale.stretch(last, last)
        slot = min(int((left + wide / 2) / width), SLOTS - 1)
        level = stacks[slot] = stacks.get(slot, -1) + 1
        name = _("%(title)s, %(years)s, %(impact)s") % {
            "title": row.title,
            "years": row.years,
            "impact": ending.phrase,
        }
        marks.append(Mark(name, row.address, row.years, percent((slot + 0.5) * width), level))
    most = max(stacks.values()) + 1
    line = LINE if most <= MOST_HIGH else max(LINE * MOST_HIGH // most, 3)
    marks = [Mark(m.title, m.address, m.years, m.x, m.y * line) for m in marks]
    return Outcome(ending, address, tuple(marks), (most - 1) * line + LINE, len(marks))
