"""The timeline: bars over their years, empty centuries left out, and the figure for many."""

import itertools
import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from website.charts import Row, timeline, timeline_of_many, under_way

TODAY = 2026
YEARS = st.none() | st.integers(-3000, 2200)


def row(start, end, *, ongoing=False, impact="lasting", title="Ending it"):
    return Row(title, "/cases/x/", start, end, ongoing, impact)


def number(share):
    assert share.endswith("%")
    return float(share[:-1])


def drawn(chart, partial="timeline"):
    return render_to_string(f"website/_{partial}.html", {"timeline": chart})


def test_a_bar_spans_its_years_whole():
    chart = timeline([row(1990, 1999), row(2000, 2009)], today=TODAY)
    first, second = chart.bars
    assert (first.x, first.width, first.right) == ("0%", "50%", "50%")
    assert (second.x, second.width) == ("50%", "50%")


def test_a_bar_is_named_in_full():
    chart = timeline([row(1993, 1997, title="Ending the war")], today=TODAY)
    assert chart.bars[0].name == "Ending the war, 1993–1997, lasting impact"
    assert 'aria-label="Ending the war, 1993–1997, lasting impact"' in drawn(chart)


def test_a_single_year_is_seen():
    rows = [row(1945, 2025), row(1997, 1997)]
    assert number(timeline(rows, today=TODAY).bars[1].width) > 1


def test_bars_stand_in_order_of_start():
    rows = [row(2001, 2002), row(1990, 1999), row(None, 1980), row(-400, -390)]
    assert [bar.years for bar in timeline(rows, today=TODAY).bars] == [
        "401 BCE–391 BCE",
        "until 1980",
        "1990–1999",
        "2001–2002",
    ]


def test_what_is_ongoing_runs_to_this_year_and_is_open():
    chart = timeline([row(1964, None, ongoing=True), row(1964, 2025)], today=TODAY)
    ongoing = next(bar for bar in chart.bars if bar.open)
    assert number(ongoing.right) == 100
    assert drawn(chart).count('class="goes-on"') == 2  # on the bar and in the key
    assert "open" not in drawn(timeline([row(1964, 2025)], today=TODAY)).split("<ol>")[1]


def test_an_end_that_is_not_known_is_told_from_one_that_is():
    chart = timeline([row(1971, None), row(None, 1989), row(1970, 1990)], today=TODAY)
    assert [(b.unsure_start, b.unsure_end) for b in chart.bars] == [
        (False, False),
        (False, True),
        (True, False),
    ]
    assert "This end is not known" in drawn(chart)


def test_cases_without_a_year_are_named_beneath():
    rows = [row(1993, 1997), row(None, None, title="Elders"), row(None, None, ongoing=True)]
    chart = timeline(rows, today=TODAY)
    assert (len(chart.bars), len(chart.undated), chart.count) == (1, 2, 3)
    assert "Without a year:" in drawn(chart)
    assert ">Elders</a>" in drawn(chart)


def test_ticks_stand_at_round_years():
    chart = timeline([row(1948, 1990), row(2001, 2024)], today=TODAY)
    assert [tick.label for tick in chart.axis.ticks] == [
        *("1940", "1950", "1960", "1970", "1980", "1990", "2000", "2010", "2020")
    ]


def test_years_before_our_era_are_round_as_they_are_named():
    labels = [tick.label for tick in timeline([row(-420, -340)], today=TODAY).axis.ticks]
    assert labels == ["440 BCE", "420 BCE", "400 BCE", "380 BCE", "360 BCE", "340 BCE"]


def test_empty_stretches_are_left_out_and_it_is_said():
    chart = timeline([row(-400, -390), row(1945, 1950), row(1970, 1979)], today=TODAY)
    ancient, after, late = chart.bars
    assert len(chart.axis.breaks) == 1
    assert chart.axis.breaks[0].words.startswith("The axis leaves out ")
    assert number(ancient.right) < number(chart.axis.breaks[0].at) < number(after.x)
    assert number(late.width) / number(after.width) == pytest.approx(10 / 6, rel=0.01)
    assert chart.axis.breaks[0].words in drawn(chart)


def test_a_long_span_that_is_filled_is_not_broken():
    chart = timeline([row(-400, 1945), row(1990, 1999)], today=TODAY)
    assert chart.axis.breaks == ()
    assert len(chart.axis.ticks) <= 9


@given(st.lists(st.tuples(YEARS, YEARS, st.booleans()), max_size=30))
def test_every_bar_lies_on_the_axis_and_breaks_lie_between(spans):
    rows = []
    for start, end, ongoing in spans:
        if start is not None and end is not None and end < start:
            start, end = end, start
        rows.append(row(start, None if ongoing else end, ongoing=ongoing))
    chart = timeline(rows, today=TODAY)
    assert chart.count == len(rows)
    breaks = [number(b.at) for b in chart.axis.breaks] if chart.axis else []
    for bar in chart.bars:
        assert 0 <= number(bar.x) < number(bar.right) <= 100.01
        assert not any(number(bar.x) < at < number(bar.right) for at in breaks)
    lanes = {}
    for bar in chart.bars:
        assert number(bar.x) >= lanes.get(bar.lane, 0)
        lanes[bar.lane] = number(bar.right)
    assert len(lanes) == chart.lanes


@given(st.lists(st.tuples(st.integers(-3000, 2200), st.integers(0, 700)), min_size=1, max_size=9))
def test_labels_of_ticks_do_not_meet(spans):
    chart = timeline([row(start, start + more) for start, more in spans], today=TODAY)
    at = [number(tick.at) for tick in chart.axis.ticks]
    assert at
    assert all(after - before > 4 for before, after in itertools.pairwise(at))


def test_a_hostile_title_is_escaped():
    hostile = '"><script>alert(1)</script>&\x01\u202e' + "x" * 5000
    chart = timeline([Row(hostile, '/a/?b="><b>', 1990, 1991, False, "no such")], today=TODAY)
    for partial in ("timeline", "timeline_small"):
        page = drawn(chart, partial)
        assert "<script>" not in page
        assert '"><b>' not in page
    assert "Impact not assessed" in drawn(chart)


@pytest.mark.parametrize("rows", [0, 1, 400])
def test_any_number_of_rows_can_be_drawn(rows):
    chart = timeline([row(1900 + n % 100, 1905 + n % 100) for n in range(rows)], today=TODAY)
    assert len(chart.bars) == rows
    assert drawn(chart).count("<li><a ") == rows
    drawn(chart, "timeline_small")


def test_endings_differ_in_shape_and_not_in_colour_alone():
    rows = [row(1990, 1999, impact=impact) for impact in ("lasting", "limited", "contested", "")]
    bars = drawn(timeline(rows, today=TODAY)).split("<ol>")[1].split("</ol>")[0].split("</li>")[:4]
    shapes = [tuple(re.findall(r'<(\w+) class="(\w+)"[^>]*/>', bar)) for bar in bars]
    assert len(set(shapes)) == 4


def test_under_way_counts_each_year():
    spans = [(1990, 1992, False, 2), (1991, None, True, 1), (None, 1980, False, 3)]
    counts = under_way(spans, today=1994)
    assert counts == {1980: 3, 1990: 2, 1991: 3, 1992: 3, 1993: 1, 1994: 1}


@given(st.lists(st.tuples(YEARS, st.integers(0, 40), st.integers(1, 3)), max_size=12))
def test_under_way_sums_to_the_years_of_all(spans):
    spans = [(s, None if s is None else s + more, False, n) for s, more, n in spans]
    counts = under_way(spans, today=TODAY)
    assert sum(counts.values()) == sum((e - s + 1) * n for s, e, _o, n in spans if s is not None)


def test_many_are_drawn_as_steps_with_a_table_by_decade():
    chart = timeline_of_many(
        under_way([(1988, 1992, False, 60), (1990, 2003, False, 70)], today=TODAY)
    )
    assert (chart.most, chart.peak) == (130, "1990–1992")
    assert [step.number for step in chart.steps] == [60, 130, 70]
    assert [(d.label, d.fewest, d.most) for d in chart.decades] == [
        ("1980s", 0, 60),
        ("1990s", 70, 130),
        ("2000s", 70, 70),
    ]
    assert number(chart.steps[1].height) == 100
    page = drawn(chart)
    assert '<th scope="row">1990s</th><td>70</td><td>130</td>' in page
    assert "130 at once" in page
    assert "130 under way" in drawn(chart, "timeline_small")


@given(st.dictionaries(st.integers(-3000, 2200), st.integers(-1, 10**6), max_size=30))
def test_steps_cover_every_year_with_anything(counts):
    chart = timeline_of_many(counts)
    drawn(chart)
    assert chart.most == max([0, *counts.values()])
    for step in chart.steps:
        assert 0 <= number(step.y) <= 100
        assert 0 <= number(step.x) < 100
    assert len(chart.levels) <= 6
