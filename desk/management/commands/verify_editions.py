"""manage.py verify_editions: proves what readers see, as far as the site can prove it itself."""

from argparse import ArgumentParser
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corrections import verify as corrections
from editions.log import verify as log_verify
from editions.log.signing import Head
from editions.record.verify import count, faults, removed
from website.pages import verify_fragments


class Command(BaseCommand):
    help = (
        "Prove that every edition, its stored pages, every notice and every event of a correction "
        "is as it was published, and that the log is whole. Exits 1 and says what does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            type=Path,
            metavar="FILE",
            help="An older head of the log that was kept elsewhere: what was dropped or written "
            "anew since is found against it alone.",
        )

    def handle(self, *args: object, **options: Any) -> None:
        log = log_verify.read_log(_head(options["head"]))
        pages = verify_fragments.Counts()
        found = list(
            chain(
                faults(),
                log.faults,
                log_verify.faults(log),
                corrections.faults(log),
                verify_fragments.faults(pages),
            )
        )
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in {count()} editions.")
        for removal in removed():
            self.stdout.write(removal)
        self._say(log, pages)

    def _say(self, log: log_verify.Log, pages: verify_fragments.Counts) -> None:
        if pages.stale:
            self.stdout.write(
                f"{pages.stale} editions have stored pages that another version rendered: they "
                "are not shown. render_editions renders them anew."
            )
        if log.unsigned:
            self.stdout.write(f"{log.unsigned} of {len(log)} lines of the log are not signed.")
        self.stdout.write(f"{count()} editions verified.")


def _head(path: Path | None) -> Head | None:
    if path is None:
        return None
    try:
        return log_verify.head_from(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
