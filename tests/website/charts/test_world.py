"""The world map: a place for every country, steps of shading, names and addresses."""

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


def drawn(counts, names=None, *, narrowed=False):
    context = {"world": made(counts, names), "narrowed": narrowed}
    return render_to_string("website/_world.html", context)


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
    assert page.count('class="place ') == 2


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


def test_a_country_is_drawn_either_as_land_or_as_a_place():
    counts = {"TJK": 2}
    shapes = _drawn()["shapes"]
    assert shapes["TJK"] not in made(counts).land
    assert shapes["PER"] in made(counts).land
    assert place(counts, "TJK").d == shapes["TJK"]


def test_a_small_country_has_a_dot_and_room_to_be_hit():
    assert (place({"SLB": 1}, "SLB").dot, place({"SLB": 1}, "SLB").room) == (True, True)
    assert place({"TUV": 1}, "TUV").d == ""
    assert (place({"TJK": 1}, "TJK").dot, place({"TJK": 1}, "TJK").room) == (False, True)
    assert (place({"RUS": 1}, "RUS").dot, place({"RUS": 1}, "RUS").room) == (False, False)
    smallest_on_top = made({"VAT": 1, "RWA": 1, "COD": 1}).easiest_last
    assert [p.alpha3 for p in smallest_on_top] == ["COD", "RWA", "VAT"]


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (1, ["1"]),
        (2, ["1", "2"]),
        (5, ["1", "2", "3", "4", "5"]),
        (6, ["1", "2–4", "5 or more"]),
        (10, ["1", "2–4", "5–9", "10"]),
        (49, ["1", "2–4", "5–9", "10–19", "20 or more"]),
        (180, ["1–4", "5–19", "20–49", "50–99", "100 or more"]),
        (10**6, ["1–19", "20–99", "100–499", "500–999", "1000 or more"]),
    ],
)
def test_the_key_says_the_numbers(most, labels):
    shades = made({"TJK": most, "PER": 1}).shades
    assert [shade.label for shade in shades] == labels
    assert len({shade.step for shade in shades}) == len(labels)


def test_more_cases_are_never_a_fainter_shade():
    counts = {code: n for n, code in enumerate(CODES[:60], 1)}
    steps = [p.step for p in sorted(made(counts).places, key=lambda p: p.count)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (1, 5)


def test_only_the_map_of_all_cases_says_that_there_is_none_yet():
    assert "None yet" in drawn({"TJK": 1})
    narrowed = drawn({"TJK": 1}, narrowed=True)
    assert "None yet" not in narrowed and "None in this answer" in narrowed


def test_a_map_of_nothing_and_of_everything_can_be_drawn():
    assert "None yet" not in drawn({})
    assert "<table>" not in drawn({})
    assert drawn(dict.fromkeys(CODES, 400)).count('class="place ') == 250


def test_hostile_names_are_escaped():
    assert "<script>" not in drawn({"TJK": 1}, {"TJK": '"><script>alert(1)</script>'})


def test_what_is_meant_by_borders_is_said_beside_the_map():
    assert "Names and borders express no opinion" in drawn({})
