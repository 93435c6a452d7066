"""A moderator asks the sender, by mail and on the status page; the answer stands in the thread."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from corrections import asking, limits, services
from corrections.mail import PER_DAY
from corrections.models import Correction, CorrectionMessage, StatusKey
from corrections.references import with_token
from corrections.services import WrongState
from outbox.models import OutgoingMail
from revisions.models import AuditEvent
from tests.factories import make_user

TOKEN = re.compile(r"/corrections/status/([0-9a-f]{40})/")


@pytest.fixture
def asked(correction, moderator):
    """A question, and the token that was mailed with it."""
    message = asking.ask(correction, by=moderator, text="Which page of the charter?")
    return message, TOKEN.search(OutgoingMail.objects.latest("pk").body)[1]


def status(token):
    return f"/corrections/status/{token}/"


def test_a_question_goes_out_by_mail_with_a_token_of_its_own(correction, asked, sent, moderator):
    message, token = asked
    assert message.mailed
    assert "Which page of the charter?" in OutgoingMail.objects.latest("pk").body
    assert token != sent[1]
    assert with_token(token).get() == with_token(sent[1]).get() == correction
    stored = [str(value) for row in StatusKey.objects.all() for value in vars(row).values()]
    assert stored and not any(token in value for value in stored)
    correction.refresh_from_db()
    assert correction.is_waiting_for_sender
    assert (correction.status, correction.taken_by) == ("taken", moderator)


def test_the_sender_answers_on_the_status_page_and_confirms_the_address(client, correction, asked):
    _message, token = asked
    html = client.get(status(token)).content.decode()
    assert "Which page of the charter?" in html
    form_token = re.search(r'name="form_token" value="([^"]+)"', html)[1]
    typed = {"text": "Page <12>, of course.", "form_token": form_token}
    response = client.post(status(token), typed)
    assert response["Location"].startswith(status(token))
    client.post(status(token), typed)  # pressed twice
    correction.refresh_from_db()
    assert correction.is_answered_by_sender and not correction.is_waiting_for_sender
    assert correction.confirmed_at is not None
    texts = list(correction.messages.values_list("by__username", "text"))
    assert texts == [("maud", "Which page of the charter?"), (None, "Page <12>, of course.")]
    html = client.get(status(token)).content.decode()
    assert "Page &lt;12&gt;, of course." in html
    assert [e.action for e in correction.events.all()] == ["sent", "asked", "replied"]
    trail = AuditEvent.objects.filter(about_id=correction.pk, about_type__model="correction")
    assert {"asked", "replied"} <= set(trail.values_list("action", flat=True))
    assert not trail.filter(note__contains="Page").exists()


def test_the_page_of_the_first_token_takes_the_answer_and_confirms_nothing(
    client, correction, asked, sent
):
    client.post(status(sent[1]), {"text": "Page 12."})
    correction.refresh_from_db()
    assert correction.is_answered_by_sender
    assert correction.confirmed_at is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Write your answer."),
        ({"text": "\0 \x1b"}, "Write your answer."),
        ({"text": "x" * 5001}, "5000 characters or fewer"),
        ({"text": "Mine.", "website": "http://spam.test"}, "A hidden field was filled in"),
        ({}, "Write your answer."),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(client, correction, asked, typed, said):
    response = client.post(status(asked[1]), typed)
    html = response.content.decode()
    assert said in html and "There is a problem" in html
    assert typed.get("text", "").strip("\0 \x1b") in html
    assert correction.messages.count() == 1


def test_an_answer_that_comes_when_it_is_decided_is_shown_again(
    client, correction, asked, moderator
):
    services.decline(correction, by=moderator, reason="It stands.")
    response = client.post(status(asked[1]), {"text": "But page 12!"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "decided meanwhile" in html and "But page 12!" in html
    assert correction.messages.count() == 1


def test_nobody_answers_what_was_not_asked(client, correction, sent):
    html = client.get(status(sent[1])).content.decode()
    assert "Your answer" not in html
    response = client.post(status(sent[1]), {"text": "Hello?"})
    assert response.status_code == 409
    assert "Hello?" in response.content.decode()
    assert not CorrectionMessage.objects.exists()


def test_answers_count_for_the_limits_of_the_form(client, correction, asked, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 0)
    response = client.post(status(asked[1]), {"text": "Page 12."})
    assert response.status_code == 429 and response["Retry-After"]
    assert "Page 12." in response.content.decode()
    assert correction.messages.count() == 1


def test_an_answer_without_a_csrf_token_is_shown_again(correction, asked):
    strict = Client(enforce_csrf_checks=True)
    strict.get(status(asked[1]))
    response = strict.post(status(asked[1]), {"text": "Page 12.", "csrfmiddlewaretoken": "x"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Page 12.</textarea>" in html and "please send it again" in html


def test_a_sender_without_an_address_reads_it_on_the_page_alone(edition, moderator, client):
    correction, token = services.send(edition, message="Wrong.")
    message = asking.ask(correction, by=moderator, text="What is?")
    assert not message.mailed
    assert not StatusKey.objects.exists()
    assert "What is?" in client.get(status(token)).content.decode()


def test_a_question_to_an_unconfirmed_address_waits_for_its_turn_and_to_another_does_not(
    edition, moderator
):
    first, *more = [
        services.send(edition, message=f"Wrong {n}.", email=f"{name}@example.org")[0]
        for n, name in enumerate(("rosa", "Rosa", "ROSA", "rosa", "other"))
    ]
    receipts = OutgoingMail.objects.filter(to__iexact="rosa@example.org")
    assert receipts.count() == PER_DAY
    assert asking.ask(first, by=moderator, text="What?").mailed
    tomorrow = timezone.now() + timedelta(hours=23)
    assert receipts.latest("pk").due_at > tomorrow
    Correction.objects.filter(pk=first.pk).update(confirmed_at=timezone.now())
    assert asking.ask(more[0], by=moderator, text="What?").mailed
    assert receipts.latest("pk").due_at < tomorrow


def test_the_same_question_twice_is_one_and_another_is_asked_anew(correction, moderator):
    first = asking.ask(correction, by=moderator, text="Which page?")
    assert asking.ask(correction, by=moderator, text=" Which page? ") == first
    asking.reply(correction, text="12.")
    assert asking.ask(correction, by=moderator, text="Which page?") != first
    correction.refresh_from_db()
    assert correction.is_waiting_for_sender


def test_only_an_open_one_is_asked_about_and_only_with_words(correction, moderator):
    with pytest.raises(ValidationError):
        asking.ask(correction, by=moderator, text=" \0 ")
    services.decline(correction, by=moderator, reason="No.")
    with pytest.raises(WrongState):
        asking.ask(correction, by=moderator, text="Which page?")
    assert not CorrectionMessage.objects.exists()


def test_to_ask_takes_nothing_from_a_colleague(correction, moderator):
    milo = make_user("milo")
    services.take(correction, by=milo)
    asking.ask(correction, by=moderator, text="Which page?")
    correction.refresh_from_db()
    assert correction.taken_by == milo
