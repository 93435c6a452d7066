"""Passwords: forgotten, changed, set by an invitation; links good once and not for long."""

import re
from datetime import timedelta
from logging import makeLogRecord
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corrections.log_format import TokensHidden
from desk import passwords
from outbox.models import OutgoingMail
from revisions.models import AuditEvent
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ASK, LOG_IN, ADD = "/admin/password-reset/", "/admin/login/", "/admin/auth/user/add/"
OTHER = "another horse battery staple"
BOTH = {"new_password1": OTHER, "new_password2": OTHER}
NEW = {"username": "nora", "first_name": "Nora", "last_name": "New", "email": "nora@example.org"}


def ask(client, email):
    return client.post(ASK, {"email": email})


def link():
    """The path of the link in the last mail."""
    body = OutgoingMail.objects.order_by("-pk").first().body
    return urlsplit(re.search(r"https?://\S+", body)[0]).path


def actions(user):
    found = AuditEvent.objects.filter(about_type__model="user", about_id=str(user.pk))
    return [event.action for event in found.order_by("pk")]


def follow(client, path):
    return client.get(path, follow=True)


def can_log_in(user, password):
    sent = {"username": user.username, "password": password}
    return Client().post(LOG_IN, sent).status_code == 302


def test_a_forgotten_password_is_set_by_a_link_that_is_good_once(client, editor):
    there = Client()
    there.post(LOG_IN, {"username": editor.username, "password": PASSWORD})
    assert "Forgot your password?" in client.get(LOG_IN).content.decode()
    ask(client, "Edith@Example.org")
    mail = OutgoingMail.objects.get()
    assert mail.to == editor.email and PASSWORD not in mail.body and "4 hours" in mail.body
    shown = follow(client, link())
    address = shown.redirect_chain[-1][0]
    assert "token" not in address and default_token_generator.make_token(editor) not in address
    assert client.post(address, BOTH)["Location"] == LOG_IN
    assert can_log_in(editor, OTHER) and not can_log_in(editor, PASSWORD)
    assert there.get("/admin/").status_code == 302  # other sessions have ended
    assert [a for a in actions(editor) if a in ("password", "session-ended")] == [
        "password",
        "session-ended",
    ]
    assert "has run out" in follow(Client(), link()).content.decode()


def test_the_answer_tells_nothing(client, editor):
    make_user("gone", is_staff=True, is_active=False)
    answers, queries = set(), []
    for email in (editor.email, "nobody@example.org", "gone@example.org"):
        with CaptureQueriesContext(connection) as seen:
            answer = ask(client, email)
        answers.add(re.sub(r'value="\w{64}"', "", answer.content.decode()))
        queries.append([query["sql"].split(" ")[0] for query in seen.captured_queries])
    assert len(answers) == 1
    assert [mail.to for mail in OutgoingMail.objects.all()] == [editor.email]
    assert queries[0].count("INSERT") == queries[1].count("INSERT") == 1
    assert queries[1] == queries[2]


@pytest.mark.parametrize("email", ["", "x", "a@b", "\0@example.org", "e" * 300 + "@example.org"])
def test_what_is_no_address_is_said(client, email):
    assert "That did not work" in ask(client, email).content.decode()
    assert not OutgoingMail.objects.exists()


def test_a_look_alike_gets_nothing(client, db):
    make_user("mike", is_staff=True, email="mike@example.org")
    ask(client, "m\u0131ke@example.org")
    assert not OutgoingMail.objects.exists()


def test_one_mailbox_gets_three_links_in_an_hour(client, editor):
    for number in range(5):
        editor.last_login = timezone.now() + timedelta(seconds=number)  # another link each time
        editor.save()
        assert "on its way" in ask(client, editor.email).content.decode()
    assert OutgoingMail.objects.count() == 3


def test_one_address_asks_ten_times_in_an_hour(client, db):
    for number in range(10):
        assert ask(client, f"n{number}@example.org").status_code == 200
    answer = ask(client, "more@example.org")
    assert answer.status_code == 429 and "Too many links" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("name", ["password-reset", "invitation"])
@pytest.mark.parametrize(
    "path",
    [
        "x/y",
        "MQ/x",
        "MQ/set-password",
        "AAAA/..-..",
        "MQ/" + "a" * 300,
        "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk/a-b",
    ],
)
def test_a_link_that_was_tampered_with_says_so(client, editor, name, path):
    answer = follow(client, f"/admin/{name}/{path}/")
    assert answer.status_code == 200 and "has run out" in answer.content.decode()
    assert client.post(f"/admin/{name}/{path}/", BOTH).status_code == 200
    assert not can_log_in(editor, OTHER)


def test_the_link_of_one_is_not_that_of_another(client, editor, moderator):
    ask(client, editor.email)
    _start, token = link().rstrip("/").rsplit("/", 1)
    ask(client, moderator.email)
    start, _token = link().rstrip("/").rsplit("/", 1)
    assert "has run out" in follow(client, f"{start}/{token}/").content.decode()


def test_a_link_runs_out(client, editor, settings):
    ask(client, editor.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "has run out" in follow(client, link()).content.decode()


def test_a_weak_password_is_refused_with_what_is_wrong(client, editor):
    ask(client, editor.email)
    address = follow(client, link()).redirect_chain[-1][0]
    for first, second in (("12345", "12345"), (OTHER, "other"), ("", "")):
        answer = client.post(address, {"new_password1": first, "new_password2": second})
        assert "That did not work" in answer.content.decode()
    assert can_log_in(editor, PASSWORD)


def test_ones_own_is_changed_and_other_sessions_end(client, editor):
    there = Client()
    for browser in (there, client):
        browser.post(LOG_IN, {"username": editor.username, "password": PASSWORD})
    data = {"old_password": "wrong"} | BOTH
    answer = client.post("/admin/password_change/", data).content.decode()
    assert "not your password until now" in answer
    client.post("/admin/password_change/", data | {"old_password": PASSWORD})
    page = client.get("/admin/sessions/").content.decode()
    assert "this one" in page and page.count("End it") == 0
    assert there.get("/admin/").status_code == 302
    assert "password" in actions(editor)


def test_an_administrator_sets_one_where_no_mail_reaches(logged_in, administrator, editor):
    there = Client()
    there.post(LOG_IN, {"username": editor.username, "password": PASSWORD})
    address = f"/admin/auth/user/{editor.pk}/password/"
    assert "algorithm" not in logged_in(administrator).get(address).content.decode()
    logged_in(administrator).post(address, BOTH)
    assert can_log_in(editor, OTHER) and there.get("/admin/").status_code == 302
    event = AuditEvent.objects.get(action="password")
    assert event.by == administrator and event.about_id == str(editor.pk)


@pytest.fixture
def invited(logged_in, administrator):
    """Nora, who was added without a password."""
    logged_in(administrator).post(ADD, NEW | {"role": "Editors"})
    return User.objects.get(username="nora")


def test_somebody_new_sets_a_password_by_an_invitation_and_works(client, invited, administrator):
    page = client.get("/admin/auth/user/").content.decode()
    assert "invited, not been here yet" in page
    mail = OutgoingMail.objects.get()
    assert mail.to == "nora@example.org" and "nora" in mail.body and "3 days" in mail.body
    nora = Client()
    assert not can_log_in(invited, "")
    address = follow(nora, link()).redirect_chain[-1][0]
    assert nora.post(address, BOTH)["Location"] == LOG_IN
    nora.post(LOG_IN, {"username": "nora", "password": OTHER})
    assert nora.get("/admin/cases/case/add/").status_code == 200
    page = client.get("/admin/auth/user/").content.decode()
    assert "not been here yet" not in page
    assert actions(invited) == ["invited", "created", "password", "signed-in"]


def test_an_invitation_is_sent_again_and_the_first_link_is_void(client, invited):
    first = link()
    address = f"/admin/auth/user/{invited.pk}/invite/"
    assert address in client.get(f"/admin/auth/user/{invited.pk}/change/").content.decode()
    client.post(address)
    assert OutgoingMail.objects.count() == 2 and link() != first
    assert "has run out" in follow(Client(), first).content.decode()
    assert "Set the password" in follow(Client(), link()).content.decode()


def test_an_invitation_is_good_for_three_days_and_once(client, invited):
    with patch.object(signing.TimestampSigner, "timestamp", lambda signer: "1"):
        old = passwords.invitations.make_token(invited)
    assert not passwords.invitations.check_token(invited, old)
    assert passwords.invitations.check_token(invited, passwords.invitations.make_token(invited))
    invited.set_password(OTHER)
    invited.save()
    assert "has run out" in follow(Client(), link()).content.decode()


def test_an_invitation_ends_with_the_account(invited):
    invited.is_active = False
    invited.save()
    assert "has run out" in follow(Client(), link()).content.decode()


def test_whoever_was_invited_may_ask_for_a_link_as_others_do(invited):
    ask(Client(), invited.email)
    assert "/password-reset/" in link()
    assert "Set the password" in follow(Client(), link()).content.decode()


def test_whoever_has_been_here_is_not_invited(logged_in, administrator, editor):
    answer = logged_in(administrator).post(f"/admin/auth/user/{editor.pk}/invite/", follow=True)
    assert "has not been here yet" in answer.content.decode()
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD) and not OutgoingMail.objects.exists()


def test_without_an_address_there_must_be_a_password(logged_in, administrator):
    data = NEW | {"email": "", "role": "Editors"}
    answer = logged_in(administrator).post(ADD, data).content.decode()
    assert "to which the invitation goes" in answer and not User.objects.filter(username="nora")
    one = data | {"password1": OTHER}
    assert "not the same" in logged_in(administrator).post(ADD, one).content.decode()


def test_tokens_are_not_written_into_the_log():
    for path in ("/admin/invitation/MQ/abc.def/", "/admin/password-reset/MQ/abc-def/"):
        line = TokensHidden().format(makeLogRecord({"msg": f"Not Found: {path}"}))
        assert "abc" not in line
