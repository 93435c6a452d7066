"""The dated events of a case: as a list, and from three on as its life-line."""

from datetime import date
from typing import NamedTuple

from cases.models.content import partial_date_in_words
from editions.record.field import Record

from .facts_block import markers

FEWEST = 3  # fewer are no line
_EDGE = 4  # per cent of the line's length that are kept free at its ends


class Event(NamedTuple):
    """One event: its date in ISO 8601, as much of it as is known, the same in words, what happened,
    the marker of the note on which it rests, as HTML, and where it stands on the life-line, in per
    cent of its length."""

    date: str
    day: str
    line: str
    marker: str
    at: str


class Chronology(NamedTuple):
    """The events in order of their dates, and whether they are drawn as a life-line from the year
    `first` to the year `last`."""

    events: list[Event]
    is_drawn: bool = False
    first: str = ""
    last: str = ""


def chronology(record: Record) -> Chronology:
    """The chronology of a record in the present format."""
    rows = sorted(
        zip(
            record["events"],
            markers(record, "events") or [""] * len(record["events"]),
            strict=True,
        ),
        key=lambda pair: pair[0]["date"],
    )
    days = [_middle(row["date"]) for row, _marker in rows]
    length = max(days) - min(days) if days else 0
    events = [
        Event(
            row["date"],
            partial_date_in_words(row["date"]),
            row["line"],
            marker,
            f"{_EDGE + (100 - 2 * _EDGE) * (day - min(days)) / (length or 1):.2f}",
        )
        for (row, marker), day in zip(rows, days, strict=True)
    ]
    if len(events) < FEWEST or not length:
        return Chronology(events)
    first, last = (event.date[:4].lstrip("0") for event in (events[0], events[-1]))
    return Chronology(events, is_drawn=True, first=first, last=last)


def _middle(partial: str) -> int:
    """The day in the middle of a day, a month or a year, counted from the year 1."""
    if len(partial) == 4:
        return date(max(int(partial), 1), 7, 2).toordinal()
    return date.fromisoformat(partial if len(partial) > 7 else f"{partial}-15").toordinal()
