"""The grid of evidence: type of conflict by type of initiative, and how it ended in each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import ngettext

from .endings import ENDINGS, Ending, shape

MARK, BETWEEN, ABREAST = 8, 3, 4  # a mark's side, the room between two, and how many stand abreast
MOST_MARKS = 12  # beyond, the cases of a cell are shares of one bar
WIDTH = ABREAST * (MARK + BETWEEN) - BETWEEN

Option = tuple[str, str]  # slug and label


@dataclass(frozen=True)
class Cell:
    """The cases of one type of conflict and one type of initiative: `count` of them, `endings` in
    words, their marks as SVG paths `ink` (filled) and `line` (outlined), `width` and
    `height` of these in units. Without a case it is a gap: no address and no marks."""

    count: int
    name: str
    address: str
    ink: str
    line: str
    width: int
    height: int


@dataclass(frozen=True)
class Line:
    """A type of conflict with a cell for each type of initiative; `total` of the cells."""

    slug: str
    label: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class Grid:
    """`lines` of cells under `heads`, with the total of each column and of all cells; `gaps` is how
    many cells are empty. A case of several types stands in several cells."""

    heads: tuple[Option, ...]
    lines: tuple[Line, ...]
    totals: tuple[int, ...]
    total: int
    gaps: int
    endings: tuple[Ending, ...]


def grid(
    cells: Mapping[tuple[str, str], Mapping[str, int]],
    conflicts: Sequence[Option],
    initiatives: Sequence[Option],
    address: Callable[[str, str], str],
) -> Grid:
    """The grid of `cells`, from (type of conflict, type of initiative) to how many cases ended how;
    `address` is given both slugs and returns where the cases of the cell are found."""
    lines = []
    for conflict, label in conflicts:
        row = []
        for initiative, head in initiatives:
            counts = cells.get((conflict, initiative), {})
            row.append(_cell(counts, f"{label}, {head}", partial(address, conflict, initiative)))
        lines.append(Line(conflict, label, tuple(row), sum(cell.count for cell in row)))
    used = {impact for counts in cells.values() for impact, number in counts.items() if number > 0}
    return Grid(
        heads=tuple(initiatives),
        lines=tuple(lines),
        totals=tuple(sum(line.cells[n].count for line in lines) for n in range(len(initiatives))),
        total=sum(line.total for line in lines),
        gaps=sum(not cell.count for line in lines for cell in line.cells),
        endings=tuple(ending for slug, ending in ENDINGS.items() if slug in used),
    )


def _cell(counts: Mapping[str, int], what: str, address: Callable[[], str]) -> Cell:
    ended = [(ending, counts.get(slug, 0)) for slug, ending in ENDINGS.items()]
    ended = [(ending, number) for ending, number in ended if number > 0]
    count = sum(number for _ending, number in ended)
    if not count:
        return Cell(0, "", "", "", "", 0, 0)
    listed = ", ".join(str(ending.counted % {"n": number}) for ending, number in ended)
    words = {"n": count, "what": what, "ended": listed}
    name = ngettext("%(n)d case: %(what)s; %(ended)s", "%(n)d cases: %(what)s; %(ended)s", count)
    boxes = _marks(ended) if count <= MOST_MARKS else _shares(ended, count)
    return Cell(
        count=count,
        name=name % words,
        address=address(),
        ink="".join(ink for ink, _line, _bottom in boxes),
        line="".join(line for _ink, line, _bottom in boxes),
        width=min(count, ABREAST) * (MARK + BETWEEN) - BETWEEN,
        height=max(bottom for _ink, _line, bottom in boxes),
    )


Box = tuple[str, str, int]  # what is filled, what is outlined, and where it ends


def _marks(ended: list[tuple[Ending, int]]) -> list[Box]:
    """A mark for each case, row upon row."""
    marks = [ending for ending, number in ended for _mark in range(number)]
    boxes = []
    for n, ending in enumerate(marks):
        x, y = (MARK + BETWEEN) * (n % ABREAST), (MARK + BETWEEN) * (n // ABREAST)
        boxes.append((*shape(ending.style, x, y, MARK, MARK), y + MARK))
    return boxes


def _shares(ended: list[tuple[Ending, int]], count: int) -> list[Box]:
    """A line for each ending, as long as its share; the shortest is still seen."""
    boxes = []
    for n, (ending, number) in enumerate(ended):
        y = (MARK + BETWEEN) * n
        width = max(round(WIDTH * number / count), 3)
        boxes.append((*shape(ending.style, 0, y, width, MARK), y + MARK))
    return boxes
