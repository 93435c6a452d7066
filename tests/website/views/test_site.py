"""About, robots, sitemap and health."""

import xml.etree.ElementTree as ET

import pytest

from cases import services as cases
from cases.models import Case
from corrections.services import announce
from editions import services as editions
from tests.factories import (
    make_case,
    make_edition,
    make_organisation,
    make_source,
    make_user,
    publish_case,
)
from website import readiness

pytestmark = pytest.mark.django_db
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _site_url(settings):
    settings.SITE_URL = "https://peace.example:8443"


def entries(client):
    response = client.get("/sitemap.xml", HTTP_HOST="localhost")
    assert response.status_code == 200
    found = ET.fromstring(response.content)
    return {
        url.find("s:loc", NAMESPACE).text: url.findtext("s:lastmod", None, NAMESPACE)
        for url in found.findall("s:url", NAMESPACE)
    }


def test_about_says_how_cases_are_made_corrected_cited_and_shared(client):
    page = client.get("/about/").content.decode()
    for heading in ("How a case is made", "Corrections", "How to cite", "Licence", "Colophon"):
        assert f"<h2>{heading}</h2>" in page


def test_robots_keeps_engines_from_admin_and_private_pages(client):
    response = client.get("/robots.txt", HTTP_HOST="localhost")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /corrections/status/",
        "Disallow: /cases.",
        "Disallow: /cases/*/editions/*/s/",
        "",
        "Sitemap: https://peace.example:8443/sitemap.xml",
    ]


def test_the_sitemap_names_what_is_public_under_the_address_of_the_site(client):
    body = make_organisation("Body", kind="coalition")
    make_organisation("Draft body")
    edition = make_edition(organisations=[body], source=make_source("Shared2001"), slug="ended")
    make_case(slug="draft", source=make_source("draft2001"))
    found = entries(client)
    site = "https://peace.example:8443"
    assert all(address.startswith(f"{site}/") for address in found)
    paths = {address.removeprefix(site) for address in found}
    assert {
        "/",
        "/about/",
        "/cases/",
        "/cases/ended/",
        "/organisations/body/",
        "/sources/Shared2001/",
        "/countries/tjk/",
        "/vocabulary/aims/ending/",
    } <= paths
    assert not {"/cases/draft/", "/organisations/draft-body/", "/sources/draft2001/"} & paths
    assert "/countries/per/" not in paths
    assert found[f"{site}/cases/ended/"] == f"{edition.published_at:%Y-%m-%d}"
    assert found[f"{site}/countries/tjk/"] == f"{edition.published_at:%Y-%m-%d}"
    assert all(client.get(path).status_code == 200 for path in paths)


def test_the_sitemap_names_notices_and_forgets_withdrawn_cases(client):
    edition = make_edition(slug="ended")
    case = cases.change_case(
        Case.objects.get(slug="ended"), by=make_user("edith"), reason="-", title="Mended"
    )
    second = publish_case(case, kind="correction", change_note="A slip.")
    notice = announce(second, by=make_user("maud"), why="A slip.")
    site = "https://peace.example:8443"
    assert {site + notice.get_absolute_url(), f"{site}/cases/ended/"} <= entries(client).keys()
    stored = Case.objects.get(pk=edition.case_id)
    editions.withdraw(stored, by=make_user("maud"), reason="It rested on a forgery.")
    assert f"{site}/cases/ended/" not in entries(client)


def test_health_asks_nothing_and_readiness_the_database_and_neither_is_kept(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        alive = client.get("/healthz")
    assert alive.content == b"ok\n"
    with django_assert_num_queries(2):
        ready = client.get("/readyz")
    for response in (alive, ready):
        assert "no-store" in response.headers["Cache-Control"]


def test_a_disk_that_takes_nothing_is_named(client, monkeypatch, tmp_path):
    gone = tmp_path / "gone"
    monkeypatch.setattr(readiness, "written_folders", lambda: [gone])
    said = client.get("/readyz")
    assert f"disk: {gone}: No such file or directory" in said.content.decode()
