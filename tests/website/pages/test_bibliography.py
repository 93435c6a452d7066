"""Each note leads to its sources, and each source stands once after the notes."""

import re

import pytest

from sources.models import Source
from tests.factories import make_edition, make_source
from website.pages.bibliography import bibliography, notes_with_sources


@pytest.fixture
def edition(db):
    """Three sources: one cited twice, one by two notes, one under a title; and a note of words."""
    make_source("zeta2001", title="On peace", authors=[("Ann", "Zeta")])
    make_source("alpha1999", title="On war", authors=[("Zoe", "Álpha")])
    make_source("anon2000", title="Memory of it", authors=[])
    body = (
        "One.[@zeta2001, p. 1; @alpha1999] Two.[@zeta2001, p. 2; @zeta2001, p. 5] "
        "Three.[@anon2000] Four.[^1]\n\n[^1]: As “others” say."
    )
    return make_edition(slug="a", body=body)


def test_each_work_stands_once_under_its_author_with_its_notes(edition):
    works = bibliography(edition, edition.record, {})
    assert [(work.key, work.notes) for work in works] == [
        ("alpha1999", [1]),
        ("anon2000", [3]),
        ("zeta2001", [1, 2]),
    ]
    assert works[0].title == "On war"
    assert "<em>On war</em>" in works[0].reference or "On war" in works[0].reference


def test_a_note_names_each_source_once_and_a_note_of_words_none(edition):
    notes = notes_with_sources(edition.record, {})
    assert [[source["key"] for source in note["sources"]] for note in notes] == [
        ["zeta2001", "alpha1999"],
        ["zeta2001"],
        ["anon2000"],
        [],
    ]
    assert notes[0]["sources"][1]["title"] == "On war"


def test_every_way_of_the_page_leads_to_a_source(edition, client):
    html = client.get("/cases/a/").content.decode()
    ways = re.findall(r'href="/sources/([^"]+)/"', html)
    assert len(ways) == 4 + 3
    for key in ways:
        assert client.get(f"/sources/{key}/").status_code == 200
    assert 'Source 2<span class="unseen">: On war</span>' in html


def test_the_references_are_those_of_the_edition_not_of_today(edition, client):
    Source.objects.filter(key="zeta2001").update(title="Renamed")
    assert "Renamed" not in client.get("/cases/a/").content.decode()


def test_a_record_without_notes_has_no_bibliography(edition):
    record = edition.record | {"notes": [], "sources": []}
    edition.digest = "other"
    assert bibliography(edition, record, {}) == []
    assert notes_with_sources(record, {}) == []
