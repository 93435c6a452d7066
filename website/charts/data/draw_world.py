"""Draws world.json and countries.json from Natural Earth's shapes, as world-atlas has them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python website/charts/data/draw_world.py package

Run from the project's root; the README beside this file says what it makes, and of what.
"""

import csv
import itertools
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
COUNTRIES = HERE.parents[2] / "organisations" / "data" / "countries.csv"

WIDTH = 2000  # units across the whole map; one is about 17 km
MIDDLE = 11.0  # degrees east: so the map's edges run through Bering Strait, and cut no country
NORTH, SOUTH = 83.8, -65.0  # degrees: what the map shows
ANTARCTICA = (-60.0, -61.5)  # the South Shetland Islands: the continent itself is left out

PER_DEGREE = 20  # units of countries.json: one is about 5.5 km, a pixel or so of a locator map

Point = tuple[float, float]
Ring = list[Point]

# Shapes without an ISO number, and the one whose UN number we leave blank.
NAMED = {"Kosovo": "XKX", "Taiwan": "TWN", "Somaliland": "SOM", "N. Cyprus": "CYP"}

# Entries of ISO 3166-1 that Natural Earth draws as parts of another shape: that shape, and the
# longitudes and latitudes that a part must touch to be one of theirs.
PARTS = {
    "GUF": ("France", (-55, -51), (2, 6)),
    "GLP": ("France", (-62, -60.9), (15.8, 16.6)),
    "MTQ": ("France", (-61.3, -60.7), (14.3, 15)),
    "MYT": ("France", (44.9, 45.4), (-13.1, -12.6)),
    "REU": ("France", (55, 56), (-21.5, -20.8)),
    "SJM": ("Norway", (-10, 35), (70.9, 81)),
    "BVT": ("Norway", (3, 4), (-55, -54)),
    "BES": ("Netherlands", (-69, -62), (11, 18)),
    "TKL": ("New Zealand", (-173, -171), (-10, -8)),
    "CXR": ("Indian Ocean Ter.", (105, 106), (-11, -10)),
    "CCK": ("Indian Ocean Ter.", (96, 97), (-13, -12)),
}


def projected(longitude: float, latitude: float) -> Point:
    """Where a place in degrees lies on the map, x eastwards and y downwards, in its units; the
    longitude is counted from the map's middle.

    The Equal Earth projection: Bojan Šavrič, Tom Patterson and Bernhard Jenny, "The Equal Earth
    map projection", International Journal of Geographical Information Science 33 (2019) 454-465.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    root = math.sqrt(3)
    t = math.asin(root / 2 * math.sin(math.radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * root * math.radians(longitude) * math.cos(t) / (3 * slope)
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    scale = WIDTH / (4 * root * math.pi / (3 * a1))
    return WIDTH / 2 + x * scale, -y * scale


TOP = projected(0, NORTH)[1]


def placed(ring: Ring) -> Ring:
    """A ring within the map's edges, counted from its middle, in the map's units."""
    points = [projected(*place) for place in ring]
    return [(x, y - TOP) for x, y in points]


def within_the_edges(ring: Ring) -> Iterator[Ring]:
    """A ring of degrees as rings counted from the map's middle: the part that lies on the map as it
    runs, and those beyond its eastern and western edges, moved to the other side."""
    run, turns = [], 0.0
    for (x, y), (before, _) in zip(ring, [ring[0], *ring], strict=False):
        turns += -360 * (x - before > 180) + 360 * (before - x > 180)
        run.append((x - MIDDLE + turns, y))
    for edge in (-540.0, -180.0, 180.0):
        part = _cut(_cut(run, edge, keeps=1), edge + 360, keeps=-1)
        if part:
            yield [(x - edge - 180, y) for x, y in part]


def _cut(ring: Ring, edge: float, *, keeps: int) -> Ring:
    """What of a closed ring lies east of the edge (keeps 1) or west of it (keeps -1)."""
    part: Ring = []
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        inside, next_inside = (x1 - edge) * keeps >= 0, (x2 - edge) * keeps >= 0
        if inside:
            part.append((x1, y1))
        if inside != next_inside:
            part.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
    return [*part, part[0]] if part else []


def shapes_in(path: Path) -> Iterator[tuple[str | None, str, list[Ring]]]:
    """The ISO number, the name and the rings, in degrees, of each shape of a TopoJSON file."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (ox, oy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arcs.append([((x := x + dx) * sx + ox, (y := y + dy) * sy + oy) for dx, dy in deltas])
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [_joined(ring, arcs) for polygon in polygons for ring in polygon]
        yield shape.get("id"), shape["properties"]["name"], rings


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def by_country(path: Path, numbers: dict[str, str]) -> dict[str, list[Ring]]:
    """The rings of each country of countries.csv that has any, on the map, by alpha-3."""
    found: dict[str, list[Ring]] = {}
    for number, name, rings in shapes_in(path):
        for ring in rings:
            alpha3 = _part(name, ring) or NAMED.get(name) or numbers.get(number or "")
            if alpha3 and alpha3 != "ATA":
                parts = map(placed, within_the_edges(ring))
                found.setdefault(alpha3, []).extend(parts)
    return found


def _part(name: str, ring: Ring) -> str | None:
    for alpha3, (whole, (west, east), (south, north)) in PARTS.items():
        if name == whole and all(west <= x <= east and south <= y <= north for x, y in ring):
            return alpha3
    return None


def rounded(ring: Ring) -> list[tuple[int, int]]:
    """The ring in whole units, closed, each point once."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        if not points or points[-1] != (round(x), round(y)):
            points.append((round(x), round(y)))
    return points


def drawn(rings: Iterable[Ring]) -> str:
    """The rings as the `d` of an SVG path, relative and close-set; specks are left out."""
    out = []
    for ring in rings:
        points = rounded(ring)
        if len(points) < 4:
            continue
        (x, y), *rest = points[:-1]
        steps, before = [], (x, y)
        for point in rest:
            steps += [point[0] - before[0], point[1] - before[1]]
            before = point
        numbers = "".join(f"{' ' if n >= 0 else ''}{n}" for n in steps).lstrip()
        out.append(f"M{x} {y}l{numbers}z")
    return "".join(out)


def area_and_centre(ring: Ring) -> tuple[float, Point]:
    """The area that a ring encloses on the map, and the centre of it, by the shoelace formula."""
    ox, oy = ring[0]  # near by, since the formula subtracts large from large
    twice = cx = cy = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy)
        twice += cross
        cx += (x1 + x2 - 2 * ox) * cross
        cy += (y1 + y2 - 2 * oy) * cross
    if not twice:
        return 0.0, (ox, oy)
    return abs(twice) / 2, (ox + cx / (3 * twice), oy + cy / (3 * twice))


def centre(rings: list[Ring]) -> tuple[int, int, int]:
    """The middle of the largest ring, and how large all are: the side of a square as large."""
    areas = [area_and_centre(ring) for ring in rings]
    x, y = max(areas)[1]
    return round(x), round(y), round(math.sqrt(sum(area for area, _ in areas)))


def world(package: Path) -> dict:
    """What world.json holds: see the README."""
    with COUNTRIES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    numbers = {row["m49"]: row["alpha3"] for row in rows if row["m49"]}
    coarse = by_country(package / "countries-110m.json", numbers)
    fine = by_country(package / "countries-10m.json", numbers)
    shapes = {alpha3: d for alpha3, rings in sorted(coarse.items()) if (d := drawn(rings))}
    centres = {alpha3: centre(coarse.get(alpha3) or fine[alpha3]) for alpha3 in {*coarse, *fine}}
    ((x, y),) = placed([(ANTARCTICA[0] - MIDDLE, ANTARCTICA[1])])
    centres["ATA"] = (round(x), round(y), 0)
    for alpha3 in centres:
        if alpha3 not in shapes:
            centres[alpha3] = (*centres[alpha3][:2], 0)
    missing = {row["alpha3"] for row in rows} - set(centres)
    if missing:
        raise SystemExit(f"No place on the map for {', '.join(sorted(missing))}.")
    height = math.ceil(projected(0, SOUTH)[1] - TOP)
    return {"width": WIDTH, "height": height, "shapes": shapes, "centres": centres}


def steps(ring: Ring) -> list[int]:
    """A ring of degrees as whole units of countries.json: where it begins, then from each point to
    the next, x and y by turns; empty for a speck."""
    places = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in ring]
    places = [place for place, _group in itertools.groupby(places)]
    if len(places) < 4:
        return []
    found = [*places[0]]
    for (x1, y1), (x2, y2) in itertools.pairwise(places[:-1]):
        found += [x2 - x1, y2 - y1]
    return found


def countries(package: Path) -> dict:
    """What countries.json holds: see the README."""
    with COUNTRIES.open(encoding="utf-8") as file:
        numbers = {row["m49"]: row["alpha3"] for row in csv.DictReader(file) if row["m49"]}
    found: dict[str, list[list[int]]] = {}
    for number, name, rings in shapes_in(package / "countries-50m.json"):
        code = NAMED.get(name) or numbers.get(number or "") or name
        found.setdefault(code, []).extend(filter(None, map(steps, rings)))
    return {"per_degree": PER_DEGREE, "shapes": dict(sorted(found.items()))}


if __name__ == "__main__":
    made = world(Path(sys.argv[1]))
    made["centres"] = dict(sorted(made["centres"].items()))
    text = json.dumps(made, separators=(",", ":")).replace('],"', '],\n"').replace('z","', 'z",\n"')
    (HERE / "world.json").write_text(text + "\n", encoding="utf-8")
    fine = json.dumps(countries(Path(sys.argv[1])), separators=(",", ":"), ensure_ascii=False)
    (HERE / "countries.json").write_text(fine + "\n", encoding="utf-8")
