"""The collection as one SQLite file: the tidy tables, texts and notes, and an index of words."""

import re
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.http import QueryDict

from editions.cite_edition.styled import citations
from editions.record.read import record_of
from website.exports.codebook import COLUMNS
from website.exports.columns import as_text
from website.exports.export_set import export_set
from website.exports.tidy_tables import citations_of, rows_of, tables

from .contents import Contents, contents
from .readme import readme_of
from .schema import CASE, CASES, heads, schema
from .text import with_note_numbers

_PAGE = 1024  # bytes: a row of a kilobyte leaves much of a larger page blank
# While the words of thousands of cases are indexed, their parties and events are found by case.
_AFTER = """
CREATE INDEX parties_by_case ON stored_parties (case_id);
CREATE INDEX events_by_case ON stored_events (case_id);
INSERT INTO search (search) VALUES ('rebuild');
INSERT INTO search (search) VALUES ('optimize');
DROP INDEX parties_by_case;
DROP INDEX events_by_case;
VACUUM;
"""
_EXPLAINED = {  # the columns that are ours, by table
    "cases": {"id": "Its number in this file: editions.id, search.rowid, case_id."},
    "sources": {"id": "Its number in this file: source_id."},
    "editions": {
        "id": "Its row in the index: search.rowid.",
        CASE: "The case's name in addresses.",
        "edition": "The number of the edition in print.",
        "citation": "How it is cited, in the style of the collection.",
        "text": "The text, blocks parted by blank lines, numbers of notes in brackets.",
    },
    "notes": {
        CASE: "The case's name in addresses.",
        "note": "The number of the note.",
        "text": "The note as it is printed.",
    },
    "ended": {
        "title": "The title of the case.",
        "kind": "withdrawal, or removal on a legal ground.",
        "day": "On which day.",
        "why": "The reason that the site gives.",
        "address": "Where the site says so.",
    },
}


class _Source(NamedTuple):
    """A row of the table of sources: what notes name it by, and what they repeat of it."""

    id: int
    title: str | None
    address: str | None


def write_sqlite(path: Path, *, on: date) -> None:
    """Write the collection as it is in print to a new file at `path`, dated `on`. Raises OSError
    where there is one. Some 6 ms for each case."""
    with path.open("xb"):
        pass
    found = contents(on)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            f"PRAGMA page_size = {_PAGE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        )
        database.executescript(schema())
        _fill_editions(database, found, *_fill_tidy(database, found))
        _fill_rest(database, found)
        database.commit()
        database.executescript(_AFTER)


def _fill_tidy(
    database: sqlite3.Connection, found: Contents
) -> tuple[dict[str, int], dict[str, _Source]]:
    """Returns the numbers of cases and the rows of sources, by their names."""
    ids: dict[str, int] = {}
    sources: dict[str, _Source] = {}
    kept = [at for at, column in enumerate(COLUMNS) if column in CASES]
    columns = heads()
    title, address = (columns["sources"].index(name) for name in ("title", "address"))
    # Of the editions whose texts go in, whatever is published meanwhile.
    everything = replace(export_set(QueryDict("")), keys=array("q", found.keys))
    for name, row in rows_of(everything):
        values = [_value(value) for value in row]
        if name == "cases":
            values = [values[at] for at in kept]
            ids[values[0]] = len(ids) + 1
            _insert(database, name, [*values, ids[values[0]]])
        elif name == "sources":
            source = _Source(len(sources) + 1, values[title], values[address])
            sources[values[0]] = source
            _insert(database, name, [*values, source.id])
        elif columns[name][0] != CASE:
            _insert(database, name, values)
        elif name != "citations":  # those are stored in the notes
            _insert(database, f"stored_{name}", [ids[values[0]], *values[2:]])
    return ids, sources


def _fill_editions(
    database: sqlite3.Connection,
    found: Contents,
    ids: dict[str, int],
    sources: dict[str, _Source],
) -> None:
    for edition in found.editions():
        edition.record = record_of(edition)
        number = ids[edition.case.slug]
        text = with_note_numbers(edition.record["body_html"])
        _insert(database, "stored_editions", [number, citations(edition).house.text, text])
        cited = {
            note: [row[3:] for row in rows]
            for note, rows in groupby(citations_of(edition), key=lambda row: row[2])
        }
        for note in edition.record["notes"]:
            parts = _parts(note["text"], cited.get(note["number"], []), sources)
            for part in parts:
                _insert(database, "stored_notes", [number, note["number"], *part])


def _parts(text: str, cited: list[list[Any]], sources: dict[str, _Source]) -> Iterator[list[Any]]:
    """The note in parts, one for each work: the house style joins them by semicolons. Of a note
    of other words all is in the first part."""
    if not cited:
        yield [*[None] * 7, text]
        return
    words = re.split("(?<=; )", text)
    if len(words) != len(cited):
        words = [text] + [""] * (len(cited) - 1)
    for said, (key, *where) in zip(words, cited, strict=True):
        source = sources[key]
        before_title, rest = _parted(said, source.title)
        before_address, rest = _parted(rest, source.address)
        yield [source.id, *map(_value, where), before_title, before_address, rest]


def _parted(text: str, at: str | None) -> tuple[str | None, str]:
    """What stands before and after `at`; None and all of it where that does not stand there."""
    before, found, after = text.partition(at) if at else (text, "", "")
    return (before, after) if found else (None, text)


def _fill_rest(database: sqlite3.Connection, found: Contents) -> None:
    lines = readme_of(found).rstrip("\n").split("\n")
    database.executemany("INSERT INTO README VALUES (?, ?)", enumerate(lines, start=1))
    database.executemany("INSERT INTO about VALUES (?, ?)", _about(found).items())
    database.executemany("INSERT INTO codebook VALUES (?, ?, ?)", _codebook())
    for case in found.ended:
        kind = "removal" if case.is_removed else "withdrawal"
        _insert(database, "ended", [case.title, kind, str(case.day), case.why, case.address])


def _about(found: Contents) -> dict[str, str]:
    return {
        "collection": found.site,
        "address": found.address,
        "made_on": str(found.on),
        "number_of_cases": str(len(found)),
        "rights": found.rights,
        "log_head": found.log_head,
    }


def _codebook() -> Iterable[tuple[str, str, str]]:
    for fact in CASES:
        yield "cases", CASE if fact.name == "case" else fact.name, str(fact.explanation)
    for name, columns in tables().items():
        for column, what in columns:
            yield name, CASE if column == "case" else column, str(what)
    for name, explained in _EXPLAINED.items():
        yield from ((name, column, said) for column, said in explained.items())


def _insert(database: sqlite3.Connection, table: str, values: list[Any]) -> None:
    database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608


def _value(value: Any) -> Any:
    """As SQLite keeps it: nothing known is NULL, true is 1."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float) or value is None:
        return value
    return as_text(value) or None
