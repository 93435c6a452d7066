"""manage.py restore: a backup, into an empty database or in a trial."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desk.backups import making, restoring
from desk.backups.archive import Manifest, read_manifest
from desk.backups.places import CannotBackUp

_NOW = """Now, before the site starts:
1. `manage.py migrate`, if the release is newer than the backup ({peacesite}); then
   `manage.py verify_editions`, `manage.py rebuild_search`, `manage.py render_editions`.
2. Erase and remove again what was erased and removed since {made_at}: your list of references and
   editions says what (docs/operating.md, "Back up").
3. Accounts that were closed, passwords, second factors and roles are as they were then: look at
   Users before anybody else does.
4. Mails that waited then are "uncertain" under Outgoing mail: they may have been sent since.
5. What was published, decided or sent since is gone. Say so in public: whoever kept a newer head of
   the log will tell."""


class Command(BaseCommand):
    help = (
        "Bring a backup back into the database of DATABASE_URL, which must be empty; its digests "
        "are compared first. Nothing is ever written over."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--set-aside",
            action="store_true",
            help="Keep a database that is there under another name. Stop site and worker first.",
        )
        how.add_argument(
            "--trial",
            action="store_true",
            help="Into a scratch database that is gone afterwards; compares, and verifies.",
        )

    def handle(self, *args: object, **options: Any) -> None:
        place, file = making.our_database(), options["file"]
        try:
            if options["trial"]:
                with TemporaryDirectory(prefix="peacesite-trial-") as folder:
                    restoring.try_out(place, file, Path(folder))
                self._say(read_manifest(file), "was brought back in a trial, and verified")
                return
            manifest, aside = restoring.restore(place, file, set_aside=options["set_aside"])
        except CannotBackUp as error:
            raise CommandError(str(error)) from error
        self._say(manifest, f"is back in {place.name}")
        if aside:
            self.stdout.write(f"The database that was there is kept as {aside}.")
        for apart in manifest["not_in_here"]:
            self.stdout.write(f"Not in the backup: {apart['what']}. {apart['keep']}")
        self.stdout.write(_NOW.format(**manifest))

    def _say(self, manifest: Manifest, what: str) -> None:
        rows = sum(manifest["holds"]["rows"].values())
        self.stdout.write(f"The backup of {manifest['made_at']} ({rows} rows) {what}.")
