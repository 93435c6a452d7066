"""Addresses of another site lead to the cases that stood there, once these are in print."""

import pytest
from django.db import DatabaseError

from cases import services as cases
from cases.models import Case
from desk import services as desk
from editions.models import LeadingAddress
from tests.factories import make_case, make_edition, make_user, publish_case
from website.views import not_found

OLD = "https://old.example/2019/05/A-Case/"
ROWS = [{"address": OLD}, {"address": "https://old.example/?p=123"}]
ASKED = ["/2019/05/a-case/", "/2019/05/A-CASE", "/2019/05/a-case/?utm_source=x", "/?p=123"]


@pytest.mark.parametrize("address", ASKED)
@pytest.mark.parametrize("method", ["get", "head"])
def test_an_old_address_leads_to_the_case_in_print(client, db, address, method):
    make_edition(slug="a-case", old_addresses=ROWS)
    response = getattr(client, method)(address)
    assert response.status_code == 301
    assert response["Location"] == "/cases/a-case/"


@pytest.mark.parametrize("address", ASKED)
def test_that_of_a_draft_tells_nothing(client, db, address):
    make_case(slug="a-case", old_addresses=ROWS)
    before = client.get(address)
    assert before.status_code == (302 if "p=" in address and address[:2] == "/?" else 404)
    assert "a-case" not in before.headers.get("Location", "")


def test_what_editors_add_leads_there_when_a_moderator_decides(client, editor, moderator):
    edition = make_edition(slug="a-case")
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(case, by=editor, reason="It stood there.", old_addresses=ROWS)
    assert client.get(ASKED[0]).status_code == 404
    desk.settle(cases.submit(case, by=editor, reason="Ready."), by=moderator)
    assert client.get(ASKED[0])["Location"] == "/cases/a-case/"


def test_one_that_is_taken_off_leads_nowhere_from_the_next_edition_on(client, editor):
    edition = make_edition(slug="a-case", old_addresses=ROWS)
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(case, by=editor, reason="A slip.", old_addresses=[])
    assert client.get(ASKED[0]).status_code == 301
    publish_case(case, change_note="An address less.")
    assert client.get(ASKED[0]).status_code == 404
    assert not LeadingAddress.objects.exists()


def test_a_renamed_and_a_withdrawn_case_are_still_found(client, moderator):
    edition = make_edition(slug="a-case", old_addresses=ROWS)
    desk.rename(edition.case, "a-better-case", by=moderator, reason="Better.")
    assert client.get(ASKED[0])["Location"] == "/cases/a-better-case/"
    desk.withdraw(Case.objects.get(pk=edition.case_id), by=moderator, reason="Forged.")
    assert client.get(ASKED[0])["Location"] == "/cases/a-better-case/"
    assert "Forged." in client.get("/cases/a-better-case/").content.decode()


def test_no_address_of_ours_is_shadowed(client, db):
    make_edition(slug="other")
    rows = [{"address": f"https://old.example{a}"} for a in ("/about/", "/cases/other/", "/cases")]
    make_edition(slug="a-case", old_addresses=rows)
    for address in ("/about/", "/cases/other/", "/cases/"):
        assert client.get(address).status_code == 200


def test_only_what_is_read_is_led_on(client, db):
    make_edition(slug="a-case", old_addresses=ROWS)
    assert client.post("/2019/05/a-case/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/?p=124", "/?p=", "/?p=%00", "/?p=" + "9" * 300, "/?page_id=x", "/?q=1"]
)
def test_other_numbers_lead_to_the_front_page(client, db, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("address", ["//evil.example/x", "/%2F%2Fevil.example/%0d%0aX: y", "/%00"])
def test_nothing_leads_away(client, db, address):
    make_edition(slug="a-case", old_addresses=[{"address": "https://old.example/x"}])
    assert client.get(address).headers.get("Location", "/").startswith("/")


def test_it_costs_one_query_after_the_404(client, db, django_assert_num_queries):
    make_edition(slug="a-case", old_addresses=ROWS)
    with django_assert_num_queries(1):
        assert client.get("/2019/05/a-case/").status_code == 301


def test_without_a_database_the_page_stands(monkeypatch, client, rf):
    def fails(old):
        raise DatabaseError

    monkeypatch.setattr(not_found, "slug_of", fails)
    assert not_found.led_on(rf.get("/2019/05/a-case/")) is None


def test_of_two_cases_the_one_decided_last_has_the_address(client, db):
    first = make_edition(slug="first", old_addresses=ROWS)
    case = Case.objects.get(pk=first.case_id)
    cases.change_case(case, by=make_user("edith"), reason="Not here.", old_addresses=[])
    make_edition(slug="second", old_addresses=ROWS)
    assert client.get(ASKED[0])["Location"] == "/cases/second/"
