"""manage.py import_manuscripts: creates a draft case from every manuscript, and reports on each."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from manuscripts.importer import IMPORTER, user_named
from manuscripts.importing import Importer, files_of


class Command(BaseCommand):
    help = (
        "Make a draft of every manuscript, with its sources and organisations, and say what could "
        "not be read. A file imported before changes nothing; a file that is no article is refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A file, or a folder of them.")
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
        importer = Importer(_user(by, dry=dry_run), dry=dry_run)
        reports = []
        for path in files_of(paths):
            for entry in importer.import_file(path):
                reports.append(entry)
                self._say(entry)
        if report:
            text = json.dumps(reports, ensure_ascii=False, indent=2)
            Path(report).write_text(text + "\n", encoding="utf-8")
        refused = sum(entry["status"] == "refused" for entry in reports)
        if refused:
            raise CommandError(f"{refused} of {len(reports)} files were refused.")

    def _say(self, entry: dict[str, Any]) -> None:
        outcome = entry["reason"] or f"case “{entry['case']}”"
        self.stdout.write(f"{entry['file']}: {entry['status']}, {outcome}")
        for caution in entry["warnings"]:
            self.stdout.write(f"  line {caution['line']}, {caution['code']}: {caution['text']}")


def _user(username: str, *, dry: bool) -> User:
    if dry and username == IMPORTER:
        return User(username=IMPORTER)
    try:
        return user_named(username)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no user “{username}”.") from error
