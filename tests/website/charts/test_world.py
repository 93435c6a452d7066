"""The world map: a place for every country, circles by number, names and addresses."""

import csv
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from website.charts import world as charts_world
from website.charts.world import DATA, _drawn, world

COUNTRIES = settings.BASE_DIR / "organisations" / "data" / "countries.csv"
CODES = [row["alpha3"] for row in csv.DictReader(COUNTRIES.read_text("utf-8").splitlines())]


def made(counts, names=None):
    return world(counts, lambda code: f"/cases/?country={code}", names or {})


def drawn(counts, names=None):
    return render_to_string("website/_world.html", {"world": made(counts, names)})


def place(counts, alpha3):
    return next(place for place in made(counts).places if place.alpha3 == alpha3)


def test_the_package_offers_the_function_and_not_the_module():
    assert charts_world is world


@pytest.mark.parametrize("alpha3", CODES)
def test_every_country_has_a_shape_or_a_point_on_the_map(alpha3):
    data = _drawn()
    x, y, size = data["centres"][alpha3]
    assert 0 <= x <= data["width"]
    assert 0 <= y <= data["height"]
    assert (size > 0) == (alpha3 in data["shapes"])


def test_the_map_knows_no_country_that_there_is_not():
    assert set(_drawn()["shapes"]) <= set(_drawn()["centres"]) == set(CODES)


def test_the_outlines_stay_small_and_in_whole_units():
    shapes = _drawn()["shapes"]
    assert DATA.stat().st_size < 60_000
    assert all(re.fullmatch(r"(M[0-9]+ [0-9]+l[-0-9 ]+z)+", d) for d in shapes.values())


def test_places_lie_where_they_are():
    def at(alpha3):
        return _drawn()["centres"][alpha3][:2]

    assert at("SLB")[0] > at("AUS")[0] > at("TJK")[0] > at("ITA")[0] > at("PER")[0] > at("USA")[0]
    assert at("RUS")[1] < at("TJK")[1] < at("COD")[1] < at("ZAF")[1] < at("ATA")[1]
    assert at("GUF")[0] < at("FRA")[0]


def test_a_country_with_cases_is_a_link_with_name_and_number():
    page = drawn({"TJK": 2, "PER": 1}, {"TJK": "Tajikistan", "PER": "Peru"})
    assert 'href="/cases/?country=tjk" aria-label="Tajikistan: 2 cases"' in page
    assert 'href="/cases/?country=per" aria-label="Peru: 1 case"' in page
    assert page.count('class="place"') == 2


def test_the_counts_are_all_in_the_table():
    counts = {"TJK": 2, "PER": 1, "QQQ": 7, "SLB": 3, "CHL": 0}
    page = drawn(counts)
    numbers = re.findall(r"</th><td>(\d+)</td>", page)
    assert sum(map(int, numbers)) == 13
    assert place(counts, "QQQ").x is None


def test_places_stand_in_the_order_of_the_alphabet():
    names = {"CIV": "Côte d’Ivoire", "ALA": "Åland", "CUB": "Cuba", "DZA": "Algeria", "ZWE": "zz"}
    found = [p.title for p in made(dict.fromkeys(names, 1), names).places]
    assert found == ["Åland", "Algeria", "Côte d’Ivoire", "Cuba", "zz"]


def test_more_cases_are_a_larger_circle_by_area_and_the_smallest_lies_on_top():
    found = made({"TJK": 16, "PER": 4, "SLB": 1})
    r = {p.alpha3: p.r / found.unit for p in found.places}
    assert r["TJK"] / r["PER"] == pytest.approx(2, rel=0.05)
    assert [p.alpha3 for p in found.smallest_last] == ["TJK", "PER", "SLB"]
    assert all(place.room >= place.r for place in found.places)


@pytest.mark.parametrize(
    ("most", "counts"), [(1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (100, [1, 10, 100])]
)
def test_the_key_shows_circles_and_their_numbers(most, counts):
    sizes = made({"TJK": most, "PER": 1}).sizes
    assert [size.count for size in sizes] == counts
    assert [size.r for size in sizes] == sorted(size.r for size in sizes)


def edges(counts):
    left, top, width, height = map(float, made(counts).view.split())
    return left, top, left + width, top + height


def test_the_map_fits_what_was_found():
    left, top, right, bottom = edges({"SLE": 1, "LBR": 2})
    assert right - left < 700
    for alpha3 in ("SLE", "LBR"):
        x, y, _size = _drawn()["centres"][alpha3]
        assert left < x < right and top < y < bottom
    assert edges({}) == (0, 0, 2000, 909)
    assert edges({"USA": 1, "NZL": 1, "RUS": 1})[2] <= 2000


@pytest.mark.parametrize("alpha3", ["NZL", "ISL", "ATA", "USA", "FJI"])
def test_the_map_never_leaves_the_world(alpha3):
    left, top, right, bottom = edges({alpha3: 1})
    assert 0 <= left < right <= 2000 and 0 <= top < bottom <= 910


def test_the_name_of_a_place_stands_to_the_side_that_has_room():
    sides = {p.alpha3: p.side for p in made({"PER": 1, "NZL": 1}).places}
    assert sides == {"PER": "start", "NZL": "end"}


def test_a_map_of_nothing_and_of_everything_can_be_drawn():
    assert "<table>" not in drawn({})
    assert drawn(dict.fromkeys(CODES, 400)).count('class="place"') == 250


def test_hostile_names_are_escaped():
    assert "<script>" not in drawn({"TJK": 1}, {"TJK": '"><script>alert(1)</script>'})


def test_what_is_meant_by_borders_is_said_beside_the_map():
    assert "Names and borders express no opinion" in drawn({})
