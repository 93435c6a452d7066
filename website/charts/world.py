"""The world map: countries shaded by how many cases are about a conflict there."""

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.naming import folded

DATA = Path(__file__).parent / "data" / "world.json"

# Where each step of the shading begins, by the largest number that a row of steps serves.
_STEPS = ((5, (1, 2, 3, 4, 5)), (49, (1, 2, 5, 10, 20)), (249, (1, 5, 20, 50, 100)))
_STEPS_OF_MANY = (1, 20, 100, 500, 1000)
_SHADES = ((), (4,), (2, 5), (1, 3, 5), (1, 2, 4, 5), (1, 2, 3, 4, 5))  # by how many are needed
_SMALL = 13  # units: a country no wider is marked by a dot as well (about 5 px on a wide screen)
_HARD_TO_HIT = 150  # units: one no wider is given room around it (about 24 px on a narrow screen)


@dataclass(frozen=True)
class Place:
    """A country with cases: `step` is its shade, 1 the faintest and 5 the fullest; `d` its outline,
    "" where the map has none; `dot` whether a dot marks it at `x`, `y`, and `room` whether it needs
    room to be hit. One that the map does not know has `x` None and stands in the table only."""

    alpha3: str
    title: str
    count: int
    step: int
    name: str
    address: str
    d: str
    x: int | None
    y: int | None
    dot: bool
    room: bool
    size: int


@dataclass(frozen=True)
class Shade:
    """One step of the shading and the numbers of cases that it stands for, in words."""

    step: int
    label: str


@dataclass(frozen=True)
class World:
    """The map: `land` outlines all countries without cases, `places` are those with cases in order
    of the alphabet, `easiest_last` those with room around them, the smallest on top."""

    width: int
    height: int
    land: str
    places: tuple[Place, ...]
    easiest_last: tuple[Place, ...]
    shades: tuple[Shade, ...]


@functools.cache
def _drawn() -> dict:
    """The shapes as data/README.md describes them."""
    return json.loads(DATA.read_text(encoding="utf-8"))


def world(
    counts: Mapping[str, int], address: Callable[[str], str], names: Mapping[str, str]
) -> World:
    """The map of `counts`, cases by ISO alpha-3 code; `address` is given the code in small letters
    and returns where its cases are found; `names` are the countries' own by code."""
    drawn = _drawn()
    counts = {alpha3: number for alpha3, number in counts.items() if number > 0}
    most = max(counts.values(), default=0)
    bounds = _bounds(most)
    places = [
        _place(alpha3, number, bounds, address(alpha3.lower()), names.get(alpha3, alpha3), drawn)
        for alpha3, number in counts.items()
    ]
    places.sort(key=lambda place: folded(place.title))
    return World(
        width=drawn["width"],
        height=drawn["height"],
        land="".join(d for alpha3, d in drawn["shapes"].items() if alpha3 not in counts),
        places=tuple(places),
        easiest_last=tuple(sorted((p for p in places if p.room), key=lambda place: -place.size)),
        shades=tuple(_shades(bounds, most)),
    )


def _place(
    alpha3: str, number: int, bounds: tuple[int, ...], address: str, title: str, drawn: dict
) -> Place:
    x, y, size = drawn["centres"].get(alpha3, (None, None, 0))
    words = {"country": title, "n": number}
    name = ngettext("%(country)s: %(n)d case", "%(country)s: %(n)d cases", number) % words
    return Place(
        alpha3=alpha3,
        title=title,
        count=number,
        step=_SHADES[len(bounds)][sum(number >= bound for bound in bounds) - 1],
        name=name,
        address=address,
        d=drawn["shapes"].get(alpha3, ""),
        x=x,
        y=y,
        dot=x is not None and size <= _SMALL,
        room=x is not None and size <= _HARD_TO_HIT,
        size=size,
    )


def _bounds(most: int) -> tuple[int, ...]:
    """Where each step begins, up to the one that `most` falls in."""
    row = next((row for largest, row in _STEPS if most <= largest), _STEPS_OF_MANY)
    return tuple(bound for bound in row if bound <= most)


def _shades(bounds: tuple[int, ...], most: int) -> list[Shade]:
    """What each step stands for: “1”, “2–4”, “20 or more”."""
    shades = []
    for n, bound in enumerate(bounds, 1):
        last = bounds[n] - 1 if n < len(bounds) else most
        if last == bound:
            label = str(bound)
        elif n == len(bounds):
            label = _("%(n)d or more") % {"n": bound}
        else:
            label = f"{bound}–{last}"
        shades.append(Shade(_SHADES[len(bounds)][n - 1], label))
    return shades
