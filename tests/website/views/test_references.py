"""The references of an edition, and of all that was found, as files."""

import json

import bibtexparser
import pytest
import rispy
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_case, make_edition, make_source, publish_case
from website.exports.references import REFERENCE_FORMATS

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(editor):
    """Two editions: one cites lynch2001 and a treaty, the other lynch2001 alone."""
    lynch = make_source("lynch2001", title="A & B: {braces}", authors=[("Dov", "Lynch")])
    make_source("agreement1997", type="treaty", title="The Agreement", authors=())
    first = make_edition(source=lynch, body="A.[@lynch2001, p. 1] B.[@agreement1997; @lynch2001]")
    second = make_edition(source=lynch, countries=["AFG"], location="Afghanistan")
    return first, second


def taken(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    return response.getvalue().decode()


def test_the_works_of_an_edition_each_once_by_author(client, two):
    address = two[0].permanent_path + "references."
    items = json.loads(taken(client, address + "csl.json"))
    assert [item["id"] for item in items] == ["agreement1997", "lynch2001"]
    entries = bibtexparser.parse_string(taken(client, address + "bib")).entries
    assert [entry.key for entry in entries] == ["agreement1997", "lynch2001"]
    assert [entry["id"] for entry in rispy.loads(taken(client, address + "ris"))] == [
        "agreement1997",
        "lynch2001",
    ]
    assert taken(client, address + "txt").splitlines() == [
        "The Agreement, 2001.",
        "Dov Lynch. A & B: {braces}. (London: A Press, 2001)",
    ]


def test_the_works_of_all_that_was_found_each_once(client, two):
    for query, keys in {
        "": ["agreement1997", "lynch2001"],
        "?country=AFG": ["lynch2001"],
        "?country=TJK&q=nothing-of-the-kind": [],
    }.items():
        items = json.loads(taken(client, f"/cases/references.csl.json{query}"))
        assert [item["id"] for item in items] == keys
        lines = taken(client, f"/cases/references.txt{query}").splitlines()
        assert len(lines) == len(keys)


def test_a_wrong_parameter_is_answered_in_words(client, two):
    response = client.get("/cases/references.bib?from=spring")
    assert response.status_code == 400 and b"year" in response.content


def test_what_is_not_there(client, two):
    assert client.get("/cases/no-such/editions/1/references.bib").status_code == 404
    assert client.get("/cases/references.docx").status_code == 404
    path = two[0].permanent_path.replace("/1/", "/2/")
    assert client.get(path + "references.bib").status_code == 404


def test_every_page_that_lists_cases_leads_to_their_works(client, two):
    for address in ("/cases/", "/sources/", "/countries/afg/"):
        page = client.get(address).content.decode()
        for extension in REFERENCE_FORMATS:
            assert f"/cases/references.{extension}" in page
    assert "references.bib?country=afg" in client.get("/countries/afg/").content.decode()
    page = client.get(two[0].get_absolute_url()).content.decode()
    assert f"{two[0].permanent_path}references.bib" in page


def test_queries_do_not_grow_with_the_works(client, two, editor):
    def queries():
        with CaptureQueriesContext(connection) as made:
            taken(client, "/cases/references.csl.json")
        return len(made)

    client.get("/cases/")
    few = queries()
    body = "".join(f"W.[@{make_source(f'work{n}').key}]" for n in range(20))
    publish_case(make_case(editor, body=body))
    client.get("/cases/")
    assert queries() == few
