"""The fragments of an edition, letter for letter, under the version that they are stored under."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.html import escape

from editions.models import Edition, Rendering
from tests.editions.record.formats import stored_rows
from tests.factories import make_edition, make_organisation, make_source
from website.pages import fragments
from website.pages.case_loader import load

GOLDEN = Path(__file__).parent / "fragments"


@pytest.fixture
def edition(db, settings):
    """One with every fact, two authors, a note of words and a note with a locator."""
    settings.SITE_URL, settings.SITE_NAME = "https://example.org", "Peacesite"
    make_source("golden2001", title="A golden book", authors=[("Ann", "Author"), ("Ben", "Writer")])
    united_nations = make_organisation("United Nations", kind="united-nations")
    made = make_edition(
        title="Ending the golden conflict",
        slug="golden",
        standfirst="Two sides & a mediator ended it.",
        body="It ended.[@golden2001, pp. 152-4] Some doubt it.[^1]\n\n[^1]: As “others” say.",
        authors="Doe, Ana\nInternational Crisis Group\nMax van der Stoel",
        start_year=-3,
        end_year=12,
        location="Skopje",
        impact="lasting",
        impact_note="It has held.",
        impact_citation="[@golden2001, p. 3]",
        impact_criteria=["non-recurrence"],
        impact_horizon=10,
        impact_judged="2026-03-01",
        impact_dissent="Others see a truce.",
        critics="One doubts it.[@golden2001]",
        not_known="How many died.",
        reviewers="Rita Reader",
        interests="None.",
        parties=[
            {"role": "belligerent", "name": "The one side", "start_year": 1, "end_year": 12},
            {"role": "belligerent", "name": "The other", "citation": "@golden2001, p. 4"},
            {"role": "mediator", "organisation": united_nations},
        ],
        casualties=[
            {"counted": "killed", "low": 1000, "high": 2500, "citation": "@golden2001, p. 4"}
        ],
        events=[
            {"date": "0001", "line": "It begins."},
            {"date": "0005-06", "line": "A truce & more.", "citation": "@golden2001, p. 5"},
            {"date": "0012-06-27", "line": "It ends."},
        ],
        places=[{"name": "Skopje", "latitude": "42", "longitude": "21.43", "precision": "town"}],
        external_ids=[{"scheme": "ucdp-conflict", "value": "7", "name": "Golden: Government"}],
        conflict="macedonia",
        evidence_until="2025-12-31",
        agreements=[{"title": "An accord", "date": "1997-06", "pa_x": "5"}],
        organisations=[united_nations],
    )
    stored_rows(made).update(published_at=datetime(2026, 3, 12, 9, 30, tzinfo=UTC))
    return Edition.objects.select_related("case").get(pk=made.pk)


def test_fragments_are_what_their_version_says(edition):
    """Fails when fragments come out otherwise. Where that is meant, raise fragments.VERSION, so
    that stored ones are rendered anew, and write the new file: GOLDEN=write pytest <this file>."""
    parts = fragments.render(edition)._asdict()
    text = "\n".join(f"== {name}\n{part}" for name, part in parts.items())
    text = text.replace(edition.digest, "DIGEST").replace(edition.digest[:12], "SHORT-DIGEST")
    file = GOLDEN / f"version-{fragments.VERSION}.html"
    if os.environ.get("GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.exists(), "No file of this version: see above how it is written."
    assert text == file.read_text(encoding="utf-8"), (
        "The fragments of stored editions would no longer say this: raise fragments.VERSION."
    )


def test_only_the_present_version_has_a_file():
    assert [file.name for file in GOLDEN.iterdir()] == [f"version-{fragments.VERSION}.html"]


def test_fragments_stored_under_another_version_are_rendered_when_asked_for(
    edition, monkeypatch, client
):
    Rendering.objects.filter(edition=edition).update(opening="stored words")
    assert b"stored words" in client.get("/cases/golden/").content
    monkeypatch.setattr(fragments, "VERSION", fragments.VERSION + 1)
    assert b"stored words" not in client.get("/cases/golden/?again").content
    assert fragments.rebuild() == 1
    assert Rendering.objects.get(edition=edition).opening != "stored words"


def test_both_addresses_of_an_edition_in_print_read_what_is_stored(
    edition, client, django_assert_num_queries
):
    Rendering.objects.filter(edition=edition).update(opening="stored words")
    for address in ("/cases/golden/", "/cases/golden/editions/1/"):
        assert b"stored words" in client.get(address).content
    for number in (None, 1):
        with django_assert_num_queries(1):
            loaded, _version = load("golden", number)
        assert loaded.fragments.opening == "stored words"


def test_the_title_is_escaped_in_every_fragment(db):
    title = "<script>alert(1)</script>"
    made = make_edition(title=title)
    parts = fragments.render(made)
    assert escape(title) in parts.opening
    assert all(title not in part for part in parts)


def test_a_party_leads_to_its_page_only_where_it_has_one(db):
    here, elsewhere = make_organisation("Here"), make_organisation("Elsewhere")
    parties = [{"role": "mediator", "organisation": body} for body in (here, elsewhere)]
    facts = "".join(fragments.render(make_edition(parties=parties, organisations=[here])))
    assert f'href="{here.get_absolute_url()}"' in facts
    assert "Elsewhere" in facts and elsewhere.get_absolute_url() not in facts
