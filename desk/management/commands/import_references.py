"""manage.py import_references: takes references in from a file, and reports on each."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from manuscripts.importer import IMPORTER, user_named
from organisations.naming import other_names
from sources import importing
from sources.importing import Choice, Imported, Understood
from sources.reference_files import NotReadable, read
from sources.reference_files.references import LARGEST_FILE


class Command(BaseCommand):
    help = (
        "Take in the references of a file in BibTeX, RIS or CSL-JSON. What is here already is not "
        "stored again, what resembles a source that is here is only reported; a file that cannot "
        "be read is refused whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Store nothing, only report.")
        parser.add_argument("--report", metavar="FILE.json", help="Write the report there.")
        parser.add_argument(
            "--fill", action="store_true", help="Fill what sources that are here leave blank."
        )
        parser.add_argument(
            "--add-similar", action="store_true", help="Add those, too, that resemble one."
        )
        parser.add_argument("--by", default=IMPORTER, metavar="USERNAME", help="Who takes them in.")

    def handle(
        self,
        *,
        file: str,
        dry_run: bool,
        report: str | None,
        fill: bool,
        add_similar: bool,
        by: str,
        **options: object,
    ) -> None:
        if report and not Path(report).resolve().parent.is_dir():
            raise CommandError(f"The report cannot be written: no folder {Path(report).parent}.")
        understood = _understood(Path(file))
        done = None
        if not dry_run:
            done = _store(understood, Path(file).name, by, fill=fill, add_similar=add_similar)
        entries = importing.report(understood, done)
        if report:
            text = json.dumps(entries, ensure_ascii=False, indent=2)
            Path(report).write_text(text + "\n", encoding="utf-8")
        for entry in entries:
            self._tell(entry)
        counts = {name: sum(e["status"] == name for e in entries) for name in _STATUSES}
        told = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        self.stdout.write(f"{len(entries)} references: {told}.")
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} of {len(entries)} were refused.")

    def _tell(self, entry: dict[str, Any]) -> None:
        if entry["status"] in ("new", "added") and not entry["unread"]:
            return
        why = entry["problem"] or "; ".join(
            f"{like['key']}: {like['why']}" for like in entry["resembles"]
        )
        self.stdout.write(
            f"line {entry['line']}, {entry['key']}: {entry['status']}{', ' if why else ''}{why}"
        )
        for unread in entry["unread"]:
            self.stdout.write(f"  line {unread['line']}, not taken over: {unread['text']}")


_STATUSES = ("new", "known", "resembles", "added", "filled", "kept", "left", "refused")


def _understood(file: Path) -> list[Understood]:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    try:
        return importing.understand(read(data), other_names())
    except NotReadable as error:
        raise CommandError(f"{file.name} was refused, and nothing stored. {error}") from error


def _store(
    understood: list[Understood], name: str, by: str, *, fill: bool, add_similar: bool
) -> Imported:
    choices = {}
    for one in understood:
        if one.proposed is None:
            choices[one.number] = (Choice.ADD if add_similar else Choice.LEAVE, "")
        elif one.proposed is Choice.KEEP and fill:
            choices[one.number] = (Choice.FILL, one.likes[0].key)
    try:
        with transaction.atomic():
            user = user_named(by)
            return importing.store(understood, choices, by=user, reason=f"Taken in from {name}.")
    except User.DoesNotExist as error:
        raise CommandError(f"There is no user “{by}”.") from error
    except ValidationError as error:
        raise CommandError(f"Nothing was stored: {'; '.join(error.messages)}") from error
