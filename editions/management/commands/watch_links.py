"""manage.py watch_links: asks the addresses that editions in print cite."""

from argparse import ArgumentTypeError
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from editions.links.watching import Watch
from editions.models import Rendering, WatchedAddress


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"{text!r} is no whole number above 0.")
    return int(text)


class Command(BaseCommand):
    help = (
        "Ask the addresses that editions in print cite and that are due, politely: one question at "
        "a time to each host. What was asked is stored at once, so a run may be ended at any time; "
        "the next one goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=_number, default=0, help="ask no more addresses")
        parser.add_argument("--minutes", type=_number, default=0, help="begin none after these")

    def handle(self, *args: Any, limit: int, minutes: int, verbosity: int, **options: Any) -> None:
        """A line for each address, then how many had which outcome."""
        outcomes: Counter[str] = Counter()
        for address in Watch().run(limit=limit, seconds=minutes * 60):
            outcomes[address.get_outcome_display()] += 1
            if verbosity:
                self.stdout.write(f"{address.outcome}\t{address.address}")
        for outcome, count in outcomes.most_common():
            self.stdout.write(f"{count} {outcome}")
        cited = WatchedAddress.objects.cited()
        self.stdout.write(
            f"{outcomes.total()} asked; of {cited.count()} cited, {cited.dead().count()} dead."
        )
        if stale := Rendering.objects.filter(stamp="").count():
            self.stdout.write(
                f"Pages of {stale} cases have changed: manage.py work stores them anew, or "
                "manage.py render_editions."
            )
