"""manage.py erase_senders: erases who sent corrections that were decided long ago."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from corrections.erasing import erase_by_age


class Command(BaseCommand):
    help = (
        "Erase names and addresses of those whose corrections were decided so many days ago or "
        "earlier, also from mails and notices. Without --older-than, the setting "
        "ERASE_SENDERS_AFTER_DAYS says how many; unset, nothing is erased."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=int, metavar="DAYS")
        parser.add_argument("--words", action="store_true", help="Erase what they wrote as well.")
        parser.add_argument(
            "--keep-credit",
            action="store_true",
            help="Keep the names that notices give, as their senders wished.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["older_than"]
        days = (settings.ERASE_SENDERS_AFTER_DAYS or None) if days is None else days
        if days is None:
            self.stdout.write("Nothing is erased: ERASE_SENDERS_AFTER_DAYS is not set.")
            return
        if days < 0:
            raise CommandError("--older-than takes a number of days, 0 or more.")
        count = erase_by_age(days, words=options["words"], keep_credit=options["keep_credit"])
        self.stdout.write(f"{count} senders erased.")
