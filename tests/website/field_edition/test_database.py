"""The collection as one SQLite file: what it holds, what is found in it, and that it is true."""

import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from desk.services import withdraw
from tests.factories import make_case, make_edition, make_organisation, make_source
from website.field_edition import write_sqlite
from website.field_edition.readme import readme

DAY = date(2026, 11, 30)


@pytest.fixture
def written(tmp_path):
    def write(name="a.sqlite3", on=DAY):
        write_sqlite(tmp_path / name, on=on)
        return tmp_path / name

    return write


@pytest.fixture
def full(db):
    source = make_source("read2001", title="A read book", url="https://example.org/a")
    return make_edition(
        slug="full",
        title="Ending the war of R&D",
        source=source,
        body="Négociations *began*.[@read2001, p. 12]\n\nObservers monitored the ceasefire.[^1]"
        "\n\n[^1]: Words alone; see [@read2001].",
        organisations=[make_organisation("The Body")],
        parties=[{"role": "belligerent", "name": "The Front"}],
        events=[{"date": "1994-09", "line": "A truce."}],
        places=[{"name": "There", "latitude": "1.5", "longitude": "-2", "precision": "town"}],
    )


def rows(path, question, *values):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question, values).fetchall()


def test_the_tables_say_all_of_a_case(written, full, moderator):
    gone = make_edition(slug="gone", title="Gone", body="The text that went.[@read2001]")
    withdraw(gone.case, by=moderator, reason="Its source was forged.")
    make_case(title="A secret draft", body="Nobody reads this.")
    path = written()
    assert rows(path, "SELECT case_slug, title, start_year, ongoing, concern FROM cases") == [
        ("full", "Ending the war of R&D", 1993, 0, None)
    ]
    ((text, citation),) = rows(path, "SELECT text, citation FROM editions")
    assert text == "Négociations began.[1]\n\nObservers monitored the ceasefire.[2]"
    assert full.permanent_path in citation
    assert [n for n, _text in rows(path, "SELECT note, text FROM notes")] == [1, 2]
    assert rows(path, "SELECT note, source, locator FROM citations") == [
        *((1, "read2001", "12"), (2, "read2001", None)),
    ]
    assert rows(path, "SELECT title, cases FROM sources") == [("A read book", 1)]
    assert rows(path, "SELECT latitude, longitude FROM places") == [(1.5, -2.0)]
    assert rows(path, "SELECT title, kind, why FROM ended") == [
        ("Gone", "withdrawal", "Its source was forged.")
    ]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    held = path.read_bytes()
    assert b"secret draft" not in held and b"The text that went" not in held
    assert dict(rows(path, "SELECT name, value FROM about"))["made_on"] == "2026-11-30"


def test_notes_come_back_as_they_are_printed(written, db):
    made = {
        "plain": make_source("plain", title="A read book", url="https://example.org/a"),
        "split": make_source("split", title="Before; after", type="report"),
        "again": make_source("again", title="A read book", url="https://example.org/b"),
    }
    edition = make_edition(
        source=made["plain"],
        body="One.[@plain, p. 12] Two.[@plain; @again, p. 3] Three.[@split; @plain] Four.[^w]"
        " Five.[@again] Six.[^c]\n\n[^w]: Words; and more words.\n\n"
        "[^c]: Words; see [@split]; and, of A read book, [@plain].",
    )
    path = written()
    printed = [(note["number"], note["text"]) for note in edition.record["notes"]]
    assert len(printed) == 6
    assert rows(path, "SELECT note, text FROM notes ORDER BY note") == printed
    assert rows(path, "SELECT note, source, locator FROM citations") == [
        (note["number"], cite["key"], cite["locator"] or None)
        for note in edition.record["notes"]
        for cite in note["citations"]
    ]
    ((found,),) = rows(path, "SELECT notes FROM searched")
    assert found == " ".join(text for _number, text in printed)


def test_titles_and_addresses_of_sources_are_stored_once(written, full):
    held = written().read_bytes()
    assert held.count(b"A read book") == held.count(b"https://example.org/a") == 1


@pytest.mark.parametrize(
    "words",
    ["negociation", "monitor*", '"the ceasefire"', "title: war", "facts: front", "notes: alone"],
)
def test_words_are_found(written, full, words):
    make_edition(slug="other", title="Another")
    found = rows(
        written(),
        "SELECT case_slug FROM search JOIN editions ON id = search.rowid WHERE search MATCH ?",
        words,
    )
    assert found == [("full",)]


def test_every_question_of_the_readme_is_answered(written, full):
    path, text = written(), readme(on=DAY)
    blocks = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    asked = [question for question in ";".join(blocks).split(";") if question.strip()]
    assert len(asked) == 7
    assert all(rows(path, question) for question in asked)
    lines = [line for (line,) in rows(path, "SELECT text FROM README ORDER BY line")]
    assert "\n".join(lines) == text.rstrip("\n")


def test_every_column_is_explained(written, full):
    path = written()
    explained = set(rows(path, 'SELECT "table", "column" FROM codebook'))
    tables = rows(
        path,
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
        " AND name NOT LIKE 'search%' AND name NOT LIKE 'stored%' AND name <> 'note_parts'",
    )
    left = {
        (table, column)
        for (table,) in tables
        for (column,) in rows(path, "SELECT name FROM pragma_table_info(?)", table)
    } - explained
    assert {table for table, _column in left} == {"README", "about", "codebook"}
    assert explained <= {
        (table, column)
        for (table,) in tables
        for (column,) in rows(path, "SELECT name FROM pragma_table_info(?)", table)
    }


def test_the_same_state_gives_the_same_bytes(written, full):
    once, again = written("a.sqlite3").read_bytes(), written("b.sqlite3").read_bytes()
    assert once == again
    assert written("c.sqlite3", date(2026, 12, 1)).read_bytes() != once
