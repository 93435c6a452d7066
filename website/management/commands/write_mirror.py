"""manage.py write_mirror: what readers may read, as files."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from website.mirror.asking import NotAnswered
from website.mirror.ledger import Busy
from website.mirror.writing import AnotherMirror, Run, write


class Command(BaseCommand):
    help = (
        "Write what readers may read as files: to be served first, pushed to another host, or "
        "taken away (--alone). Only what changed is written; give it again and it goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", help="default: MIRROR_DIR")
        parser.add_argument(
            "--alone", action="store_true", help="with no site behind it: relative links, no forms"
        )
        parser.add_argument(
            "--anew", action="store_true", help="ask for everything again, and compare"
        )

    def handle(self, *, folder: str | None, alone: bool, anew: bool, **options: Any) -> None:
        named = folder or settings.MIRROR_DIR
        if not named:
            raise CommandError("Name a folder, or set MIRROR_DIR.")
        began = time.monotonic()
        try:
            run = write(Path(named).resolve(), alone=alone, anew=anew)
        except Busy:
            raise CommandError("Another run writes this mirror at the moment.") from None
        except (AnotherMirror, NotAnswered, OSError) as error:
            raise CommandError(str(error)) from error
        self._tell(run, time.monotonic() - began)

    def _tell(self, run: Run, seconds: float) -> None:
        self.stdout.write(
            f"{run.written} files written, {run.dropped} dropped, "
            f"{run.asked - run.written} as they were: {seconds:.1f} s."
        )
        for address in run.unseen[:20]:
            self.stderr.write(f"Had changed, and no run had seen it: {address}")
        if run.search:
            self.stderr.write(f"No search: {run.search}.")
