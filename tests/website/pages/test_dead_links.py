"""What readers see beside an address that is dead: at once, without a new edition."""

from datetime import UTC, date, datetime

import pytest

from editions.links.cited import take_in
from editions.links.shown import DeadAddress
from editions.links.verdicts import CopySought, keep
from editions.models import Edition, Rendering, WatchedAddress
from editions.record.verify import faults
from serving import page_cache
from sources.links.archives import Copy
from sources.links.verdicts import Outcome, Verdict
from tests.factories import make_edition, make_source, publish_case
from tests.website.public_pages import meet_version
from website.pages import fragments
from website.pages.dead_links import with_copies

pytestmark = pytest.mark.django_db
URL, COPY = "http://example.org/a?b=1&c=2", "http://web.archive.org/web/20201118000000/x?a&b"
SHOWN = (
    '<span class="dead-address">(<a href="http://web.archive.org/web/20201118000000/x?a&amp;b" '
    'rel="noopener">archived copy</a>, 18 November 2020)</span>'
)


def cited(url=URL, **over):
    source = make_source(url=url, type="webpage", **over)
    edition = make_edition(source=source, body=f"It ended.[@{source.key}, p. 1]")
    take_in()
    return edition, source


def dies(url=URL, copy=None):
    """Three failures, days apart."""
    address = WatchedAddress.objects.get(address=url)
    for day in (1, 4, 7):
        sought = CopySought(copy) if copy else None
        at = datetime(2031, 3, day, tzinfo=UTC)
        keep(address, Verdict(Outcome.GONE, 404), at=at, sought=sought)


def comes_back(url=URL):
    address = WatchedAddress.objects.get(address=url)
    keep(address, Verdict(Outcome.OK, 200), at=datetime(2031, 4, 1, tzinfo=UTC))


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_archived_copy_stands_beside_a_dead_address_at_once(client):
    edition, _source = cited()
    address = f"/cases/{edition.case.slug}/"
    before = page(client, address)
    assert "dead-address" not in before
    dies(copy=Copy(COPY, date(2020, 11, 18)))
    assert page(client, address).count(SHOWN) == 2  # in the note and in the bibliography
    assert page(client, edition.permanent_path).count(SHOWN) == 2
    assert Edition.objects.count() == 1
    assert list(faults()) == []
    comes_back()
    assert page(client, address) == before


def test_without_a_copy_it_is_said_since_when(client):
    edition, _source = cited()
    dies()
    shown = '<span class="dead-address">(not reachable since March 2031)</span>'
    assert page(client, f"/cases/{edition.case.slug}/").count(shown) == 2


def test_an_archived_copy_of_the_record_goes_before_one_that_was_found(client):
    own = "https://web.archive.org/web/20190203000000/http://example.org/own"
    edition, _source = cited(archive_url=own)
    dies(copy=Copy(COPY, date(2020, 11, 18)))
    html = page(client, f"/cases/{edition.case.slug}/")
    assert f'href="{own}" rel="noopener">archived copy</a>, 3 February 2019)' in html
    assert COPY.replace("&", "&amp;") not in html


def test_the_page_of_a_source_says_it_too(client):
    _edition, source = cited()
    assert "dead-address" not in page(client, f"/sources/{source.key}/")
    dies(copy=Copy(COPY, date(2020, 11, 18)))
    assert SHOWN in page(client, f"/sources/{source.key}/")


def test_an_earlier_edition_and_one_published_since_say_it_too(client):
    edition, source = cited()
    dies(copy=Copy(COPY, date(2020, 11, 18)))
    later = make_edition(source=source, body=f"It ended.[@{source.key}, p. 3]")
    assert SHOWN in Rendering.objects.get(edition=later).text
    publish_case(edition.case, kind="editorial", change_note="A comma.")
    assert page(client, edition.permanent_path).count(SHOWN) == 2


def test_an_edition_whose_pages_were_made_before_its_address_died_is_made_anew(client):
    _edition, source = cited()
    later = make_edition(source=source, body=f"It ended.[@{source.key}, p. 3]")
    dies()  # while a run goes on: the later edition is not taken in yet
    assert "not reachable" not in page(client, f"/cases/{later.case.slug}/")
    take_in()
    assert "not reachable" in page(client, f"/cases/{later.case.slug}/")


def test_what_was_made_anew_is_stored_again_and_costs_one_query(client, django_assert_num_queries):
    edition, _source = cited()
    dies(copy=Copy(COPY, date(2020, 11, 18)))
    address = f"/cases/{edition.case.slug}/"
    meet_version()
    with django_assert_num_queries(3):  # the page, its record, the addresses
        page(client, address)
    assert fragments.rebuild() == 1
    assert fragments.rebuild() == 0
    page_cache.PAGES.clear()
    with django_assert_num_queries(1):
        assert SHOWN in page(client, address)


def test_the_queries_of_an_edition_are_the_same_for_one_and_twenty_addresses(
    django_assert_num_queries,
):
    sources = [make_source(url=f"http://example.org/{n}", type="webpage") for n in range(20)]
    one = make_edition(body=f"A.[@{sources[0].key}]")
    many = make_edition(body=" ".join(f"A.[@{source.key}]" for source in sources))
    for edition in (one, many):
        stored = Edition.objects.select_related("case").get(pk=edition.pk)
        with django_assert_num_queries(1):
            fragments.render(stored)


def test_links_are_known_by_their_address_however_they_are_written():
    dead = {URL: DeadAddress(datetime(2031, 3, 1, tzinfo=UTC), "", None)}
    html = f'<a rel="x" href="{URL.replace("&", "&amp;")}">here</a> <a href="http://b/">b</a>.'
    assert with_copies(html, dead).count("not reachable since March 2031") == 1
    assert with_copies(html, dead).endswith('<a href="http://b/">b</a>.')
    assert with_copies(html, {}) is html
