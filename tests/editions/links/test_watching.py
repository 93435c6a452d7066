"""The link watch: what is asked when, politely, and goes on after it was killed."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from editions.links.cited import take_in
from editions.links.watching import HostBusy
from editions.management.commands import watch_links
from editions.models import (
    AddressCitation,
    AddressPassage,
    AskedHost,
    Rendering,
    WatchedAddress,
)
from serving.site_version import version
from tests.factories import make_case, make_edition, make_source, publish_case
from tests.sources.links.servers import answer, hang, page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG = "The parties agreed to end the fighting and to meet again in spring. " * 10


def run(watch, **over):
    return [address.address for address in watch.run(**over)]


def the(address):
    return WatchedAddress.objects.get(address=address)


def test_what_editions_in_print_cite_is_asked_and_nothing_else(watch, server, cite):
    make_case(source=make_source(url=server.url("/draft")))
    edition = cite(server.url("/old"), doi="10.1234/x", other_addresses=server.url("/mirror"))
    source = make_source(url=server.url("/new"), doi="10.1234/x")
    edition.case.body = f"It ended.[@{source.key}, p. 1]"
    edition.case.save()
    cite("", doi="10.1234/y")
    take_in()
    cited = set(WatchedAddress.objects.cited().values_list("address", flat=True))
    assert cited == {server.url("/old"), server.url("/mirror"), "https://doi.org/10.1234/y"}
    publish_case(edition.case, kind="update", change_note="Another source.")
    take_in()
    cited = set(WatchedAddress.objects.cited().values_list("address", flat=True))
    assert cited == {server.url("/new"), "https://doi.org/10.1234/y"}


def test_an_address_is_asked_once_however_many_cite_it(watch, server, clock, cite):
    server.ways["/a"] = page(LONG, title="On the talks")
    cite(server.url("/a"))
    cite(server.url("/a"))
    assert run(watch()) == [server.url("/a")]
    stored = the(server.url("/a"))
    assert (stored.outcome, stored.status, stored.title) == ("ok", 200, "On the talks")
    assert stored.checked_at == clock.now
    assert stored.due_at == clock.now + 14 * DAY
    assert run(watch()) == []
    clock.forward(days=14)
    assert run(watch()) == [server.url("/a")]


def test_only_failures_days_apart_make_an_address_dead(watch, server, clock, cite):
    server.ways["/a"] = answer(404)
    cite(server.url("/a"))
    began = clock.now
    for failures, hours in ((1, 0), (1, 20), (1, 27), (2, 2), (2, 40), (3, 9)):
        clock.forward(hours=hours)
        watch().check(the(server.url("/a")) if failures > 1 or hours else _taken_in(server))
        stored = the(server.url("/a"))
        assert stored.failures == failures, hours
        assert (stored.dead_since is not None) == (failures == 3)
    assert stored.failing_since == began
    assert stored.checks.count() == 6
    server.ways["/a"] = page("Here again")
    watch().check(stored)
    stored.refresh_from_db()
    assert (stored.failures, stored.failing_since, stored.dead_since) == (0, None, None)


def _taken_in(server):
    take_in()
    return the(server.url("/a"))


def test_left_to_itself_the_watch_finds_out_in_six_days(watch, server, clock, cite):
    cite(server.url("/a"))
    days = []
    for _day in range(8):
        run(watch())
        days.append(the(server.url("/a")).dead_since is not None)
        clock.forward(days=1)
    assert days == [False] * 4 + [True] * 4


@pytest.mark.parametrize("status", [401, 403, 429, 451])
def test_what_is_refused_to_us_is_never_dead(watch, server, clock, cite, status):
    server.ways["/a"] = answer(status)
    cite(server.url("/a"))
    for _turn in range(5):
        run(watch())
        clock.forward(days=15)
    assert the(server.url("/a")).dead_since is None
    assert the(server.url("/a")).outcome == "refused"


def test_a_host_is_left_alone_for_a_while_and_others_are_asked_meanwhile(
    watch, server, clock, cite, settings
):
    settings.LINK_PAUSE_SECONDS = 5
    for path in "abc":
        server.ways[f"/{path}"] = page(LONG)
        cite(server.url(f"/{path}"))
    server.ways["/x"] = page(LONG)
    cite(server.url("/x", "other.test"))
    asked = run(watch())
    assert asked[:2] == [server.url("/a"), server.url("/x", "other.test")]
    assert len(asked) == 4
    assert clock.slept == [5, 5]
    assert server.most_open == 1


def test_a_server_that_is_busy_is_asked_when_it_said(watch, server, clock, cite):
    server.ways |= {"/a": answer(429, Retry_After="3600"), "/b": page(LONG)}
    cite(server.url("/a"))
    cite(server.url("/b"))
    began = clock.now
    assert run(watch(), seconds=600) == [server.url("/a")]
    assert run(watch(), seconds=600) == []
    server.ways["/a"] = page(LONG)
    assert run(watch()) == []
    assert clock.now - began < timedelta(minutes=1)
    clock.forward(minutes=55)
    assert len(run(watch())) == 2
    assert clock.now - began >= timedelta(hours=1)


def test_a_server_that_is_always_busy_for_a_second_more_holds_no_run_up(watch, server, cite):
    server.ways["/a"] = answer(429, Retry_After="1")
    cite(server.url("/a"))
    assert len(run(watch(), limit=5)) == 1


def test_a_run_is_bounded_by_number_and_time(watch, server, clock, cite):
    for path in "abcd":
        server.ways[f"/{path}"] = page(LONG)
        cite(server.url(f"/{path}"))
    assert len(run(watch(), limit=1)) == 1
    assert len(run(watch(), seconds=4)) == 1  # the next would begin after the pause of 3 seconds
    assert len(run(watch(), seconds=4)) == 1
    assert len(run(watch())) == 1


def test_a_run_that_is_killed_in_the_middle_goes_on_where_it_was(watch, server, clock, cite):
    for path in "abc":
        server.ways[f"/{path}"] = page(LONG)
        cite(server.url(f"/{path}"))

    class Killed(BaseException):
        pass

    def kill(*_args):
        raise Killed

    dying = watch()
    asked = []
    with pytest.raises(Killed):
        for address in dying.run():
            asked.append(address.address)
            dying.checker.check = kill
    AskedHost.objects.update(taken_until=clock.now + timedelta(minutes=3))  # it let nothing go
    again = run(watch())
    assert sorted(asked + again) == [server.url(f"/{path}") for path in "abc"]
    assert sum(clock.slept) > 100  # the lease of the one that died


def test_an_error_at_one_address_holds_up_no_other(watch, server, clock, cite, caplog):
    server.ways |= {"/a": page(LONG), "/b": page(LONG)}
    cite(server.url("/a"))
    cite(server.url("/b", "other.test"))
    breaking = watch()
    asked = breaking.checker.check

    def check(address, passages):
        if address == server.url("/a"):
            raise RecursionError("a page that nobody thought of")
        return asked(address, passages)

    breaking.checker.check = check
    assert run(breaking) == [server.url("/b", "other.test")]
    assert f"after an error at {server.url('/a')}" in caplog.text
    assert run(watch()) == []
    clock.forward(days=14)
    assert len(run(watch())) == 2


def test_a_host_is_asked_by_one_at_a_time(watch, server, clock, cite):
    server.ways["/a"] = page(LONG)
    cite(server.url("/a"))
    take_in()
    AskedHost.objects.create(name="good.test", taken_until=clock.now + timedelta(minutes=1))
    assert run(watch(), seconds=30) == []
    with pytest.raises(HostBusy, match=r"good\.test"):
        watch().check_now(the(server.url("/a")))
    clock.forward(minutes=1)
    assert watch().check_now(the(server.url("/a"))).outcome == "ok"
    with pytest.raises(HostBusy):
        watch().check_now(the(server.url("/a")))


def test_passages_are_looked_for_and_the_verdict_is_kept_not_the_text(watch, server, clock, cite):
    server.ways["/a"] = page(LONG)
    cite(server.url("/a"), passage="agreed to end the fighting")
    cite(server.url("/a"), passage="agreed to end the war and to meet again in spring")
    cite(server.url("/a"), passage="Nobody ever said these words of the envoy")
    run(watch())
    found = dict(AddressPassage.objects.values_list("passage", "looked"))
    assert sorted(found.values()) == ["found", "nearly", "not-found"]
    assert found["agreed to end the fighting"] == "found"
    near = AddressPassage.objects.get(looked="nearly")
    assert (near.difference, near.looked_at) == ("“war” → “fighting”", clock.now)


def test_a_new_edition_takes_verdicts_over_and_a_new_passage_is_looked_for_at_once(
    watch, server, clock, cite
):
    server.ways["/a"] = page(LONG)
    edition = cite(server.url("/a"), passage="agreed to end the fighting")
    run(watch())
    case = edition.case
    publish_case(case, kind="editorial", change_note="A comma.")
    take_in()
    row = AddressPassage.objects.get()
    assert (row.looked, row.citation.edition.number) == ("found", 2)
    assert run(watch()) == []
    case.refresh_from_db()
    case.body = case.body.replace("the fighting", "all fighting")
    case.save()
    clock.now = max(clock.now, the(server.url("/a")).due_at - DAY)
    publish_case(case, kind="editorial", change_note="A passage.")
    assert run(watch()) == [server.url("/a")]


def test_a_copy_is_sought_nearest_to_the_day_of_reading(watch, server, clock, cite):
    kept = "http://web.archive.org/web/20201118000000/x"
    body = b'{"archived_snapshots": {"closest": {"available": true, "status": "200", "url": "%s", "timestamp": "20201118000000"}}}'  # noqa: E501
    server.ways["/seek"] = answer(200, body % kept.encode(), Content_Type="application/json")
    cite(server.url("/a"), accessed=date(2020, 11, 17))
    cite(server.url("/there"))
    server.ways["/there"] = page(LONG)
    lookup = "/seek?url={url}&timestamp={timestamp}"
    run(watch(lookup))
    stored = the(server.url("/a"))
    assert (stored.archived_url, stored.archived_on) == (kept, date(2020, 11, 18))
    asked = [path for path in server.paths() if path.startswith("/seek")]
    assert len(asked) == 1
    assert asked[0].endswith("timestamp=20201117")
    clock.forward(days=2)
    run(watch(lookup))
    assert len([path for path in server.paths() if path.startswith("/seek")]) == 1


def test_an_archive_without_a_copy_is_asked_again_after_a_month_one_that_is_away_soon(
    watch, server, clock, cite
):
    cite(server.url("/a"))
    none = answer(200, b'{"archived_snapshots": {}}', Content_Type="application/json")
    counts = []
    for way, days in ((answer(503), 2), (none, 2), (none, 2), (none, 30), (none, 0)):
        server.ways["/seek"] = way
        run(watch("/seek?url={url}"))
        counts.append(sum(path.startswith("/seek") for path in server.paths()))
        clock.forward(days=days)
    assert counts == [1, 2, 2, 2, 3]


def test_a_copy_is_asked_for_once_of_what_is_there(watch, server, clock, cite):
    server.ways |= {"/a": page(LONG), "/save": answer(200, b"{}")}
    cite(server.url("/a"))
    cite(server.url("/gone"))
    for _turn in range(2):
        run(watch(save="/save"))
        clock.forward(days=15)
    assert server.paths("POST") == ["/save"]
    assert the(server.url("/a")).copy_asked_at is not None


def test_pages_are_made_anew_when_an_address_dies_and_only_then(watch, server, clock, cite):
    edition, other = cite(server.url("/a")), make_edition()
    stamps = lambda: dict(Rendering.objects.values_list("edition", "stamp"))  # noqa: E731
    before, seen = stamps(), version()
    for _turn in range(3):
        assert stamps() == before
        assert version() == seen
        run(watch())
        clock.forward(days=2)
    assert stamps() == before | {edition.pk: ""}
    assert stamps()[other.pk] != ""
    assert version().pages != seen.pages
    assert version().facet_index == seen.facet_index


def test_twenty_checks_of_an_address_are_kept(watch, server, clock, cite):
    server.ways["/a"] = page(LONG)
    cite(server.url("/a"))
    take_in()
    for _turn in range(23):
        clock.forward(days=1)
        watch().check(the(server.url("/a")))
    checks = list(the(server.url("/a")).checks.all())
    assert len(checks) == 20
    assert checks[0].at == clock.now


def test_odd_addresses_are_stored_and_ask_nobody(watch, server, cite):
    for address in ("http://127.0.0.1/x", "http://2130706433/", "http://[::1/", "https://a@b/"):
        cite(address)
    run(watch())
    assert set(WatchedAddress.objects.values_list("outcome", flat=True)) == {"not-asked"}
    assert server.asked == []


def test_a_server_that_hangs_is_one_failure_and_holds_nothing_up(watch, server, cite):
    server.ways |= {"/a": hang(), "/b": page(LONG)}
    cite(server.url("/a"))
    cite(server.url("/b"))
    run(watch())
    assert the(server.url("/a")).outcome == "timed-out"
    assert the(server.url("/b")).outcome == "ok"


def test_impossible_states_are_refused_by_the_database(server, cite):
    cite(server.url("/a"))
    take_in()
    the_one = WatchedAddress.objects.filter(address=server.url("/a"))
    for values in (
        {"failures": 2},
        {"dead_since": the_one.get().due_at},
        {"archived_on": date(2020, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            the_one.update(**values)


def test_what_a_removed_edition_cited_is_forgotten(server, cite, moderator, administrator):
    from editions import removing

    edition = cite(server.url("/a"), passage="agreed to end the fighting")
    take_in()
    removal = removing.ask_removal(edition, by=moderator, ground="An order of a court.")
    removing.remove(removal, by=administrator)
    assert AddressCitation.objects.count() == AddressPassage.objects.count() == 0
    assert not WatchedAddress.objects.cited().exists()


def test_the_command_says_what_it_found(watch, server, cite, monkeypatch):
    server.ways["/a"] = page(LONG)
    cite(server.url("/a"))
    cite(server.url("/b", "other.test"))
    monkeypatch.setattr(watch_links, "Watch", watch)
    said = StringIO()
    call_command("watch_links", "--minutes", "1", stdout=said)
    lines = said.getvalue().splitlines()
    assert f"ok\t{server.url('/a')}" in lines
    assert "1 gone" in lines
    assert lines[-1] == "2 asked; of 2 cited, 0 dead."


@pytest.mark.parametrize("typed", ["0", "-1", "many"])
def test_the_command_takes_whole_numbers(db, typed):
    from django.core.management.base import CommandError

    with pytest.raises(CommandError, match="no whole number"):
        call_command("watch_links", f"--limit={typed}")
