"""The dated events of a case, and its life-line."""

import pytest

from website.pages.chronology import chronology


def record(*dates):
    events = [{"date": date, "line": f"On {date}", "citation": ""} for date in dates]
    return {"events": events, "fact_refs": {}}


def test_three_events_are_a_life_line_in_order_of_their_dates():
    found = chronology(record("1997-06-27", "1994", "1996-12"))
    assert [event.date for event in found.events] == ["1994", "1996-12", "1997-06-27"]
    assert (found.is_drawn, found.first, found.last) == (True, "1994", "1997")
    assert [event.day for event in found.events] == ["1994", "December 1996", "27 June 1997"]
    places = [float(event.at) for event in found.events]
    assert places[0] == 4 and places[-1] == 96 and places == sorted(places)


@pytest.mark.parametrize(
    "dates", [(), ("1994",), ("1994", "1995"), ("1994-01-01", "1994-01-01", "1994-01-01")]
)
def test_fewer_or_all_on_one_day_are_none(dates):
    assert not chronology(record(*dates)).is_drawn


def test_years_before_a_thousand_are_read():
    found = chronology(record("0001", "0012-02-28", "0999"))
    assert (found.first, found.last) == ("1", "999")
