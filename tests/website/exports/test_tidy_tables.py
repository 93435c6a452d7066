"""An answer as tidy tables: one row for one thing, keys that join, nothing that is run."""

import csv
import io
import json
import zipfile

import pytest
from jsonschema import Draft202012Validator

from corrections.services import announce
from tests.factories import make_edition, make_organisation, make_source, publish_case
from website.exports.tidy_tables import tables


def taken(client, **question):
    response = client.get("/cases.zip", question)
    assert response.headers["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response)))
    assert archive.testzip() is None
    return {
        name.removesuffix(".csv"): list(
            csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))
        )
        for name in archive.namelist()
    }


@pytest.fixture
def full(db):
    body = make_organisation("=Body; A1", kind="coalition")
    source = make_source("read2001", title="A read book", issued="2001-03", doi="10.1000/x")
    return make_edition(
        slug="full",
        source=source,
        organisations=[body],
        parties=[
            {"role": "mediator", "organisation": body},
            {"role": "belligerent", "name": "The Front", "citation": "@read2001, p. 3"},
        ],
        casualties=[{"counted": "killed", "low": 5, "high": 9, "start_year": 1992}],
        events=[{"date": "1994-09", "line": "A truce, with “quotes”."}],
        places=[{"name": "There", "latitude": "1.5", "longitude": "-2", "precision": "town"}],
        agreements=[{"title": "An accord", "pa_x": "5"}],
        external_ids=[{"scheme": "pam", "value": "x", "name": "X"}],
    )


def test_each_thing_has_a_row_and_keys_join(client, full):
    make_edition(slug="other", source=None)
    found = taken(client)
    assert set(found) == {*tables(), "cases", "about", "codebook", "tables"}
    assert {row["case"] for row in found["cases"]} == {"full", "other"}
    assert [row["name"] for row in found["parties"]] == ["'=Body; A1", "The Front"]
    assert found["parties"][1] | {"case": "full", "role": "belligerent"} == found["parties"][1]
    assert (found["casualties"][0]["low"], found["casualties"][0]["best"]) == ("5", "")
    assert found["events"][0]["date"] == "1994-09"
    assert found["places"][0]["longitude"] == "-2.0"
    keys = {row["key"] for row in found["sources"]}
    assert {row["source"] for row in found["citations"]} <= keys
    (book,) = [row for row in found["sources"] if row["key"] == "read2001"]
    assert (book["issued"], book["doi"], book["cases"]) == ("2001-03", "10.1000/x", "1")
    assert {row["slug"] for row in found["organisations"]} == {
        row["slug"] for row in found["participations"]
    }


def test_only_what_was_asked_for_is_in_it_and_it_says_so(client, full):
    make_edition(slug="other", countries=["PER"], impact="failed")
    found = taken(client, impact="failed")
    assert [row["case"] for row in found["cases"]] == ["other"]
    assert found["parties"] == []
    about = {row["name"]: row["value"] for row in found["about"]}
    assert about["question"] == "Impact: Failed"


def test_notices_of_the_cases_are_in_it(client, full, moderator):
    mended = publish_case(full.case, kind="correction", change_note="A slip mended.")
    announce(mended, by=moderator, why="A slip.")
    (notice,) = taken(client)["notices"]
    assert (notice["case"], notice["mended_in"], notice["why"]) == ("full", "2", "A slip.")


def test_nothing_in_it_is_run_by_a_spreadsheet(client, full):
    cells = [
        value for rows in taken(client).values() for row in rows for value in row.values() if value
    ]
    assert not [cell for cell in cells if cell[0] in "=+@" or cell.startswith("-=")]


def test_answers_and_records_fit_the_schemas_that_are_offered(client, full):
    answer = client.get("/about/schema/cases.json").json()
    Draft202012Validator.check_schema(answer)
    given = json.loads(b"".join(client.get("/cases.json")))
    Draft202012Validator(answer).validate(given)
    record = client.get("/about/schema/record.json").json()
    Draft202012Validator(record).validate(full.record)


def test_a_number_of_a_notice_leads_to_it(client, full, moderator):
    mended = publish_case(full.case, kind="correction", change_note="A slip mended.")
    notice = announce(mended, by=moderator, why="A slip.")
    answer = client.get("/cases/", {"q": f" {notice.reference.lower()} "})
    assert (answer.status_code, answer["Location"]) == (302, notice.get_absolute_url())
    assert client.get("/cases/", {"q": "C-2222-222"}).status_code == 200
