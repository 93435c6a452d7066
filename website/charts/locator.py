"""The locator map of a case: where it was, with the lands around it."""

import functools
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

DATA = Path(__file__).parent / "data" / "countries.json"

WIDTH, HEIGHT = 496, 372  # units of the map, two to a pixel at its usual size
_LEAST = 3.5  # degrees from the middle to the southern and northern edge, at least
_AROUND = 1.7  # how many times as high as what is shown the map is

Ring = list[tuple[float, float]]  # longitude and latitude


class _Outline(NamedTuple):
    """A ring, and how far it goes in each direction."""

    ring: Ring
    west: float
    east: float
    south: float
    north: float


@dataclass(frozen=True)
class Dot:
    """A place as a point of the map, or where a box is too small to be seen as one."""

    x: int
    y: int


@dataclass(frozen=True)
class Locator:
    """The map, `width` by `height` units: `land` outlines all countries but the case's `own`, which
    `points` and `boxes` lie in or between; `caption` names them, `name` says it in a sentence."""

    land: str
    own: str
    points: tuple[Dot, ...]
    boxes: tuple[str, ...]
    caption: str
    name: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class _View:
    """An equirectangular view, true along the parallel of its middle."""

    longitude: float
    latitude: float
    half: float  # degrees of latitude from its middle to its edge

    @property
    def scale(self) -> float:
        """Units of the map for a degree of latitude."""
        return HEIGHT / 2 / self.half

    @property
    def shrink(self) -> float:
        """How much shorter than a degree of latitude one of longitude is."""
        return max(math.cos(math.radians(self.latitude)), 0.05)

    def at(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Where a place lies on the map."""
        east = (longitude - self.longitude + 180) % 360 - 180
        return self.placed(east, latitude)

    def placed(self, east: float, latitude: float) -> tuple[int, int]:
        """The same, for degrees east of the middle."""
        x = WIDTH / 2 + east * self.shrink * self.scale
        y = HEIGHT / 2 - (latitude - self.latitude) * self.scale
        return round(x), round(y)


@functools.cache
def _shapes() -> dict[str, list[_Outline]]:
    """The outlines of each country, in degrees, as data/README.md describes them."""
    drawn = json.loads(DATA.read_text(encoding="utf-8"))
    unit = drawn["per_degree"]
    return {
        code: [_outline(steps, unit) for steps in rings] for code, rings in drawn["shapes"].items()
    }


def _outline(steps: list[int], unit: float) -> _Outline:
    easts = _unturned([x / unit for x in itertools.accumulate(steps[::2])])
    norths = [y / unit for y in itertools.accumulate(steps[1::2])]
    ring = list(zip(easts, norths, strict=True))
    return _Outline(ring, min(easts), max(easts), min(norths), max(norths))


def _unturned(longitudes: list[float]) -> list[float]:
    """Longitudes that run on over the 180th meridian, where they jumped from one side to the
    other."""
    found, turns, before = [], 0, longitudes[0]
    for longitude in longitudes:
        turns += 360 * ((before - longitude > 180) - (longitude - before > 180))
        found.append(longitude + turns)
        before = longitude
    return found


def locator(places: Sequence[Mapping[str, str]], countries: Mapping[str, str]) -> Locator | None:
    """The map of the places of a record, in countries of these names by alpha-3 code. Without
    places it shows the countries; None where it knows none of these either."""
    own = {code: name for code, name in countries.items() if _shapes().get(code)}
    corners = [corner for place in places for corner in _corners(place)]
    corners = corners or [corner for code in own for corner in _extent(code)]
    if not corners:
        return None
    view = _view(corners)
    land: dict[bool, list[str]] = {True: [], False: []}
    for code, rings in _shapes().items():
        land[code in own].extend(_drawn(rings, view))
    points, boxes = [], []
    for place in places:
        corners = _corners(place)
        if len(set(corners)) == 1:
            points.append(Dot(*view.at(*corners[0])))
        else:
            boxes.append(_box(corners, view))
    names = get_text_list([p["name"] for p in places] or list(own.values()), _("and"))
    return Locator(
        land="".join(land[False]),
        own="".join(land[True]),
        points=tuple(points),
        boxes=tuple(boxes),
        caption=names,
        name=_("Map: %(places)s, and the lands around") % {"places": names},
    )


def _corners(place: Mapping[str, str]) -> list[tuple[float, float]]:
    """The south-western and the north-eastern corner; of a point, both are the point."""
    west, south = float(place["longitude"]), float(place["latitude"])
    if not place["north"]:
        return [(west, south), (west, south)]
    east = float(place["east"])
    return [(west, south), (east + 360 if east < west else east, float(place["north"]))]


def _extent(code: str) -> list[tuple[float, float]]:
    """The corners of the largest part of a country."""
    largest = max(_shapes()[code], key=lambda outline: len(outline.ring))
    return [(largest.west, largest.south), (largest.east, largest.north)]


def _view(corners: list[tuple[float, float]]) -> _View:
    first = corners[0][0]
    easts = [(x - first + 180) % 360 - 180 for x, _y in corners]  # so that none is far round
    norths = [y for _x, y in corners]
    latitude = (min(norths) + max(norths)) / 2
    shrink = max(math.cos(math.radians(latitude)), 0.05)
    high = max(norths) - min(norths)
    wide = (max(easts) - min(easts)) * shrink * HEIGHT / WIDTH
    half = min(max(max(high, wide) * _AROUND / 2, _LEAST), 60)
    return _View(first + (min(easts) + max(easts)) / 2, latitude, half)


def _drawn(outlines: Iterable[_Outline], view: _View) -> Iterator[str]:
    """What of the outlines lies within the view, as pieces of an SVG path. Most of them are far
    away, which their bounds tell; so a map takes a few milliseconds."""
    wide = WIDTH / 2 / view.scale / view.shrink
    edges = (
        (0, -wide, 1),
        (0, wide, -1),
        (1, view.latitude - view.half, 1),
        (1, view.latitude + view.half, -1),
    )
    for ring, west, east, south, north in outlines:
        if south - view.latitude > view.half or view.latitude - north > view.half:
            continue
        turn = round((ring[0][0] - view.longitude) / 360) * 360
        for around in (-360, 0, 360):
            if east - view.longitude - turn + around < -wide:
                continue
            if west - view.longitude - turn + around > wide:
                continue
            moved = [(x - view.longitude - turn + around, y) for x, y in ring]
            for axis, edge, keeps in edges:
                moved = _cut(moved, axis, edge, keeps)
            if len(moved) > 2:
                places = [view.placed(*place) for place in moved]
                places = [place for place, _group in itertools.groupby(places)]
                if len(places) > 2:
                    yield _path(places)


def _path(places: list[tuple[int, int]]) -> str:
    """A ring as a relative path, close-set."""
    steps = [
        number for (x1, y1), (x2, y2) in itertools.pairwise(places) for number in (x2 - x1, y2 - y1)
    ]
    numbers = "".join(f"{' ' if n >= 0 else ''}{n}" for n in steps).lstrip()
    return f"M{places[0][0]} {places[0][1]}l{numbers}z"


def _cut(ring: Ring, axis: int, edge: float, keeps: int) -> Ring:
    """What of a ring lies on one side of an edge (Sutherland and Hodgman)."""
    part: Ring = []
    for here, there in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = (here[axis] - edge) * keeps >= 0, (there[axis] - edge) * keeps >= 0
        if inside:
            part.append(here)
        if inside != next_inside:
            share = (edge - here[axis]) / (there[axis] - here[axis])
            part.append(
                (here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share)
            )
    return part


def _box(corners: list[tuple[float, float]], view: _View) -> str:
    """A box as an SVG path; one that is hardly seen is made 16 units wide or high."""
    (west, south), (east, north) = corners
    x, y = view.at(west, north)
    width = (east - west) * view.shrink * view.scale
    height = (north - south) * view.scale
    grow_x, grow_y = max(16 - width, 0), max(16 - height, 0)
    numbers = (x - grow_x / 2, y - grow_y / 2, width + grow_x, height + grow_y, width + grow_x)
    return "M{:.0f} {:.0f}h{:.0f}v{:.0f}h-{:.0f}z".format(*numbers)
