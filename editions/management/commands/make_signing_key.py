"""manage.py make_signing_key: the key with which the head of the log is signed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from editions.log.appending import announce_key
from editions.log.signing import BadKey, SigningKey, make_key, read_key
from serving.site_version import bump


class Command(BaseCommand):
    help = (
        "Make the key of SIGNING_KEY_FILE, readable by its owner alone, and announce it in the "
        "log. A key that is there is never written over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--unless-there", action="store_true", help="Keep a key that is there, and announce it."
        )
        parser.add_argument(
            "--file-only", action="store_true", help="Make the file, and ask no database."
        )

    def handle(self, *args: object, **options: Any) -> None:
        if not settings.SIGNING_KEY_FILE:
            raise CommandError("SIGNING_KEY_FILE is not set: it names the file of the key.")
        key = _key(Path(settings.SIGNING_KEY_FILE), keep=options["unless_there"])
        self.stdout.write(f"Public key: {key.public}")
        if not options["file_only"]:
            self._announce()

    @transaction.atomic
    def _announce(self) -> None:
        line = announce_key()
        if line is not None:
            bump()
            self.stdout.write(f"Announced in line {line.number} of the log.")


def _key(path: Path, *, keep: bool) -> SigningKey:
    try:
        return read_key(path) if keep and path.exists() else make_key(path)
    except FileExistsError as error:
        raise CommandError(
            f"{path} is there already. To change the key, move the file away first and keep it."
        ) from error
    except (BadKey, OSError) as error:
        raise CommandError(str(error)) from error
