"""The loop of `manage.py work`: what is done in every round, and jobs that are due now and then."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from .models import PeriodicJob

logger = logging.getLogger(__name__)
PAUSE, AFTER_AN_ERROR = 2.0, 30.0  # seconds


@dataclass(frozen=True)
class Job:
    """Work for now and then. One worker has it at a time, until it is done or `lease` is over: then
    another takes it up. So it must bear being done twice, and be done well within its lease."""

    name: str
    every: timedelta
    run: Callable[[], object]
    lease: timedelta = timedelta(minutes=10)


class Worker:
    """Does `rounds` again and again, each of which returns how much it did, and each of `jobs` when
    it is due. An error in one holds up no other. Any number of workers may run."""

    def __init__(self, rounds: Iterable[Callable[[], int]], jobs: Iterable[Job]) -> None:
        self.rounds, self.jobs = tuple(rounds), tuple(jobs)
        self.stopping = Event()

    def work(self) -> None:
        """Until `stopping` is set; what is being done then is done first."""
        while not self.stopping.is_set():
            close_old_connections()  # also what a database that was away has left broken
            done, failed = self.one_round()
            if failed:
                self.stopping.wait(AFTER_AN_ERROR)
            elif not done:
                self.stopping.wait(PAUSE)

    def work_once(self) -> bool:
        """Until there is no more to do now; whether all went well."""
        done, failed = self.one_round()
        while done and not failed and not self.stopping.is_set():
            done, failed = self.one_round()
        return not failed

    def one_round(self) -> tuple[int, bool]:
        """How much was done, and whether anything raised an error."""
        done, failed = 0, False
        for work in (*self.rounds, self._jobs_that_are_due):
            try:
                done += work()
            except Exception:
                logger.exception("The worker goes on after an error.")
                failed = True
        return done, failed

    def _jobs_that_are_due(self) -> int:
        now = timezone.now()
        later = set(PeriodicJob.objects.filter(due_at__gt=now).values_list("name", flat=True))
        return sum(run(job) for job in self.jobs if job.name not in later)


def run(job: Job) -> bool:
    """Do a job, if it is due and no other worker has it; whether it was done."""
    PeriodicJob.objects.get_or_create(name=job.name)
    now = timezone.now()
    until = now + job.lease
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    due = PeriodicJob.objects.filter(free, name=job.name, due_at__lte=now)
    if not due.update(taken_until=until):
        return False
    error = ""
    try:
        job.run()
    except Exception as raised:
        logger.exception("The job %s failed.", job.name)
        error = f"{type(raised).__name__}: {raised}"[:500]
    PeriodicJob.objects.filter(name=job.name, taken_until=until).update(
        taken_until=None, due_at=now + job.every, ran_at=timezone.now(), error=error
    )
    return True
