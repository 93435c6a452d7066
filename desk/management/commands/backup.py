"""manage.py backup: one file with all that the database holds, while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.backups import making
from desk.backups.places import CannotBackUp


class Command(BaseCommand):
    help = (
        "Make a backup of the database in a folder while the site runs, bring it back into a "
        "scratch database, and compare. It holds no keys: its manifest names what must be kept "
        "apart."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, metavar="DIR", nargs="?", help="Default: BACKUP_FOLDER."
        )
        parser.add_argument(
            "--keep",
            type=_at_least_one,
            default=0,
            metavar="N",
            help="Remove all but the N newest.",
        )
        parser.add_argument(
            "--unverified",
            action="store_true",
            help="Do not bring it back into a scratch database: some 20 ms for each case in print.",
        )

    def handle(self, *args: object, **options: Any) -> None:
        folder = options["folder"] or settings.BACKUP_FOLDER
        if not folder:
            raise CommandError("Say the folder for backups, or set BACKUP_FOLDER.")
        try:
            file = making.back_up(
                making.our_database(),
                Path(folder),
                keep=options["keep"],
                verify=not options["unverified"],
            )
        except CannotBackUp as error:
            raise CommandError(str(error)) from error
        how = "not verified" if options["unverified"] else "brought back in a trial, and verified"
        self.stdout.write(f"{file}: {file.stat().st_size // 1024} kB, {how}.")


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
