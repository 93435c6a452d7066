"""Whole answers for reference managers and feed readers, read back by what reads them."""

import re
from datetime import UTC, datetime

import pytest
import rispy

from cases import services as cases
from cases.models import Case
from tests.atom import checked, of, text
from tests.factories import make_edition, make_user, publish_case
from tests.synthetic import make_editions
from website.exports.atom import Feed, Link, atom

SITE = "http://127.0.0.1:8000"
HOSTILE = "Ending {the} \\war\\ & 100 % of it, @book{x, “so” <b>it</b> \u2028was]]>"


def taken(client, extension, question=""):
    response = client.get(f"/cases.{extension}{question}", follow=True)
    assert response.status_code == 200
    return b"".join(response)


@pytest.fixture
def hostile(db):
    make_edition(slug="plain", title="A plain title", countries=["PER"])
    return make_edition(slug="hostile", title=HOSTILE, authors="Ann Author\nThe Editors")


def entries_of(bibtex: str) -> dict[str, str]:
    """The entries by key, found as BibTeX finds them: after an @ up to the brace that closes it."""
    found, place = {}, bibtex.find("@")
    while place >= 0:
        start = bibtex.index("{", place)
        end, depth = start + 1, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(bibtex[end], 0) * (bibtex[end - 1] != "\\")
            end += 1
        key, _, body = bibtex[start + 1 : end - 1].partition(",")
        assert key not in found
        found[key] = body
        place = bibtex.find("@", end)
    return found


def test_ris_has_an_entry_for_each_edition(client, hostile):
    entries = rispy.loads(taken(client, "ris", "?sort=title&from=1990").decode())
    assert [entry["title"] for entry in entries] == ["A plain title", " ".join(HOSTILE.split())]
    assert entries[1]["authors"] == ["Author, Ann", "The Editors"]
    assert entries[1]["urls"] == [f"{SITE}/cases/hostile/editions/1/"]
    [note] = entries[0]["notes"]
    assert "Licence: Creative Commons Attribution 4.0" in note
    assert "Question" not in note
    assert entries[0]["name_of_database"] == "Peacesite"


def test_bibtex_has_an_entry_for_each_edition_and_none_in_what_is_said_before(client, hostile):
    found = entries_of(taken(client, "bib", "?sort=title").decode())
    assert [*found] == ["plain-1", "hostile-1"]
    assert "copyright = {Creative Commons Attribution 4.0}" in found["plain-1"]
    assert f"urldate = {{{datetime.now(UTC):%Y-%m-%d}}}" in found["plain-1"]
    about = taken(client, "bib", "?q=%40book{plain,}").decode()
    assert entries_of(about).keys() <= {"plain-1"}
    assert "(at)book{plain,}" in about


def test_atom_keeps_its_rules_and_names_its_question(client, hostile):
    feed = checked(taken(client, "atom", "?country=tjk&country=per&sort=title&page=2"))
    assert [text(entry, "title") for entry in of(feed, "entry")] == [
        " ".join(HOSTILE.split()),
        "A plain title",
    ]
    links = {link.get("rel"): link.get("href") for link in of(feed, "link")}
    assert links["self"] == f"{SITE}/cases.atom?country=tjk&country=per"
    assert links["alternate"] == f"{SITE}/cases/?country=tjk&country=per"
    assert text(feed, "title") == "Peacesite: Country: Tajikistan or Peru"
    assert text(feed, "subtitle").startswith("2 case studies")
    assert "under the licence that it names" in text(feed, "rights")
    entry = of(feed, "entry")[1]
    assert text(entry, "id") == f"{SITE}/cases/plain/editions/1/"
    terms = {(c.get("scheme"), c.get("term")): c.get("label") for c in of(entry, "category")}
    assert terms[f"{SITE}/vocabulary/#initiative-types", "mediation"].startswith("Mediation")
    assert terms["urn:iso:std:iso:3166:-1", "PER"] == "Peru"
    assert text(entry, "rights") == "Creative Commons Attribution 4.0"


def test_a_later_edition_is_a_new_entry_and_says_what_changed(client, hostile):
    case = cases.change_case(
        Case.objects.get(slug="plain"), by=make_user("edith"), reason="x", standfirst="New."
    )
    publish_case(case, kind="update", change_note="The standfirst is new.")
    newest = of(checked(taken(client, "atom")), "entry")[0]
    assert text(newest, "id") == f"{SITE}/cases/plain/editions/2/"
    assert text(newest, "summary") == "New. Edition 2: The standfirst is new."


def test_atom_holds_all_of_the_answer_newest_first(client, db):
    make_editions(130)
    entries = of(checked(taken(client, "atom", "?sort=oldest")), "entry")
    moments = [text(entry, "updated") for entry in entries]
    assert len(moments) == 130
    assert moments == sorted(moments, reverse=True)


def test_a_feed_of_nothing_is_a_feed(client, db):
    assert of(checked(taken(client, "atom", "?country=zzz")), "entry") == []


def test_a_feed_bears_what_xml_cannot_write():
    own = f"{SITE}/x.atom?q=%3C\"&a='b'"
    feed = Feed(
        own,
        "a\x00b\x0b<c>&\ud800\uffff]]>",
        "",
        datetime(2026, 3, 12, tzinfo=UTC),
        [Link("self", own), Link("alternate", own, "text/html")],
    )
    read = checked("".join(atom(feed, [])).encode())
    assert text(read, "title") == "ab<c>&]]>"
    assert text(read, "id") == own
    assert not re.search("subtitle|rights", "".join(atom(feed, [])))
