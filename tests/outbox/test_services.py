"""What is written to the outbox, and what people do about what got stuck."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from outbox import services
from outbox.models import OutgoingMail
from outbox.services import WrongMailState

State = OutgoingMail.State
pytestmark = pytest.mark.django_db


def test_the_same_key_is_the_same_mail(written):
    assert written(1) == written(1, body="Otherwise.")
    assert OutgoingMail.objects.get().body == "Words."


def test_a_mail_is_undone_with_what_it_tells(written):
    with pytest.raises(RuntimeError), transaction.atomic():
        written()
        raise RuntimeError
    assert not OutgoingMail.objects.exists()


def test_the_message_id_names_the_site_and_not_the_machine(written, settings):
    settings.SITE_URL = "https://cases.example.org"
    assert written().message_id.endswith("@cases.example.org>")


def test_a_subject_is_one_line_that_fits(written):
    mail = written(subject="Ending it\r\nBcc: all@example.org " + "y" * 400)
    mail.refresh_from_db()
    assert "\n" not in mail.subject
    assert len(mail.subject) == 300


def test_a_fourth_mail_waits_until_a_day_after_the_first_of_three(written, now):
    for n in range(3):
        written(n)
    first = OutgoingMail.objects.order_by("pk").first()
    turn = services.next_turn("ROSA@example.org", per_day=3, of="test:")
    assert turn == first.due_at + timedelta(days=1)
    written(4, not_before=turn)
    second = OutgoingMail.objects.order_by("pk")[1]
    assert services.next_turn("rosa@example.org", per_day=3, of="test:") == (
        second.due_at + timedelta(days=1)
    )
    assert services.next_turn("rosa@example.org", per_day=3, of="other:") < now + timedelta(1)
    assert services.next_turn("other@example.org", per_day=3, of="test:") < now + timedelta(1)


@pytest.mark.parametrize("state", [State.FAILED, State.UNCERTAIN])
def test_what_got_stuck_is_sent_again_or_given_up(written, state, now):
    for n, act in enumerate((services.send_again, services.give_up)):
        mail = written(n)
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state, taken_until=now, tries=6)
        act(mail)
        with pytest.raises(WrongMailState):
            services.send_again(mail)
    again, given_up = OutgoingMail.objects.order_by("pk")
    assert (again.state, again.tries, again.body) == (State.WAITING, 0, "Words.")
    assert (given_up.state, given_up.body) == (State.GIVEN_UP, "")
    with pytest.raises(WrongMailState, match="given up"):
        services.give_up(mail)


def test_what_is_over_goes_after_a_month_and_what_is_stuck_is_given_up(written, later):
    for n, state in enumerate(State):
        mail = written(n)
        mail.state, mail.taken_until = state, mail.due_at
        mail.body = "" if state in (State.SENT, State.GIVEN_UP) else "Words."
        mail.save()
    services.clear()
    assert OutgoingMail.objects.count() == 6
    later(days=31)
    services.clear()
    left = OutgoingMail.objects.values_list("state", "body")
    assert sorted(left) == [
        *[(State.GIVEN_UP, "")] * 2,
        (State.SENDING, "Words."),
        (State.WAITING, "Words."),
    ]


def test_whoever_is_erased_is_not_in_the_outbox(written):
    written(1)
    written(2, to="other@example.org")
    assert services.forget("Rosa@Example.org") == 1
    assert OutgoingMail.objects.get().to == "other@example.org"


def test_the_database_keeps_no_text_of_what_is_over(written):
    written()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.update(state=State.SENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.update(state=State.SENDING)
