"""The whole collection as one picture: a mark for each case in the row of its outcome."""

from django.template.loader import render_to_string

from website.charts import MOST_MARKS, Row, outcomes, outcomes_of_many
from website.charts.outcomes import LINE, MOST_HIGH


def row(title, start, end, impact="lasting", *, ongoing=False):
    return Row(title, f"/cases/{title}/", start, end, ongoing, impact)


def made(*rows):
    return outcomes(rows, {"failed": "/cases/?impact=failed"}, today=2026)


def test_each_case_stands_in_the_row_of_its_outcome_at_its_last_year():
    found = made(
        row("a", 1990, 1994), row("b", 1990, 2010, "failed"), row("c", 2003, None, "", ongoing=True)
    )
    assert [(r.ending.slug, r.count) for r in found.rows] == [
        ("lasting", 1),
        ("failed", 1),
        ("", 1),
    ]
    places = [float(r.marks[0].x.rstrip("%")) for r in found.rows]
    assert places == sorted(places)
    assert found.rows[1].address == "/cases/?impact=failed"
    html = render_to_string("website/_outcomes.html", {"outcomes": found})
    assert html.count("<title>") == 3 and 'href="/cases/b/"' in html


def test_marks_of_one_year_are_stacked_and_no_stack_grows_out_of_the_page():
    found = made(*(row(f"c{n}", 1990, 1995) for n in range(60)), row("z", 2000, 2001))
    (only,) = found.rows
    assert len({(mark.x, mark.y) for mark in only.marks}) == 61
    assert only.height <= LINE * (MOST_HIGH + 1)


def test_fewer_than_two_dated_cases_make_no_picture():
    assert made() is None
    assert made(row("a", 1990, 1994), row("b", None, None)) is None


def test_undated_cases_are_counted_and_titles_escaped():
    found = made(row("<b>", 1990, 1994), row("x", 1991, 1992), row("u", None, None))
    assert found.undated == 1
    html = render_to_string("website/_outcomes.html", {"outcomes": found})
    assert "1 case without a year is not shown." in html and "<b>" not in html


def test_of_many_cases_a_row_is_a_bar():
    found = outcomes_of_many({"failed": 1, "lasting": MOST_MARKS, "": 0}, {})
    assert [(r.count, r.bar) for r in found.rows] == [(MOST_MARKS, "100%"), (1, "0.25%")]
    html = render_to_string("website/_outcomes.html", {"outcomes": found})
    assert html.count("<title>") == 0 and len(html) < 5000
