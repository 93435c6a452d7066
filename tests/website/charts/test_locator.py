"""The locator map: where a case was, from its places or else its countries."""

import re

import pytest

from website.charts.locator import HEIGHT, WIDTH, locator


def place(latitude, longitude, north="", east="", name="There"):
    return {
        "name": name,
        "latitude": str(latitude),
        "longitude": str(longitude),
        "north": str(north),
        "east": str(east),
        "precision": "town",
    }


def test_a_point_stands_in_the_middle_with_its_land_around():
    drawn = locator([place(38.56, 68.77, name="Dushanbe")], {"TJK": "Tajikistan"})
    (point,) = drawn.points
    assert (point.x, point.y) == (WIDTH / 2, HEIGHT / 2)
    assert drawn.own and drawn.land and not drawn.boxes
    assert drawn.caption == "Dushanbe"


def test_without_a_place_it_shows_the_countries():
    drawn = locator([], {"TJK": "Tajikistan", "XYZ": "Nowhere"})
    assert drawn.caption == "Tajikistan"
    assert drawn.own and not drawn.points


@pytest.mark.parametrize("countries", [{}, {"XYZ": "Nowhere"}, {"VAT": "Too small to be drawn"}])
def test_without_either_there_is_none(countries):
    assert locator([], countries) is None


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ([place(-17, 177, -15, -178)], "FJI"),  # over the 180th meridian
        ([place(-18, 178), place(-19, -179)], "FJI"),
        ([place(90, 0)], "NOR"),
        ([place(-90, 180)], "ATA"),
        ([place(-60, -170, 80, 170)], "USA"),
    ],
)
def test_the_edges_of_the_world_are_drawn_within_the_map(places, code):
    drawn = locator(places, {code: code})
    for point in drawn.points:
        assert 0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT
    assert len(drawn.land) + len(drawn.own) < 60_000


def test_fiji_is_not_torn_apart_by_the_meridian():
    drawn = locator([place(-17.8, 178)], {"FJI": "Fiji"})
    steps = [abs(int(number)) for number in re.findall(r"-?\d+", drawn.own)]
    assert steps and max(steps) <= WIDTH
