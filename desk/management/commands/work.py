"""manage.py work: sends mail and does what is due, beside the site."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.jobs import JOBS, ROUNDS
from outbox.worker import Worker


class Command(BaseCommand):
    help = (
        "Send the mails of the outbox, tell editors and moderators what happened, and do the jobs "
        "that are due, until it is told to stop. Any number may run beside the site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what there is now, and end")

    def handle(self, *, once: bool, **options: object) -> None:
        worker = Worker(ROUNDS, JOBS)

        def stop(*args: Any) -> None:
            worker.stopping.set()

        before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            if not once:
                worker.work()
            elif not worker.work_once():
                raise CommandError("Something failed: the log says what.")
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
