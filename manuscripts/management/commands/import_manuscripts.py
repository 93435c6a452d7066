"""manage.py import_manuscripts: creates a draft case from every manuscript, and reports on each."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from manuscripts.importer import IMPORTER, user_named
from manuscripts.parse.decoding import LARGEST, Refused, decode
from manuscripts.parse.reading import read
from manuscripts.report import refusal, report
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolve import resolve
from manuscripts.store import AlreadyImported, store


class Command(BaseCommand):
    help = (
        "Make a draft of every manuscript, with its sources and organisations, and say what could "
        "not be read. A file imported before changes nothing; a file that is no article is refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A text file, or a folder.")
        parser.add_argument("--dry-run", action="store_true", help="Store nothing, only report.")
        parser.add_argument("--report", metavar="FILE.json", help="Write the report there.")
        parser.add_argument(
            "--by", default=IMPORTER, metavar="USERNAME", help="Whose drafts they are."
        )

    def handle(
        self, *, paths: list[str], dry_run: bool, by: str, report: str | None, **options: object
    ) -> None:
        if report and not Path(report).resolve().parent.is_dir():
            raise CommandError(f"The report cannot be written: no folder {Path(report).parent}.")
        with transaction.atomic():
            user = _user(by)
            reports = self._import_all(paths, user) if dry_run else []
            transaction.set_rollback(dry_run)
        if not dry_run:
            reports = self._import_all(paths, user)
        if report:
            text = json.dumps(reports, ensure_ascii=False, indent=2)
            Path(report).write_text(text + "\n", encoding="utf-8")
        refused = sum(entry["status"] == "refused" for entry in reports)
        if refused:
            raise CommandError(f"{refused} of {len(reports)} files were refused.")

    def _import_all(self, paths: list[str], user: User) -> list[dict[str, Any]]:
        reports = []
        for path in _files(paths):
            entry = import_file(path, user)
            reports.append(entry)
            outcome = entry["reason"] or f"case “{entry['case']}”"
            self.stdout.write(f"{entry['file']}: {entry['status']}, {outcome}")
            for caution in entry["warnings"]:
                self.stdout.write(f"  line {caution['line']}, {caution['code']}: {caution['text']}")
        return reports


def import_file(path: Path, user: User) -> dict[str, Any]:
    """Import one file as `user` and return its report, which may be a refusal."""
    try:
        manuscript = read(decode(_read_bytes(path)), path.name)
    except Refused as refused:
        return refusal(path.name, str(refused))
    resolved = resolve(manuscript, Directory.load())
    if resolved.status == "imported":
        try:
            store(resolved, by=user, reason=f"Imported from {path.name}")
        except AlreadyImported as twin:
            resolved.status, resolved.slug = "duplicate-of", twin.case.slug
        except ValidationError as invalid:
            return refusal(path.name, f"It cannot be stored: {'; '.join(invalid.messages)}")
    return report(resolved)


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Refused("There is no such file.")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror}.") from None


def _files(paths: list[str]) -> list[Path]:
    """The files among `paths`, and the .txt files in the folders among them, sorted by name."""
    files: list[Path] = []
    for name in paths:
        path = Path(name)
        files += sorted(path.glob("*.txt")) if path.is_dir() else [path]
    return files


def _user(username: str) -> User:
    try:
        return user_named(username)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no user “{username}”.") from error
