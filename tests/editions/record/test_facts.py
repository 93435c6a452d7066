"""The facts that have rows of their own, and what they rest on: from the form to the page."""

import pytest
from django.core.exceptions import ValidationError

from cases import services as cases
from cases.models import Case
from cases.proofreading import proofread
from editions import services as editions
from editions.record.verify import faults
from organisations.services import merge
from revisions.history import revisions_of
from tests.factories import make_case, make_edition, make_organisation, make_source, make_user
from tests.website.public_pages import page

PARTIES = [
    {"role": "belligerent", "name": "The <Front>", "start_year": 1992, "end_year": 1997},
    {"role": "signatory", "name": "The <Front>", "citation": "@lynch2001, p. 52"},
]
COUNTS = [{"counted": "killed", "low": 20000, "best": 50000, "high": 100000, "start_year": 1992}]
EVENTS = [
    {"date": "1997-06-27", "line": "The General Agreement is signed."},
    {"date": "1994", "line": "Talks begin.", "citation": "[@lynch2001, p. 3]"},
]
PLACES = [{"name": "Dushanbe", "latitude": "38.56", "longitude": "68.77", "precision": "town"}]
ALL = {"parties": PARTIES, "casualties": COUNTS, "events": EVENTS, "places": PLACES}


@pytest.fixture
def source(db):
    return make_source("lynch2001")


def test_they_are_frozen_and_verified_and_shown(client, source):
    edition = make_edition(source=source, **ALL)
    record = edition.record
    assert [party["name"] for party in record["parties"]] == ["The <Front>"] * 2
    assert record["casualties"][0]["best"] == 50000
    assert [event["date"] for event in record["events"]] == ["1994", "1997-06-27"]
    assert record["places"][0]["latitude"] == "38.56"
    assert record["places"][0]["longitude"] == "68.77"
    assert list(faults()) == []
    html = page(client, "case", edition.case.slug)
    for words in ("The &lt;Front&gt;", "1992–1997", "50,000 (20,000–100,000)", "Talks begin."):
        assert words in html


def test_what_facts_rest_on_is_noted_after_the_notes_of_the_text_and_once(client, source):
    again = [{"counted": "refugees", "best": 60000, "citation": "@lynch2001, p. 52"}]
    edition = make_edition(
        source=source, impact_note="It held.", impact_citation="@lynch2001, ch. 2", **ALL
    )
    numbers = [(note["number"], note["citations"][0]["locator"]) for note in edition.notes]
    assert numbers == [(1, "12"), (2, "ch. 2"), (3, "52"), (4, "3")]
    assert edition.record["fact_refs"] == {
        "impact_note": ["ref-2"],
        "parties": ["", "ref-3"],
        "events": ["ref-4", ""],
    }
    assert 'id="ref-3" href="#note-3"' in page(client, "case", edition.case.slug)
    as_in_text = make_edition(source=source, impact_citation="@lynch2001, p. 12")
    assert as_in_text.record["fact_refs"] == {"impact_note": ["ref-1-2"]}
    assert [note["refs"] for note in as_in_text.notes] == [["ref-1", "ref-1-2"]]
    twice = make_edition(source=source, parties=PARTIES, casualties=again)
    assert twice.record["fact_refs"] == {"parties": ["", "ref-2"], "casualties": ["ref-2-2"]}
    assert twice.notes[1]["refs"] == ["ref-2", "ref-2-2"]


@pytest.mark.parametrize("citation", ["nobody knows", "[^1]", "@", "[@lynch2001] and more", "*"])
def test_what_is_no_citation_stops_publication_and_names_the_fact(source, citation):
    case = make_case(source=source, events=[{"date": "1994", "line": "So.", "citation": citation}])
    (stopped,) = [finding for finding in proofread(case) if finding.blocks]
    assert (stopped.field, "Chronology" in stopped.message) == ("events", True)


def test_an_unknown_source_of_a_fact_stops_publication(source):
    case = make_case(source=source, impact_citation="@nobody1999")
    (stopped,) = [finding for finding in proofread(case) if finding.blocks]
    assert (stopped.code, stopped.field) == ("unknown-key", "impact_note")


def test_sections_stand_after_the_text_with_notes_and_lines_of_their_own(client, source):
    edition = make_edition(
        source=source,
        critics="## A doubt\n\nOne doubts it.[@lynch2001, p. 9][^1]\n\n[^1]: Aloud.",
        not_known="How many died.",
    )
    html = edition.body_html
    assert html.index("<h2>What critics say</h2>") < html.index("<h3>A doubt</h3>")
    assert "<h2>What is not known</h2>" in html
    assert [note["number"] for note in edition.notes] == [1, 2, 3]
    wrong = make_case(source=source, critics="First.\n\nSecond.[@nobody1999]")
    (stopped,) = [finding for finding in proofread(wrong) if finding.blocks]
    assert (stopped.field, stopped.line) == ("critics", 3)
    assert stopped.message.startswith("What critics say: Line 3")


def test_a_withdrawal_keeps_the_facts_and_no_text(source, moderator):
    edition = make_edition(source=source, critics="One doubts it.", **ALL)
    case = Case.objects.get(pk=edition.case_id)
    case.contributors.set([make_user("edith")])
    gone = editions.withdraw(case, by=moderator, reason="It rested on a forgery.")
    assert (gone.critics, gone.record["critics"], gone.record["fact_refs"]) == ("", "", {})
    assert len(gone.record["parties"]) == 2
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("parties", {"role": "mediator"}),
        ("parties", {"role": "spectator", "name": "X"}),
        ("parties", {"role": "mediator", "name": "X", "start_year": 2000, "end_year": 1999}),
        ("casualties", {"counted": "killed"}),
        ("casualties", {"counted": "killed", "low": 10, "high": 9}),
        ("casualties", {"counted": "killed", "best": -1}),
        ("casualties", {"counted": "souls", "best": 1}),
        ("events", {"date": "1994-13", "line": "X"}),
        ("events", {"date": "1994", "line": ""}),
        ("places", {"name": "X", "latitude": 91, "longitude": 0, "precision": "town"}),
        ("places", {"name": "X", "latitude": 1, "longitude": 0, "precision": "about"}),
        ("places", {"name": "X", "latitude": 1, "longitude": 0, "east": 2, "precision": "town"}),
        ("places", {"name": "X", "latitude": "NaN", "longitude": 0, "precision": "town"}),
    ],
)
def test_impossible_rows_are_refused_in_words(db, name, row):
    with pytest.raises(ValidationError):
        make_case(**{name: [row]})
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("orcids", "is_right"),
    [
        ("Ana Doe 0000-0002-1825-0097", True),
        ("Ana Doe https://orcid.org/0000-0001-5109-3700", True),
        ("Ana Doe 0000-0002-1694-233X", True),
        ("Ana Doe 0000-0002-1825-0098", False),
        ("0000-0002-1825-0097", False),
        ("Ana Doe", False),
    ],
)
def test_an_orcid_is_checked_by_its_last_sign(db, orcids, is_right):
    if is_right:
        assert make_edition(orcids=orcids).record["orcids"][0]["name"] == "Ana Doe"
        assert list(faults()) == []
    else:
        with pytest.raises(ValidationError):
            make_case(orcids=orcids)


@pytest.mark.parametrize(
    ("types", "is_wrong"),
    [
        (["interstate", "risk-of-relapse"], True),
        (["interstate", "risk-of-interstate"], True),
        (["interstate", "vertical-intrastate"], False),
        (["risk-of-relapse", "risk-of-interstate"], False),
        (["vertical-intrastate", "risk-of-interstate"], False),
    ],
)
def test_types_of_conflict_that_exclude_each_other_are_found(db, types, is_wrong):
    codes = [finding.code for finding in proofread(make_case(conflict_types=types))]
    assert ("conflict-types-exclude" in codes) == is_wrong


def test_rows_are_in_the_history_and_come_back(source):
    case = make_case(source=source, **ALL)
    first = revisions_of(case)[0]
    emptied = {name: [] for name in ALL}
    case = cases.change_case(case, by=make_user("edith"), reason="Emptied.", **emptied)
    assert not case.parties.exists()
    case = cases.restore_case(case, first, by=make_user("edith"), reason="Back.")
    assert [getattr(case, name).count() for name in ALL] == [2, 1, 2, 1]


def test_a_party_goes_along_when_its_organisation_is_merged(db):
    gone, kept = make_organisation("OAU"), make_organisation("Organisation of African Unity")
    case = make_case(parties=[{"role": "mediator", "organisation": gone}])
    merge(gone, kept, by=make_user("edith"), reason="One body.")
    assert case.parties.get().organisation == kept


def test_tables_have_them_in_columns_of_their_own(client, source):
    make_edition(source=source, **ALL)
    [row] = client.get("/cases.json").json()["cases"]
    assert row["party_roles"] == ["belligerent", "signatory"]
    assert (row["casualties_low"], row["casualties_until"]) == (["20000"], [""])
    assert row["event_dates"] == ["1994", "1997-06-27"]
    assert row["place_latitudes"] == ["38.56"]
