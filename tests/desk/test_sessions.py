"""Who has been at the desk is known from the cookie alone."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from desk.sessions import has_logged_in


def asked(cookie):
    return has_logged_in({"HTTP_COOKIE": cookie})


@pytest.fixture(autouse=True)
def _keeps_the_connection(monkeypatch):
    monkeypatch.setattr("desk.sessions.close_old_connections", lambda: None)


def test_whoever_logged_in_is_known_also_when_the_session_is_over(editor, logged_in):
    key = logged_in(editor).cookies["sessionid"].value
    assert asked(f"csrftoken=a; sessionid={key}")
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    assert asked(f"sessionid={key}")


@pytest.mark.parametrize(
    "cookie", ["", "csrftoken=a", "sessionid=", "sessionid=nothing", "sessionid=a'b", "=", "\x00"]
)
def test_others_are_not(db, cookie):
    assert not asked(cookie)


def test_a_cookie_that_is_too_long_is_not_looked_up(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert not asked("sessionid=" + "a" * 41)


def test_a_session_without_a_log_in_is_none(db):
    session = SessionStore()
    session["language"] = "en"
    session.save()
    assert not asked(f"sessionid={session.session_key}")
