"""A source for reference managers, on its page and as files."""

import json

import pytest
import rispy

from tests.factories import make_edition, make_source

KINDS = (
    *("book", "chapter", "article-journal", "article-newspaper", "report", "treaty", "webpage"),
    *("thesis", "legislation", "interview", "broadcast", "document", "paper-conference"),
)


@pytest.fixture
def cited(db):
    source = make_source(
        "lynch2001",
        type="article-journal",
        title="War & peace: 100 % “{so}”",
        container_title="Civil Wars",
        volume="4",
        issue="4",
        page="49-72",
        issued="2001-12",
        doi="10.1080/13698240108402488",
        url="https://example.org/a_b",
        accessed="2026-11-29",
        authors=[("Dov", "Lynch"), ("Ana", "de la Cruz")],
    )
    make_edition(source=source)
    return source


def test_ris_is_read_back_without_loss(client, cited):
    answer = client.get("/sources/lynch2001.ris")
    assert answer.headers["Content-Type"].startswith("application/x-research-info-systems")
    (entry,) = rispy.loads(answer.content.decode())
    assert entry["type_of_reference"] == "JOUR"
    assert entry["authors"] == ["Lynch, Dov", "de la Cruz, Ana"]
    assert entry["title"] == "War & peace: 100 % “{so}”"
    assert (entry["start_page"], entry["end_page"], entry["volume"]) == ("49", "72", "4")
    assert entry["doi"] == "10.1080/13698240108402488"
    assert (entry["year"], entry["access_date"]) == ("2001", "2026/11/29/")


def test_bibtex_escapes_what_it_must_and_leaves_addresses(client, cited):
    text = client.get("/sources/lynch2001.bib").content.decode()
    assert text.startswith("@article{lynch2001,")
    assert r"title = {{War \& peace: 100 \% “\{so\}”}}" in text
    assert "author = {Lynch, Dov and de la Cruz, Ana}" in text
    for line in (
        "journal = {Civil Wars}",
        "pages = {49--72}",
        "month = dec",
        "url = {https://example.org/a_b}",
        "urldate = {2026-11-29}",
    ):
        assert line in text


def test_csl_json_is_the_item_itself(client, cited):
    (item,) = json.loads(client.get("/sources/lynch2001.csl.json").content)
    assert (item["id"], item["DOI"]) == ("lynch2001", cited.doi)


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_is_written_in_every_form(client, db, kind):
    make_edition(source=make_source("k1", type=kind, authors=(), issued=""))
    for extension in ("bib", "ris", "csl.json"):
        assert client.get(f"/sources/k1.{extension}").content
    assert b"How to cite it" in client.get("/sources/k1/").content


def test_what_no_published_case_cites_is_not_given(client, db):
    make_source("secret2001")
    assert client.get("/sources/secret2001.bib").status_code == 404


def test_letters_of_another_size_lead_to_the_key(client, cited):
    answer = client.get("/sources/LYNCH2001.bib")
    assert (answer.status_code, answer["Location"]) == (301, "/sources/lynch2001.bib")
