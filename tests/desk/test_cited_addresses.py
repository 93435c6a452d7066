"""The desk's list of cited addresses, and what the worker asks by itself."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from desk import jobs, link_watch
from editions.links.cited import take_in
from editions.links.verdicts import keep
from editions.links.watching import Watch
from editions.models import AskedHost, Rendering, WatchedAddress
from outbox import worker
from revisions.models import AuditEvent
from sources.links.passages import Found, Looked
from sources.links.verdicts import Outcome, Verdict
from tests.factories import make_edition, make_source
from tests.sources.links.servers import Server, checker, page

LIST = "/admin/cited-addresses/"
PASSAGE = "They agreed to end the fighting"


def cite(url, *, title="", passage=""):
    source = make_source(url=url, type="webpage")
    quoted = f": “{passage}”" if passage else ""
    over = {"title": title} if title else {}
    return make_edition(source=source, body=f"It ended.[@{source.key}, p. 1{quoted}]", **over)


def judge(url, *outcomes, found=None, **said):
    address = WatchedAddress.objects.get(address=url)
    for day, outcome in enumerate(outcomes):
        at = datetime(2031, 3, 1 + 3 * day, tzinfo=UTC)
        keep(address, Verdict(outcome, **said), at=at, found=found)


@pytest.fixture
def some(db):
    """Addresses in several states."""
    cite("http://a.test/dead", title="Ending the first conflict")
    cite("http://a.test/moved", title="Ending the second conflict")
    cite("http://a.test/says", passage=PASSAGE)
    cite("http://a.test/new")
    take_in()
    judge("http://a.test/dead", *[Outcome.GONE] * 3, status=404)
    judge("http://a.test/moved", Outcome.REDIRECTED, moved_to="http://b.test/there", status=200)
    not_found = {PASSAGE: Found(Looked.NEARLY, "“end” → “halt”")}
    judge("http://a.test/says", Outcome.OK, found=not_found, status=200)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def shown(client, question=""):
    return [row.address.address for row in client.get(LIST + question).context["rows"]]


def test_first_of_all_the_dead_are_listed_by_case(logged_in, editor, some):
    client = logged_in(editor)
    html = text_of(client.get(LIST))
    assert "Ending the first conflict" in html and "Ending the second conflict" not in html
    assert "dead: gone</strong> (404)" in html and "3 failures since 1 March 2031" in html


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        ("?state=redirected", ["moved"]),
        ("?state=nearly", ["says"]),
        ("?state=not-found", []),
        ("?state=unasked", ["new"]),
        ("?state=there", ["says"]),
        ("?state=failing", []),
        ("?state=refused", []),
        ("?state=&q=second+conflict", ["moved"]),
        ("?state=&q=a.test/DEAD", ["dead"]),
        ("?state=dead&q=second", []),
        ("?state=&q=%00&p=99", ["dead", "moved", "new", "says"]),
        ("?state=nonsense&p=x", ["dead", "moved", "new", "says"]),
    ],
)
def test_the_list_is_narrowed_by_state_and_words(logged_in, editor, some, question, paths):
    found = shown(logged_in(editor), question)
    assert sorted(found) == [f"http://a.test/{path}" for path in paths]


def test_each_state_has_its_count(logged_in, editor, some):
    states = logged_in(editor).get(LIST).context["states"]
    counts = {state.name: state.count for state in states if state.count}
    assert counts == {"dead": 1, "redirected": 1, "nearly": 1, "there": 1, "unasked": 1, "": 4}


def test_passages_are_shown_with_what_differs(logged_in, editor, some):
    html = text_of(logged_in(editor).get(LIST + "?state=nearly"))
    assert "Passage in note 1: <strong>found nearly</strong>, “end” → “halt”" in html
    assert f"<q>{PASSAGE}</q>" in html


def test_the_list_takes_the_same_queries_for_one_and_twenty(
    logged_in, editor, db, django_assert_num_queries
):
    client = logged_in(editor)
    client.get(LIST)
    for more, number in ((1, 1), (19, 20)):
        for n in range(more):
            cite(f"http://a.test/{number}/{n}", passage=PASSAGE)
        take_in()
        with django_assert_num_queries(8):
            assert len(shown(client, "?state=")) == number


def test_the_history_of_an_address_is_shown(logged_in, editor, some):
    address = WatchedAddress.objects.get(address="http://a.test/dead")
    html = text_of(logged_in(editor).get(reverse("admin:cited_address", args=[address.pk])))
    assert html.count("<strong>gone</strong> (404)") == 3
    assert "Ending the first conflict" in html
    assert logged_in(editor).get(f"{LIST}{10**18}/").status_code == 404


@pytest.fixture
def server(monkeypatch):
    made = Server()
    monkeypatch.setattr(link_watch, "Watch", lambda: Watch(checker(made)))
    yield made
    made.stop()


def test_an_editor_asks_one_address_at_once(logged_in, editor, db, server):
    server.ways["/a"] = page("Here")
    cite(server.url("/a"))
    take_in()
    address = WatchedAddress.objects.get()
    at = reverse("admin:cited_address", args=[address.pk])
    html = text_of(logged_in(editor).post(at, follow=True))
    assert "It was asked: there." in html
    event = AuditEvent.objects.get(action="address-asked")
    assert (event.by, event.label, event.after) == (editor, server.url("/a"), "ok")
    again = text_of(logged_in(editor).post(at, follow=True))
    assert "wants to be left alone" in again and "Nothing was asked." in again
    assert len(server.paths("GET")) == 1


def do(name):
    worker.PeriodicJob.objects.filter(name=name).delete()
    worker.run(next(job for job in jobs.JOBS if job.name == name))
    assert worker.PeriodicJob.objects.get(name=name).error == ""


def test_the_worker_asks_only_where_the_site_wants_it(db, server, settings):
    cite(server.url("/a"))
    settings.LINK_WATCH = False
    do("ask cited addresses")
    assert not server.asked and not AskedHost.objects.exists()
    settings.LINK_WATCH = True
    do("ask cited addresses")
    assert WatchedAddress.objects.get().outcome == Outcome.GONE


def test_the_worker_stores_changed_pages_anew_and_no_others(db, some):
    assert Rendering.objects.filter(stamp="").count() == 1
    Rendering.objects.exclude(stamp="").update(stamp="of an older version")
    do("store changed pages")
    assert not Rendering.objects.filter(stamp="").exists()
    assert Rendering.objects.filter(stamp="of an older version").count() == 3
