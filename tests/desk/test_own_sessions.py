"""Where somebody is logged in is listed and ended; who came, was refused, left is written down."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from desk import browsers
from desk.models import DeskSession
from revisions.models import AuditEvent
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOG_IN, OWN = "/admin/login/", "/admin/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


@pytest.fixture
def enter():
    """`enter(user)` is a browser in which that person has logged in."""

    def log_in(user, agent=FIREFOX, address="203.0.113.77"):
        browser = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
        sent = {"username": user.username, "password": PASSWORD}
        assert browser.post(LOG_IN, sent).status_code == 302
        return browser

    return log_in


def is_in(browser):
    return browser.get("/admin/").status_code == 200


def events(user):
    found = AuditEvent.objects.filter(about_type__model="user", about_id=str(user.pk))
    return [(event.action, event.by) for event in found.order_by("pk")]


def test_the_page_lists_browsers_and_marks_this_one(enter, editor, moderator):
    here = enter(editor)
    enter(editor, IPHONE, "2001:db8:1:2::3")
    enter(moderator, address="198.51.100.9")
    page = here.get(OWN).content.decode()
    assert "Firefox on Linux" in page and "203.0.113.x" in page and "203.0.113.77" not in page
    assert "Safari on iPhone" in page and "2001:db8:1::…" in page
    assert "198.51.100" not in page
    assert page.count("this one") == 1 and page.count('name="end"') == 2


def test_one_is_ended(enter, editor):
    here, there = enter(editor), enter(editor, IPHONE)
    chosen = DeskSession.objects.get(browser="Safari on iPhone")
    here.post(OWN, {"end": chosen.pk})
    assert is_in(here) and not is_in(there)
    assert events(editor)[-1] == ("session-ended", editor)


def test_all_others_are_ended(enter, editor, moderator):
    here, others, colleague = enter(editor), [enter(editor), enter(editor)], enter(moderator)
    here.post(OWN, {"end": "all"})
    assert is_in(here) and is_in(colleague) and not any(is_in(other) for other in others)


@pytest.mark.parametrize("chosen", ["", "0", "-1", "9" * 30, "x", "\0", "１", "1 OR 1=1"])
def test_what_is_no_session_ends_none(enter, editor, chosen):
    here, there = enter(editor), enter(editor)
    answer = here.post(OWN, {"end": chosen}, follow=True)
    assert "no such session" in answer.content.decode() and is_in(there)


def test_nobody_ends_the_session_of_another(enter, editor, moderator):
    here, there = enter(editor), enter(moderator)
    here.post(OWN, {"end": DeskSession.objects.get(user=moderator).pk})
    assert is_in(there)
    address = f"/admin/auth/user/{moderator.pk}/sessions/"
    assert here.post(address, {"end": "all"}).status_code == 403 and is_in(there)


def test_an_administrator_ends_somebody_s(enter, administrator, moderator):
    here, there = enter(administrator), enter(moderator)
    address = f"/admin/auth/user/{moderator.pk}/sessions/"
    assert "203.0.113.x" in here.get(address).content.decode()
    here.post(address, {"end": "all"})
    assert is_in(here) and not is_in(there)
    assert events(moderator)[-1] == ("session-ended", administrator)


def test_a_session_of_before_is_listed_with_its_next_request(client, editor):
    client.force_login(editor)
    assert not DeskSession.objects.exists()
    client.get("/admin/")
    assert DeskSession.objects.get().user == editor


def test_rows_go_with_their_sessions(enter, editor):
    enter(editor).post("/admin/logout/")
    assert not DeskSession.objects.exists()
    enter(editor)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    assert "Nowhere" not in enter(editor).get(OWN).content.decode()
    call_command("clearsessions")
    assert DeskSession.objects.count() == 1


def test_last_seen_is_written_once_in_ten_minutes(enter, editor, django_assert_num_queries):
    here = enter(editor)
    long_ago = timezone.now() - timedelta(hours=1)
    DeskSession.objects.update(last_seen_at=long_ago, began_at=long_ago)
    here.get("/admin/")
    assert DeskSession.objects.get().last_seen_at == long_ago
    session = here.session
    session["lasts_from"] -= 3600
    session.save()
    here.get("/admin/")
    row = DeskSession.objects.get()
    assert row.last_seen_at > long_ago and row.began_at == long_ago


def test_the_page_takes_the_same_queries_for_one_and_for_twenty(
    enter, editor, django_assert_max_num_queries
):
    here = enter(editor)
    for _number in range(20):
        enter(editor)
    with django_assert_max_num_queries(10):
        here.get(OWN)


def test_who_came_was_refused_and_left_is_written_down(enter, editor, caplog):
    here = enter(editor)
    here.post("/admin/logout/")
    assert events(editor) == [("signed-in", editor), ("signed-out", editor)]
    wrong = {"username": editor.username, "password": "wrong"}
    answer = Client(REMOTE_ADDR="203.0.113.77").post(LOG_IN, wrong)
    assert "do not go together" in answer.content.decode()
    assert events(editor)[-1] == ("sign-in-refused", None)
    assert "203.0.113.x" in AuditEvent.objects.first().note
    before = AuditEvent.objects.count()
    for name in ("hunter2-typed-here", "n" * 150, "\u0000", "", "n" * 151):
        assert Client().post(LOG_IN, {"username": name, "password": "x"}).status_code == 200
    assert AuditEvent.objects.count() == before
    assert "nobody has the name" in caplog.text and "hunter2" not in caplog.text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/18 Safari/605", "Safari on macOS"),
        ("curl/8.5", "curl"),
        ("<script>" + "x" * 5000, "a browser that does not say which"),
    ],
)
def test_browsers_in_words(agent, words):
    assert browsers.in_words(agent) == words


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.x"), ("2001:db8:1:2::3", "2001:db8:1::…"), ("", ""), ("x", "")],
)
def test_addresses_are_shortened(address, network):
    assert browsers.network(address) == network
