"""The collection as one SQLite file: the tidy tables, texts and notes, and an index of words."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from django.http import QueryDict

from editions.cite_edition.styled import citations
from editions.record.read import record_of
from website.exports.codebook import COLUMNS
from website.exports.columns import as_text
from website.exports.export_set import export_set
from website.exports.tidy_tables import rows_of, tables

from .contents import Contents, contents
from .readme import readme_of
from .text import with_note_numbers

_CASE = "case_slug"  # "case" is a word of SQL
_KEYS = {"cases": _CASE, "sources": "key", "organisations": "slug", "notices": "reference"}
_LONG_ROWS = ("cases", "notices")  # without a rowid each would take a page of its own
_OF_OTHERS = re.compile(  # columns of cases whose values are rows of a table
    "(agreement|casualties|event|external_id|organisation_|parties|party|place)"
)
_OURS = """
CREATE TABLE README (line INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE codebook ("table" TEXT, "column" TEXT, explanation TEXT);
CREATE TABLE ended (title TEXT, kind TEXT, day TEXT, why TEXT, address TEXT);
CREATE TABLE editions (id INTEGER PRIMARY KEY, case_slug TEXT NOT NULL UNIQUE REFERENCES cases,
  edition INTEGER NOT NULL, citation TEXT, text TEXT);
CREATE TABLE notes (case_slug TEXT NOT NULL REFERENCES cases, note INTEGER NOT NULL, text TEXT,
  PRIMARY KEY (case_slug, note)) WITHOUT ROWID;
CREATE VIEW searched AS SELECT id, cases.title, cases.standfirst,
  coalesce(location, '') || ' ' || coalesce(country_names, '') || ' ' ||
  coalesce(conflict_label, '') || ' ' || coalesce(conflict_type_labels, '') || ' ' ||
  coalesce(initiative_type_labels, '') || ' ' || coalesce(organisations, '') || ' ' ||
  coalesce((SELECT group_concat(name, ' ') FROM (SELECT name FROM parties
    WHERE parties.case_slug = editions.case_slug ORDER BY rowid)), '') || ' ' ||
  coalesce((SELECT group_concat(line, ' ') FROM (SELECT line FROM events
    WHERE events.case_slug = editions.case_slug ORDER BY rowid)), '') AS facts,
  text,
  (SELECT group_concat(text, ' ') FROM (SELECT text FROM notes
    WHERE notes.case_slug = editions.case_slug ORDER BY note)) AS notes
FROM editions JOIN cases USING (case_slug);
CREATE VIRTUAL TABLE search USING fts5 (title, standfirst, facts, text, notes,
  content='searched', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
"""
_AFTER = """
INSERT INTO search (search) VALUES ('rebuild');
INSERT INTO search (search) VALUES ('optimize');
VACUUM;
"""
_EXPLAINED = {  # the columns of our own tables, by table
    "editions": {
        "id": "Its row in the index: search.rowid.",
        _CASE: "The case's name in addresses.",
        "edition": "The number of the edition in print.",
        "citation": "How it is cited, in the style of the collection.",
        "text": "The text, blocks parted by blank lines, numbers of notes in brackets.",
    },
    "notes": {
        _CASE: "The case's name in addresses.",
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


_COLUMNS = [column for column in COLUMNS if not _OF_OTHERS.match(column.name)]


def write_sqlite(path: Path, *, on: date) -> None:
    """Write the collection as it is in print to a new file at `path`, dated `on`. Raises OSError
    where there is one. Some 25 ms for each case."""
    with path.open("xb"):
        pass
    found = contents(on)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.executescript(_schema())
        _fill_tidy(database)
        _fill_editions(database, found)
        _fill_rest(database, found)
        database.commit()
        database.executescript(_AFTER)


def _heads() -> dict[str, list[str]]:
    """The columns of the tidy tables, by table."""
    named = {name: [column for column, _what in columns] for name, columns in tables().items()}
    named["cases"] = [column.name for column in _COLUMNS]
    return {
        name: [_CASE if column == "case" else column for column in columns]
        for name, columns in named.items()
    }


def _schema() -> str:
    """Columns have no type, so that numbers stay numbers and texts texts."""
    made = []
    for name, columns in _heads().items():
        key = _KEYS.get(name, "")
        parts = [f'"{column}"{" PRIMARY KEY" if column == key else ""}' for column in columns]
        without = " WITHOUT ROWID" if key and name not in _LONG_ROWS else ""
        made.append(f"CREATE TABLE {name} ({', '.join(parts)}){without};")
    return "\n".join([*made, _OURS])


def _fill_tidy(database: sqlite3.Connection) -> None:
    kept = [at for at, column in enumerate(COLUMNS) if column in _COLUMNS]
    for name, row in rows_of(export_set(QueryDict(""), order="title")):
        values = list(row)
        _insert(database, name, [values[at] for at in kept] if name == "cases" else values)


def _fill_editions(database: sqlite3.Connection, found: Contents) -> None:
    for number, edition in enumerate(found.editions(), start=1):
        slug, record = edition.case.slug, record_of(edition)
        cited, text = citations(edition).house.text, with_note_numbers(record["body_html"])
        _insert(database, "editions", [number, slug, edition.number, cited, text])
        for note in record["notes"]:
            _insert(database, "notes", [slug, note["number"], note["text"]])


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
    for fact in _COLUMNS:
        yield "cases", _CASE if fact.name == "case" else fact.name, str(fact.explanation)
    for name, columns in tables().items():
        for column, what in columns:
            yield name, _CASE if column == "case" else column, str(what)
    for name, explained in _EXPLAINED.items():
        yield from ((name, column, said) for column, said in explained.items())


def _insert(database: sqlite3.Connection, table: str, row: Iterable[Any]) -> None:
    values = [_value(value) for value in row]
    database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608


def _value(value: Any) -> Any:
    """As SQLite keeps it: nothing known is NULL, true is 1."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float) or value is None:
        return value
    return as_text(value) or None
