"""The grid of evidence: counts, marks, gaps and totals."""

import re

import pytest
from django.template.loader import render_to_string

from website.charts.endings import ENDINGS, shape
from website.charts.grid import MOST_MARKS, grid

CONFLICTS = [("interstate", "Interstate conflict"), ("risk", "Risk of relapse")]
INITIATIVES = [("mediation", "Mediation"), ("diplomacy", "Diplomacy"), ("local", "Local action")]


def made(cells):
    return grid(cells, CONFLICTS, INITIATIVES, lambda c, i: f"/cases/?conflict={c}&initiative={i}")


def drawn(cells, *, narrowed=False):
    context = {"grid": made(cells), "narrowed": narrowed}
    return render_to_string("website/_grid.html", context)


CELLS = {
    ("interstate", "mediation"): {"lasting": 2, "limited": 0, "contested": 1, "": 0},
    ("risk", "mediation"): {"lasting": 1},
    ("risk", "local"): {"": 4},
}


def test_counts_sum_along_rows_and_columns():
    found = made(CELLS)
    assert [line.total for line in found.lines] == [3, 5]
    assert found.totals == (4, 0, 4)
    assert found.total == 8 == sum(found.totals)
    assert found.gaps == 3


def test_a_cell_says_how_many_and_how_they_ended_and_leads_to_them():
    cell = made(CELLS).lines[0].cells[0]
    assert cell.name == "3 cases: Interstate conflict, Mediation; 2 lasting, 1 contested"
    assert cell.address == "/cases/?conflict=interstate&initiative=mediation"
    assert made(CELLS).lines[1].cells[2].name.endswith("4 not assessed")
    assert 'href="/cases/?conflict=interstate&amp;initiative=mediation"' in drawn(CELLS)


def test_an_empty_cell_is_a_gap_that_says_so():
    page = drawn(CELLS)
    assert page.count('<td class="gap"><span class="unseen">no case yet</span></td>') == 3
    assert "3 cells are empty" in page
    assert "invites research" in page


def test_a_gap_in_a_narrowed_answer_is_no_gap_in_the_evidence():
    page = drawn(CELLS, narrowed=True)
    assert page.count('<span class="unseen">no case in this answer</span>') == 3
    assert "3 cells are empty in this answer." in page
    assert "invites research" not in page and "no case yet" not in page.lower()


def test_a_full_grid_speaks_of_no_gap():
    cells = {(c, i): {"lasting": 1} for c, _ in CONFLICTS for i, _ in INITIATIVES}
    assert "gap" not in drawn(cells)


def test_it_is_a_table_with_heads_in_a_region_that_can_be_scrolled():
    page = drawn(CELLS)
    assert page.count('<th scope="row">') == len(CONFLICTS) + 1
    assert page.count('scope="col"') == len(INITIATIVES) + 1
    assert 'role="region" tabindex="0" aria-labelledby="evidence-name"' in page
    assert 'id="evidence-name"' in page


def test_marks_differ_in_shape():
    assert len({shape(ending.style, 0, 0, 8, 8) for ending in ENDINGS.values()}) == 6


@pytest.mark.parametrize("count", [1, 4, 5, MOST_MARKS])
def test_each_case_has_a_mark_of_its_own(count):
    cell = made({("risk", "local"): {"lasting": count}}).lines[1].cells[2]
    assert len(re.findall("M", cell.ink)) == count
    assert cell.height == 8 + 11 * ((count - 1) // 4)


def test_many_cases_are_shares_and_the_smallest_is_seen():
    cell = made({("risk", "local"): {"lasting": 399, "": 1}}).lines[1].cells[2]
    assert cell.count == 400
    assert cell.ink == "M0 0h41v8h-41z"
    assert cell.line == "M0 11h3v8h-3z"


def test_an_empty_grid_and_types_without_cells_can_be_drawn():
    assert made({}).total == 0
    assert made({("nowhere", "never"): {"lasting": 1}}).total == 0
    drawn({})
    page = render_to_string(
        "website/_grid.html", {"grid": grid({}, [], [], lambda c, i: ""), "narrowed": False}
    )
    assert "<table>" in page


def test_hostile_labels_are_escaped():
    hostile = [("x", '"><script>alert(1)</script>')]
    found = grid({("x", "x"): {"lasting": 1}}, hostile, hostile, lambda c, i: '/?"><b>')
    page = render_to_string("website/_grid.html", {"grid": found, "narrowed": False})
    assert "<script>" not in page
    assert '"><b>' not in page
