"""A record of every format there ever was is shown, exported, compared, verified and withdrawn."""

import json

import pytest
from jsonschema import Draft202012Validator

from cases import services as cases
from cases.models import Case
from editions import services
from editions.passages import marked
from editions.record.compare import differences
from editions.record.digest import canonical, digest
from editions.record.fields import FIELDS, FORMAT
from editions.record.read import read, record_of
from editions.record.schema import schema
from editions.record.verify import faults
from tests.factories import make_edition, make_organisation, make_user, publish_case
from tests.website.public_pages import page

from .formats import FORMATS, as_format

every_format = pytest.mark.parametrize("format_", FORMATS)
AGREEMENT = {"title": "The General Agreement", "date": "1997-06-27", "address": "", "pa_x": "5"}


@pytest.fixture
def full(db):
    return make_edition(
        evidence_until="2025-12-31",
        agreements=[AGREEMENT],
        authors="Doe, Ana",
        organisations=[make_organisation("United Nations")],
        external_ids=[{"scheme": "other", "value": "1"}],
    )


def test_a_new_record_has_the_present_format(full):
    assert full.record["format"] == FORMAT
    assert {field.since for field in FIELDS} == set(FORMATS) - {5}  # which is of notes alone


@every_format
def test_a_record_fits_the_schema_of_its_format_and_of_no_other(full, format_):
    record = as_format(full, format_).record
    for other in FORMATS:
        fits = Draft202012Validator(schema(other)).is_valid(record)
        assert fits == (other == format_)


@every_format
def test_it_is_read_as_one_of_the_present_format_and_its_digest_is_over_what_was_stored(
    full, format_
):
    old = as_format(full, format_)
    before = canonical(old.record)
    record = record_of(old)
    assert {field.name for field in FIELDS} <= record.keys()
    assert all(f.kind.blank == record[f.name] for f in FIELDS if f.since > format_)
    assert canonical(old.record) == before
    assert old.digest == digest(old.record, "")


def test_what_is_read_shares_nothing_with_what_is_read_next(full):
    stored = as_format(full, 1).record
    read(stored)["agreements"].append("changed")
    assert read(stored)["agreements"] == []


@every_format
def test_it_is_shown_in_print_and_for_ever(client, full, format_):
    old = as_format(full, format_)
    for html in (page(client, "case", old.case.slug), page(client, "edition", old.case.slug, 1)):
        assert marked(old.record["body_html"], lambda _id: "").split("</span>")[0] in html


@every_format
def test_it_is_exported_in_every_form(client, full, format_):
    old = as_format(full, format_)
    [row] = json.loads(b"".join(client.get("/cases.json")))["cases"]
    assert row["title"] == old.title
    assert row["agreements"] == ([AGREEMENT["title"]] if format_ >= 3 else [])
    for name in ("csv", "xlsx", "atom", "ris", "bib", "csl.json"):
        response = client.get(f"/cases.{name}")
        if response.status_code == 200:
            assert b"".join(response) if response.streaming else response.content
    assert client.get(f"{old.permanent_path}edition.json").status_code in (200, 404)


@every_format
def test_it_is_verified(full, format_):
    as_format(full, format_)
    assert list(faults()) == []


@every_format
def test_it_is_compared_with_the_next(client, full, format_):
    old = as_format(full, format_)
    case = Case.objects.get(pk=old.case_id)
    case = cases.change_case(case, by=make_user("edith"), reason="New.", location="Elsewhere")
    new = publish_case(case, kind="update", change_note="The place.")
    changed = {str(difference.label) for difference in differences(old.record, new.record)}
    added = {"Agreements", "Evidence until"} if format_ < 3 else set()
    assert changed == {"Location"} | added
    assert "Elsewhere" in page(client, "compare", old.case.slug, 1, 2)
    assert list(faults()) == []


@every_format
def test_it_is_withdrawn_in_the_present_format(full, moderator, format_):
    old = as_format(full, format_)
    case = Case.objects.get(pk=old.case_id)
    withdrawn = services.withdraw(case, by=moderator, reason="It was wrong.")
    assert withdrawn.record["format"] == FORMAT
    assert Draft202012Validator(schema()).is_valid(withdrawn.record)
    assert withdrawn.record["agreements"] == record_of(old)["agreements"]
    assert list(faults()) == []
