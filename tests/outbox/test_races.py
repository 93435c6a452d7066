"""Workers at once, on connections of their own: no mail is sent twice, no job done twice."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail as django_mail

from outbox import sending, services
from outbox.models import OutgoingMail
from outbox.services import WrongMailState
from outbox.worker import Job, run
from tests.corrections.test_races import at_once

State = OutgoingMail.State
pytestmark = pytest.mark.django_db(transaction=True)


def test_workers_at_once_send_each_mail_once(written):
    for n in range(40):
        written(n)
    outcomes = at_once(*[sending.send_due] * 4)
    assert sum(outcomes) == 40, outcomes
    told = Counter(m.extra_headers["Message-ID"] for m in django_mail.outbox)
    assert len(told) == 40
    assert set(told.values()) == {1}
    assert OutgoingMail.objects.filter(state=State.SENT).count() == 40


def test_workers_at_once_put_off_a_mail_once(written, server):
    server.fails_at = "open"
    for n in range(10):
        written(n)
    at_once(*[sending.send_due] * 4)
    assert set(OutgoingMail.objects.values_list("tries", flat=True)) == {1}


def test_of_two_people_who_send_it_again_one_is_told(written):
    mail = written()
    OutgoingMail.objects.update(state=State.FAILED)
    outcomes = at_once(lambda: services.send_again(mail), lambda: services.send_again(mail))
    assert sorted(type(o).__name__ for o in outcomes) == ["OutgoingMail", "WrongMailState"]
    assert any(isinstance(o, WrongMailState) for o in outcomes)


def test_a_job_is_done_by_one_of_those_who_would(db):
    ran = []
    job = Job("once", timedelta(hours=1), lambda: ran.append(1))
    outcomes = at_once(*[lambda: run(job)] * 4)
    assert sorted(outcomes) == [False, False, False, True]
    assert ran == [1]


def test_the_same_key_at_once_is_one_mail(written):
    assert len(set(at_once(*[lambda: written(1)] * 4))) == 1
