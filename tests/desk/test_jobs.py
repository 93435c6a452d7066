"""What the worker does now and then."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from desk import jobs
from desk.models import DeskSession
from outbox import worker


def do(name):
    worker.run(next(job for job in jobs.JOBS if job.name == name))


def test_sessions_that_ran_out_long_ago_go_and_others_stay(client, editor, logged_in):
    logged_in(editor).get("/admin/")
    client.session.save()
    [row] = DeskSession.objects.all()
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=2))
    do("clear sessions")
    assert DeskSession.objects.get() == row
    worker.PeriodicJob.objects.all().delete()
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=25))
    do("clear sessions")
    assert not Session.objects.exists() and not DeskSession.objects.exists()


def test_no_two_jobs_have_one_name():
    names = [job.name for job in jobs.JOBS]
    assert len(names) == len(set(names))
