"""The loop: an error holds up nothing else; a job has one worker, until its lease is over."""

from datetime import timedelta
from threading import Thread

import pytest
from django.utils import timezone

from outbox.models import PeriodicJob
from outbox.worker import Job, Worker, run

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_an_error_in_one_round_holds_up_no_other(caplog):
    done = []

    def fails():
        raise ValueError("broken")

    worker = Worker([fails, lambda: done.append("told") or 0], [Job("j", HOUR, lambda: None)])
    assert not worker.work_once()
    assert done == ["told"]
    assert "broken" in caplog.text
    assert PeriodicJob.objects.get().ran_at


def test_once_goes_on_until_there_is_no_more_to_do():
    left = [2, 1, 0]
    assert Worker([lambda: left.pop(0)], []).work_once()
    assert left == []


def test_a_job_runs_when_it_is_due_and_not_before():
    ran = []
    job = Job("count", HOUR, lambda: ran.append(1))
    assert run(job)
    assert not run(job)
    PeriodicJob.objects.update(due_at=timezone.now())
    assert Worker([], [job]).work_once()
    assert ran == [1, 1]
    assert PeriodicJob.objects.get().due_at > timezone.now() + 0.9 * HOUR


def test_a_job_that_fails_says_so_and_comes_again(caplog):
    def fails():
        raise ValueError("broken")

    assert run(Job("breaks", HOUR, fails))
    job = PeriodicJob.objects.get()
    assert job.error == "ValueError: broken"
    assert job.taken_until is None
    assert run(Job("breaks", HOUR, lambda: None)) is False
    PeriodicJob.objects.update(due_at=timezone.now())
    assert run(Job("breaks", HOUR, lambda: None))
    assert PeriodicJob.objects.get().error == ""


def test_a_job_that_another_worker_has_is_left_to_it_until_its_lease_is_over():
    ran = []
    job = Job("held", HOUR, lambda: ran.append(1))
    now = timezone.now()
    PeriodicJob.objects.create(name="held", taken_until=now + HOUR)
    assert not run(job)
    PeriodicJob.objects.update(taken_until=now - timedelta(seconds=1))
    assert run(job)
    assert ran == [1]


def test_a_job_whose_lease_ended_under_it_does_not_free_the_one_that_took_it_up():
    later = timezone.now() + HOUR

    def long():
        PeriodicJob.objects.update(taken_until=later)

    run(Job("long", HOUR, long))
    assert PeriodicJob.objects.get().taken_until == later


def test_it_stops_when_it_is_told_to():
    worker = Worker([], [])
    thread = Thread(target=worker.work)
    worker.rounds = (lambda: worker.stopping.set() or 0,)
    worker._jobs_that_are_due = lambda: 0
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
