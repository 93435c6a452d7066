"""One edition in forms for machines, read back by what reads them."""

import hashlib
import json

import pytest
import rispy

from editions.models import Edition
from editions.record.digest import canonical
from tests.factories import make_edition, publish_case
from website.exports import EDITION_FORMATS

HOSTILE = "Ending {the} \\war\\ & 100 % of\nit, “so” <b>it</b> was"


def read(client, edition, extension):
    response = client.get(f"/cases/{edition.case.slug}/editions/{edition.number}.{extension}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def edition(db):
    return make_edition(title=HOSTILE.replace("\n", " "), authors="Ann Author\nThe Editors")


@pytest.mark.parametrize("extension", EDITION_FORMATS)
def test_every_form_names_its_permanent_address(client, edition, extension):
    assert f"/editions/{edition.number}" in read(client, edition, extension)


def test_ris_begins_with_its_type_and_is_read_back(client, edition):
    text = read(client, edition, "ris")
    assert text.startswith("TY  - RPRT")
    [entry] = rispy.loads(text)
    assert entry["title"] == edition.title
    assert entry["authors"] == ["Author, Ann", "The Editors"]


def test_bibtex_escapes_what_is_special(client, edition):
    text = read(client, edition, "bib")
    assert text.startswith("@techreport{")
    assert r"\& 100 \% of" in text
    assert text.count("{") == text.count("}")
    assert "month = nov" in text or "month = {" not in text


def test_anybody_can_work_out_the_chain_of_digests(client, edition):
    publish_case(edition.case, kind="update", change_note="News.")
    for second in Edition.objects.filter(number=2):
        found = json.loads(read(client, second, "json"))
    assert found["previous_digest"] == edition.digest
    content = canonical(found["record"]) + b"\n" + found["previous_digest"].encode()
    assert hashlib.sha256(content).hexdigest() == found["digest"]


def test_csl_json_is_a_report_with_its_authors(client, edition):
    [item] = json.loads(read(client, edition, "csl.json"))
    assert item["type"] == "report"
    assert item["author"] == [{"given": "Ann", "family": "Author"}, {"literal": "The Editors"}]


def test_markdown_carries_its_references(client, edition):
    text = read(client, edition, "md")
    head = text.split("---\n")[1]
    references = next(line for line in head.splitlines() if line.startswith("references: "))
    keys = [item["id"] for item in json.loads(references.removeprefix("references: "))]
    assert keys == [item["id"] for item in edition.record["sources"]]
    assert edition.body.strip() in text


@pytest.mark.parametrize("number", ["0", "2", "999999999", "9999999999999"])
def test_an_edition_that_is_not_there_is_not_found(client, edition, number):
    address = f"/cases/{edition.case.slug}/editions/{number}.json"
    assert client.get(address).status_code == 404
