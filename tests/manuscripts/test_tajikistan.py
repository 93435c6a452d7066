"""The one real manuscript, read in the shared folder: what it says, and that it comes out again."""

import os
from pathlib import Path

import pytest

from cases.rendering import render
from manuscripts.files.encodings import decode
from manuscripts.parse.reading import read
from manuscripts.report import report
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolve import resolve
from manuscripts.store import store
from sources.formats import library

MANUSCRIPT = Path(os.environ.get("MANUSCRIPTS", "/work/shared/manuscripts")) / "tajikistan.txt"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not MANUSCRIPT.is_file(), reason=f"{MANUSCRIPT} is not here; it is not part of the project"
    ),
]


@pytest.fixture
def manuscript():
    return read(decode(MANUSCRIPT.read_bytes()), MANUSCRIPT.name)


@pytest.fixture
def entry(manuscript):
    return report(resolve(manuscript, Directory.load()))


def test_all_ten_notes_come_out_letter_for_letter(manuscript, editor):
    case = store(resolve(manuscript, Directory.load()), by=editor, reason="Imported.")
    rendered = render(case.body, library(case.body))
    assert [note.text for note in rendered.notes] == [note.text for note in manuscript.notes]
    assert [note.number for note in rendered.notes] == list(range(1, 11))
    assert rendered.problems == []


def test_all_ten_markers_are_found_and_the_year_stays_a_year(manuscript):
    assert manuscript.marked == set(range(1, 11))
    second = manuscript.blocks[1].items[0]
    assert second[0].endswith(" in 1993.") and second[1] == 5


def test_nothing_in_the_text_is_put_right(manuscript):
    text = "".join(str(p) for b in manuscript.blocks for item in b.items for p in item)
    assert "Confederation of Independent States" in text


def test_the_facts_are_reported(entry):
    assert (entry["start_year"], entry["end_year"], entry["ongoing"]) == (None, None, False)
    assert (entry["countries"], entry["regional_groups"]) == (["TJK"], ["asia-pacific"])
    assert entry["conflict_types"] == ["vertical-intrastate"]
    assert entry["initiative_types"] == ["mediation", "peacekeeping"]
    assert entry["organisations"] == [
        "Confederation of Independent States",
        "Inter-Tajik Dialogue",
        "Organisation of Islamic Conference",
        "Organisation for Security and Cooperation in Europe",
        "UN",
        "regional governments",
    ]
    assert (entry["impact"], entry["paragraphs"], entry["status"]) == (None, 2, "imported")


def test_the_notes_are_reported(entry):
    assert [
        (note["number"], [(c["source"], c["locator"]) for c in note["citations"]])
        for note in entry["notes"]
    ] == [
        (1, [(0, "52-4")]),
        (2, [(1, None)]),
        (3, [(2, "16")]),
        (4, [(3, "159")]),
        (5, [(4, "154")]),
        (6, [(5, "36")]),
        (7, [(6, None)]),
        (8, [(5, "35-6")]),
        (9, [(4, "142-3"), (7, "38-40")]),
        (10, [(8, None)]),
    ]


def test_the_sources_are_reported(entry):
    assert [(source["key"], source["type"]) for source in entry["sources"]] == [
        ("lynch2001", "article-journal"),
        ("erlanger1992", "article-newspaper"),
        ("akiner2001", "chapter"),
        ("lynch2000", "book"),
        ("matveeva2015", "chapter"),
        ("goryayev2001", "chapter"),
        ("unpeacekeeping2000", "webpage"),
        ("hay2001", "chapter"),
        ("generalagreement1997", "treaty"),
    ]
    books = {s["container_title"] for s in entry["sources"] if s["issued_year"] == 2001}
    assert books == {"Civil Wars", "Politics of compromise: The Tajikistan peace process"}
    assert entry["sources"][1]["accessed"] == "2020-11-17"
    assert entry["sources"][8]["authors"] == []


def test_the_slips_are_named_not_mended(entry):
    found = {(warning["code"], warning["line"]) for warning in entry["warnings"]}
    assert ("author-near-match", 16) in found and ("locator-verbatim", 26) in found
    authors = [name for source in entry["sources"] for name in source["authors"]]
    assert {"Don Lynch", "Dov Lynch"} <= set(authors)
