"""Runs at once, on connections of their own: a host is asked by one of them."""

from collections import Counter

import pytest
from django.utils import timezone

from editions.links.cited import take_in
from editions.links.watching import Watch
from editions.models import AddressCheck, AddressCitation, WatchedAddress
from tests.corrections.test_races import at_once
from tests.sources.links.servers import NAMES, checker, hang, page

pytestmark = pytest.mark.django_db(transaction=True)


def test_runs_at_once_ask_each_address_once_and_each_host_one_after_the_other(
    vocabularies, server, cite, settings
):
    settings.LINK_PAUSE_SECONDS = 0
    open_at, most = Counter(), Counter()

    def way(connection, request):
        host = request[2]["Host"]
        open_at[host] += 1
        most[host] = max(most[host], open_at[host])
        hang(seconds=0.05)(connection, request)
        open_at[host] -= 1
        return page("Here")

    for n in range(9):
        server.ways[f"/{n}"] = way
        cite(server.url(f"/{n}", NAMES[n % 3]))
    asked = at_once(*[lambda: [one.address for one in Watch(checker(server)).run()]] * 3)
    assert sorted(address for run in asked for address in run) == sorted(
        server.url(f"/{n}", NAMES[n % 3]) for n in range(9)
    )
    assert AddressCheck.objects.count() == 9
    assert set(most.values()) == {1}


def test_runs_at_once_take_an_edition_in_once(vocabularies, server, cite):
    for n in range(4):
        cite(server.url(f"/{n}"))
    assert sum(at_once(*[take_in] * 3)) == 4
    assert AddressCitation.objects.count() == WatchedAddress.objects.count() == 4


def test_an_address_is_asked_while_somebody_asks_another_of_the_host(vocabularies, server, cite):
    cite(server.url("/a"))
    take_in()
    address = WatchedAddress.objects.get()
    outcomes = at_once(*[lambda: Watch(checker(server)).check_now(address)] * 3)
    names = Counter(type(outcome).__name__ for outcome in outcomes)
    assert names == {"WatchedAddress": 1, "HostBusy": 2}
    assert address.due_at <= timezone.now()
