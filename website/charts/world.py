"""The world map: a circle for each country, as large as it has cases about a conflict there."""

import functools
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import ngettext

from organisations.naming import folded

DATA = Path(__file__).parent / "data" / "world.json"

_LARGEST, _SMALLEST = 34, 9  # radii on a map of the whole world, in its units
_ROOM = 30  # the radius that a circle can be hit within, at least
_AROUND = 110  # units that the map shows around what was found
_NARROWEST = 640  # units that it shows at least


@dataclass(frozen=True)
class Place:
    """A country with cases: a circle of radius `r` at `x`, `y`, that can be hit within `room`; its
    name stands to the circle's `side`. One that the map does not know has `x` None and stands in
    the table only."""

    alpha3: str
    title: str
    count: int
    name: str
    address: str
    x: int | None
    y: int | None
    r: float
    room: float
    side: str


@dataclass(frozen=True)
class Size:
    """A circle of the key and the number of cases that it stands for; `box` is as wide as it."""

    r: float
    count: int

    @property
    def box(self) -> float:
        """The side of the square around it."""
        return round(2 * self.r + 2, 1)


@dataclass(frozen=True)
class World:
    """The map, so much of the world as holds what was found: `view` is its viewBox, `unit` how much
    smaller it is than the whole world, `land` outlines all countries. `places` are those with cases
    in order of the alphabet, `smallest_last` the same as they are drawn."""

    view: str
    unit: float
    land: str
    places: tuple[Place, ...]
    smallest_last: tuple[Place, ...]
    sizes: tuple[Size, ...]


@functools.cache
def _drawn() -> dict:
    """The shapes as data/README.md describes them."""
    return json.loads(DATA.read_text(encoding="utf-8"))


@functools.cache
def _land() -> str:
    return "".join(_drawn()["shapes"].values())


def world(
    counts: Mapping[str, int], address: Callable[[str], str], names: Mapping[str, str]
) -> World:
    """The map of `counts`, cases by ISO alpha-3 code; `address` is given the code in small letters
    and returns where its cases are found; `names` are the countries' own by code."""
    counts = {alpha3: number for alpha3, number in counts.items() if number > 0}
    most = max(counts.values(), default=0)
    centres = _drawn()["centres"]
    left, top, width, height = _view([centres[code] for code in counts if code in centres])
    unit = width / _drawn()["width"]

    def place(alpha3: str, number: int) -> Place:
        x, y = centres[alpha3][:2] if alpha3 in centres else (None, None)
        title = names.get(alpha3, alpha3)
        words = {"country": title, "n": number}
        r = _radius(number, most) * unit
        return Place(
            alpha3=alpha3,
            title=title,
            count=number,
            name=ngettext("%(country)s: %(n)d case", "%(country)s: %(n)d cases", number) % words,
            address=address(alpha3.lower()),
            x=x,
            y=y,
            r=round(r, 1),
            room=round(max(r, _ROOM * unit), 1),
            side="end" if x is not None and x > left + 0.7 * width else "start",
        )

    places = sorted((place(*item) for item in counts.items()), key=lambda p: folded(p.title))
    return World(
        view=f"{left:g} {top:g} {width:g} {height:g}",
        unit=round(unit, 3),
        land=_land(),
        places=tuple(places),
        smallest_last=tuple(sorted(places, key=lambda p: -p.count)),
        sizes=tuple(_sizes(most)),
    )


def _sizes(most: int) -> list[Size]:
    """The fewest, the most, and a number between."""
    numbers = sorted({1, round(math.sqrt(most)), most}) if most else []
    return [Size(round(_radius(number, most) / 2, 1), number) for number in numbers]


def _radius(number: int, most: int) -> float:
    """The radius whose area is the share that `number` has of `most`, but can still be seen."""
    return max(_LARGEST * math.sqrt(number / most), _SMALLEST) if most > 1 else _LARGEST / 2


def _view(centres: list[list[int]]) -> tuple[float, float, float, float]:
    """What of the map is shown: left edge, top edge, width and height, in the map's proportions."""
    whole = (0.0, 0.0, float(_drawn()["width"]), float(_drawn()["height"]))
    if not centres:
        return whole
    xs, ys = [c[0] for c in centres], [c[1] for c in centres]
    proportion = whole[3] / whole[2]
    across = float(max(max(xs) - min(xs) + 2 * _AROUND, _NARROWEST))
    height = max(max(ys) - min(ys) + 2 * _AROUND, across * proportion)
    width = min(max(across, height / proportion), whole[2])
    height = width * proportion
    left = min(max((min(xs) + max(xs) - width) / 2, 0), whole[2] - width)
    top = min(max((min(ys) + max(ys) - height) / 2, 0), whole[3] - height)
    return round(left), round(top), round(width), round(height)
