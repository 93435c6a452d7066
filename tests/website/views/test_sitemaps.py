"""The sitemap when one file no longer holds it."""

import xml.etree.ElementTree as ET

import pytest
from django.contrib.sitemaps import Sitemap

from serving.site_version import bump
from tests.factories import make_case, make_edition
from website.views.sitemaps import SITEMAPS

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://peace.example:8443"


@pytest.fixture(autouse=True)
def _site_url(settings):
    settings.SITE_URL = SITE


def read(client, address, status=200):
    response = client.get(address, HTTP_HOST="localhost")
    assert response.status_code == status, address
    return ET.fromstring(response.content) if status == 200 else None


def locations(tree):
    return [found.text for found in tree.iter(f"{SPACE}loc")]


def test_few_addresses_stand_in_one_file(client):
    make_edition()
    tree = read(client, "/sitemap.xml")
    assert tree.tag == f"{SPACE}urlset"


def test_many_addresses_stand_in_files_that_an_index_names(client, monkeypatch):
    whole = set(locations(read(client, "/sitemap.xml")))
    editions = [make_edition() for _ in range(5)]
    make_case(slug="draft")
    whole |= set(locations(read(client, "/sitemap.xml")))
    monkeypatch.setattr(Sitemap, "limit", 2)
    bump()
    index = read(client, "/sitemap.xml")
    assert index.tag == f"{SPACE}sitemapindex"
    files = locations(index)
    assert f"{SITE}/sitemap-cases.xml" in files and f"{SITE}/sitemap-cases.xml?p=3" in files
    assert f"{SITE}/sitemap-notices.xml" not in files  # there are none
    found = []
    for file in files:
        held = locations(read(client, file.removeprefix(SITE)))
        assert 0 < len(held) <= 2
        found += held
    assert set(found) == whole and len(found) == len(whole)
    newest = max(edition.published_at for edition in editions)
    dates = [entry.findtext(f"{SPACE}lastmod") for entry in index.iter(f"{SPACE}sitemap")]
    assert any(day and day.startswith(f"{newest:%Y-%m-%d}") for day in dates)


def test_the_index_takes_the_same_queries_however_many_there_are(
    client, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(Sitemap, "limit", 2)
    make_edition()
    with django_assert_max_num_queries(25) as one:
        read(client, "/sitemap.xml")
    for _ in range(4):
        make_edition()
    with django_assert_max_num_queries(25) as many:
        read(client, "/sitemap.xml")
    assert len(one) == len(many)


@pytest.mark.parametrize("question", ["p=9", "p=x", "p=" + "9" * 300, "p=-1", "p=%00", "p=1.5"])
def test_a_page_that_is_not_there_is_not_found(client, question):
    read(client, f"/sitemap-cases.xml?{question}", status=404)


def test_a_section_that_is_not_there_is_not_found(client):
    for section in SITEMAPS:
        read(client, f"/sitemap-{section}.xml")
    read(client, "/sitemap-nothing.xml", status=404)
