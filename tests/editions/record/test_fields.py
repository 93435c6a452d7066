"""The table of fields: what is made of it for pages, tables, comparison and verification."""

import pytest
from django.core.exceptions import ValidationError

from cases import services as cases
from cases.models import Case
from editions.record.fields import FACTS, FIELDS
from editions.record.verify import faults
from tests.factories import make_case, make_edition, make_user
from tests.website.public_pages import page
from website.exports.codebook import COLUMNS

from .formats import stored_rows

AGREEMENT = {
    "title": "The General <Agreement>",
    "date": "1997-06",
    "address": "https://example.org/agreement?a=1&b=2",
    "pa_x": "5",
}


def test_every_field_has_a_name_of_its_own_and_every_column_too():
    names = [field.name for field in FIELDS]
    columns = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert len(set(columns)) == len(columns)
    assert {field.fact for field in FIELDS if field.fact} == set(FACTS)


def test_evidence_until_goes_from_the_form_to_the_page_and_is_verified(client, db):
    edition = make_edition(evidence_until="2025-12-31")
    assert edition.record["evidence_until"] == "2025-12-31"
    html = page(client, "case", edition.case.slug)
    assert "Evidence until" in html
    assert "31 December 2025" in html
    assert "2025-12-31" in b"".join(client.get("/cases.csv")).decode()
    assert list(faults()) == []
    stored_rows(edition).update(evidence_until="2020-01-01")
    assert any("evidence_until differs" in fault for fault in faults())


def test_agreements_stand_among_the_facts_with_date_and_address(client, db):
    edition = make_edition(agreements=[AGREEMENT, {"title": "A ceasefire"}])
    html = page(client, "case", edition.case.slug)
    assert "The General &lt;Agreement&gt;" in html
    assert 'href="https://example.org/agreement?a=1&amp;b=2"' in html
    assert "June 1997, PA-X 5" in html
    assert "A ceasefire" in html
    assert "General <Agreement>" not in html


def test_a_case_without_them_says_nothing_of_them(client, db):
    html = page(client, "case", make_edition().case.slug)
    assert "Agreements" not in html
    assert "Evidence until" not in html


@pytest.mark.parametrize("date", ["1997", "1997-06", "1997-06-27", ""])
def test_an_agreement_has_a_day_a_month_or_a_year(db, date):
    case = make_case(agreements=[{"title": "An accord", "date": date}])
    assert case.agreements.get().date == date


@pytest.mark.parametrize(
    "date", ["1997-13", "1997-02-30", "97", "1997-6-27", "June", "1997-06-27x"]
)
def test_other_dates_are_refused(db, date):
    with pytest.raises(ValidationError):
        make_case(agreements=[{"title": "An accord", "date": date}])


@pytest.mark.parametrize(
    "wrong", [{"address": "javascript:alert(1)"}, {"pa_x": "5; x"}, {"title": ""}]
)
def test_other_hostile_values_are_refused_too(db, wrong):
    with pytest.raises(ValidationError):
        make_case(agreements=[{"title": "An accord"} | wrong])


def test_a_change_of_agreements_replaces_them_and_nothing_said_keeps_them(db):
    case = make_case(agreements=[AGREEMENT])
    case = cases.change_case(case, by=make_user("edith"), reason="Place.", location="Here")
    assert case.agreements.count() == 1
    case = cases.change_case(case, by=make_user("edith"), reason="None.", agreements=[])
    assert Case.objects.get(pk=case.pk).agreements.count() == 0


ELSEWHERE = {
    "first_published": "2019-05-03",
    "first_published_address": "https://example.org/2019/05/a-case/?a=1&b=2",
}


def test_where_it_was_first_published_is_in_record_page_metadata_and_tables(client, db):
    edition = make_edition(**ELSEWHERE)
    assert {name: edition.record[name] for name in ELSEWHERE} == ELSEWHERE
    html = page(client, "case", edition.case.slug)
    assert "First published" in html
    assert 'href="https://example.org/2019/05/a-case/?a=1&amp;b=2"' in html
    assert "<dd>3 May 2019 at</dd>" in html
    assert 'name="DC.source" content="https://example.org/2019/05/a-case/?a=1&amp;b=2"' in html
    assert '"isBasedOn":{"@type":"CreativeWork","url":"https://example.org/2019' in html
    assert f'"datePublished":"{edition.published_at:%Y-%m-%d}"' in html
    table = b"".join(client.get("/cases.csv")).decode()
    assert "2019-05-03" in table
    assert ELSEWHERE["first_published_address"] in table
    assert list(faults()) == []
    stored_rows(edition).update(first_published_address="https://example.org/another")
    assert any("first_published_address differs" in fault for fault in faults())


def test_what_appeared_here_first_says_nothing_of_another_place(client, db):
    html = page(client, "case", make_edition().case.slug)
    assert "First published" not in html
    assert "isBasedOn" not in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/x", "example.org/x"])
def test_a_first_publication_is_on_the_web(db, address):
    with pytest.raises(ValidationError):
        make_case(first_published_address=address)
