"""What an address at which there is nothing may have meant."""

import pytest
from django.db import DatabaseError

from tests.factories import make_case, make_edition
from website.views import not_found


@pytest.fixture
def cases(db):
    for slug in ("ending-conflict-in-tajikistan", "ending-conflict-in-chad", "peace-in-wajir"):
        make_edition(slug=slug, title=slug.title())
    make_case(slug="tajikistan-draft", title="A draft on Tajikistan")


@pytest.mark.parametrize(
    "address, near",
    [
        ("/cases/tajikistan/", ["ending-conflict-in-tajikistan"]),
        ("/cases/Tajikistan-1997/correct/", ["ending-conflict-in-tajikistan"]),
        ("/wajir", ["peace-in-wajir"]),
        ("/cases/peace-in-chad/", ["ending-conflict-in-chad", "peace-in-wajir"]),
        ("/cases/ending/", []),  # most have that word
        ("/cases/nowhere/", []),
        ("/cases/\u0442\u0430\u0434\u0436\u0438\u043a/", []),
    ],
)
def test_cases_of_like_addresses_are_offered(client, cases, address, near):
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 404
    offered = [slug for slug in near if f'href="/cases/{slug}/"' in html]
    assert offered == near
    assert ("Did you mean" in html) == bool(near)
    assert "draft" not in html


def test_the_desk_offers_no_cases(administrator, logged_in, cases):
    response = logged_in(administrator).get("/admin/tajikistan/")
    assert response.status_code == 404
    assert b"Did you mean" not in response.content


def test_without_a_database_the_page_stands(monkeypatch):
    def fails():
        raise DatabaseError

    monkeypatch.setattr(not_found, "version", fails)
    assert not_found.near_cases("/cases/tajikistan/") == []
