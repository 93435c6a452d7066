"""What becomes of a mail, whatever the mail server does."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as django_mail

from outbox import sending
from outbox.models import OutgoingMail

State = OutgoingMail.State
pytestmark = pytest.mark.django_db


def states():
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_due_is_sent_once_and_its_text_forgotten(written):
    first, second = written(1), written(2)
    assert sending.send_due() == 2
    assert sending.send_due() == 0
    assert [m.subject for m in django_mail.outbox] == ["Number 1", "Number 2"]
    sent = django_mail.outbox[0]
    assert sent.body == "Words."
    assert sent.message()["Message-ID"] == first.message_id != second.message_id
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    assert (
        list(OutgoingMail.objects.values_list("state", "body", "error"))
        == [(State.SENT, "", "")] * 2
    )


def test_what_waits_for_its_day_is_not_sent(written, later, now):
    written(not_before=now + sending.PAUSES[-1])
    assert sending.send_due() == 0
    later(days=1)
    assert sending.send_due() == 1


def test_a_dead_server_is_called_once_a_round_and_puts_off_all(written, server, later):
    server.fails_at = "open"
    for n in range(3):
        written(n)
    assert sending.send_due() == 0
    assert server.opened == 1
    assert set(OutgoingMail.objects.values_list("state", "tries", "error")) == {
        (State.WAITING, 1, "OSError: no such server")
    }
    assert not OutgoingMail.objects.due().exists()
    server.fails_at = ""
    later(minutes=2)
    assert sending.send_due() == 3


@pytest.mark.parametrize(
    "error", [SMTPDataError(451, b"later"), SMTPRecipientsRefused({"rosa@example.org": (550, b"")})]
)
@pytest.mark.parametrize("step", ["open", "send"])
def test_the_pauses_grow_and_after_the_last_it_failed(written, server, later, error, step):
    server.fails_at, server.error = step, error
    written()
    pauses = []
    for _ in range(len(sending.PAUSES)):
        sending.send_due()
        mail = OutgoingMail.objects.get()
        assert mail.state == State.WAITING
        pauses.append(mail.due_at - OutgoingMail.objects.get().changed_at)
        later(days=1)
    sending.send_due()
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.tries, mail.body) == (State.FAILED, 6, "Words.")
    assert type(error).__name__ in mail.error
    assert django_mail.outbox == []
    if step == "send":
        assert [round(p.total_seconds() / 60) for p in pauses] == [1, 5, 30, 120, 720]


@pytest.mark.parametrize("error", [SMTPServerDisconnected("gone"), TimeoutError("slow")])
def test_a_connection_that_ends_in_the_middle_leaves_it_uncertain(written, server, later, error):
    server.fails_at, server.error = "send", error
    written(1)
    written(2)
    sending.send_due()
    assert states() == [State.UNCERTAIN, State.WAITING]
    server.fails_at = ""
    later(days=1)
    assert sending.send_due() == 1
    assert states() == [State.UNCERTAIN, State.SENT]


def test_a_refused_mail_holds_up_no_other(written, server):
    server.fails_at, server.error = "send", SMTPDataError(554, b"no")
    written(1)
    written(2)
    sending.send_due()
    server.fails_at = ""
    assert sending.send_due() == 1
    assert states() == [State.WAITING, State.SENT]


def test_a_goodbye_that_fails_undoes_nothing(written, server):
    server.fails_at = "close"
    written()
    assert sending.send_due() == 1
    assert states() == [State.SENT]


def test_a_mail_that_cannot_be_written_is_not_sent(written):
    written(to="ro\nsa@example.org")
    assert sending.send_due() == 0
    assert states() == [State.WAITING]
    assert "BadHeader" in OutgoingMail.objects.get().error


def test_whoever_held_it_and_died_leaves_it_uncertain_after_the_lease(written, later):
    written()
    assert sending._take() is not None
    assert sending.send_due() == 0
    assert states() == [State.SENDING]
    later(minutes=6)
    assert sending.send_due() == 0
    assert states() == [State.UNCERTAIN]
    later(days=2)
    assert sending.send_due() == 0
    assert django_mail.outbox == []


def test_a_worker_that_was_slow_and_sent_it_says_so(written, later):
    written()
    held = sending._take()
    later(minutes=6)
    sending.send_due()
    OutgoingMail.objects.update(taken_until=held.taken_until)
    sending._settle(held, State.SENT, body="")
    assert states() == [State.SENT]


def test_an_old_try_says_nothing_of_a_new_one(written, later):
    written()
    held = sending._take()
    later(minutes=6)
    sending.send_due()
    sending._settle(held, State.SENT, body="")  # the lease is another one now
    assert states() == [State.UNCERTAIN]
