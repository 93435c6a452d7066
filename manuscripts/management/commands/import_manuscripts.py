"""manage.py import_manuscripts: creates a draft case from every manuscript, and reports on each."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from manuscripts import batch_work, batches
from manuscripts.files import files_at
from manuscripts.importer import IMPORTER, user_named
from manuscripts.importing import Importer, Report, files_of
from manuscripts.models import ImportBatch

from ._progress import Progress


class Command(BaseCommand):
    help = (
        "Make a draft of every manuscript, with its sources and organisations, and say what could "
        "not be read. A file imported before changes nothing; a file that is no article is refused."
        " What was killed or stopped goes on where it was when the same command is given again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A file, or a folder of them.")
        parser.add_argument("--dry-run", action="store_true", help="Store nothing, only report.")
        parser.add_argument("--report", metavar="FILE.json", help="Write the report there.")
        parser.add_argument(
            "--by", default=IMPORTER, metavar="USERNAME", help="Whose drafts they are."
        )

    def handle(
        self,
        *,
        paths: list[str],
        dry_run: bool,
        by: str,
        report: str | None,
        verbosity: int = 1,
        **options: object,
    ) -> None:
        if report and not Path(report).resolve().parent.is_dir():
            raise CommandError(f"The report cannot be written: no folder {Path(report).parent}.")
        user, files = _user(by, dry=dry_run), files_of(paths)
        self.progress = Progress(self.stderr)
        self.tells_all = verbosity > 1 or not self.progress.is_shown
        told = self._dry(files, user) if dry_run else self._stored(files, user)
        done = refused = 0
        with _ReportFile(report) as written:
            for entry in told:
                written.add(entry)
                done += 1
                refused += entry["status"] == "refused"
        self.progress.clear()
        if refused:
            raise CommandError(f"{refused} of {done} files were refused.")

    def _dry(self, files: list[Path], user: User) -> Iterator[Report]:
        importer = Importer(user, dry=True)
        done = 0
        for path in files:
            for entry in importer.import_file(path):
                done += 1
                self._say(entry)
                self.progress.show(done, 0)
                yield entry

    def _stored(self, files: list[Path], user: User) -> Iterator[Report]:
        """Read the files into rows, import the rows, and give the reports on all of them."""
        batch = self._begun(files, user)
        batch_work.take_over(batch)
        try:
            for found in batches.read_in(batch, chain.from_iterable(map(files_at, files))):
                self.progress.show(found, 0)
            self._import(batch)
        except IntegrityError as error:
            raise CommandError(
                f"Another process reads the same files in (import {batch.pk}). Wait until it has "
                "ended, and give the command again."
            ) from error
        finally:
            batch_work.release(batch)
        for row in batch.articles.exclude(report__isnull=True).only("report").iterator(50):
            yield row.report or {}

    def _begun(self, files: list[Path], user: User) -> ImportBatch:
        name = ", ".join(path.name for path in files[:3]) + (" …" if len(files) > 3 else "")
        batch = batches.begin(name, by=user, fingerprint=_fingerprint(files))
        if there := batch.articles.count():
            left = batch.articles.waiting().count()
            self.stdout.write(
                f"Going on with import {batch.pk}: {there - left} of {there} articles are done."
            )
            if batch.state == ImportBatch.State.STOPPED:
                batches.go_on(batch, by=user)
        return batch

    def _import(self, batch: ImportBatch) -> None:
        total = batch.articles.count()
        for row in batch.articles.filter(status="refused").only("report").iterator(50):
            self._say(row.report or {})
        done = total - batch.articles.waiting().count()
        for row in batch_work.import_rows(batch):
            done += 1
            self._say(row.report or {})
            self.progress.show(done, total)

    def _say(self, entry: dict[str, Any]) -> None:
        if not self.tells_all and entry["status"] != "refused":
            return
        self.progress.clear()
        outcome = entry["reason"] or f"case “{entry['case']}”"
        self.stdout.write(f"{entry['file']}: {entry['status']}, {outcome}")
        for caution in entry["warnings"]:
            self.stdout.write(f"  line {caution['line']}, {caution['code']}: {caution['text']}")


class _ReportFile:
    """A JSON list that is written entry by entry; nothing where it has no name."""

    def __init__(self, name: str | None) -> None:
        self.name = name
        self.file: IO[str] | None = None
        self.is_empty = True

    def __enter__(self) -> "_ReportFile":
        if self.name:
            self.file = Path(self.name).open("w", encoding="utf-8")
            self.file.write("[")
        return self

    def add(self, entry: Report) -> None:
        if self.file:
            self.file.write("\n" if self.is_empty else ",\n")
            self.is_empty = False
            self.file.write(json.dumps(entry, ensure_ascii=False, indent=2))

    def __exit__(self, *failure: object) -> None:
        if self.file:
            self.file.write("]\n" if self.is_empty else "\n]\n")
            self.file.close()


def _fingerprint(files: list[Path]) -> str:
    def opened() -> Iterable[tuple[str, IO[bytes] | None]]:
        for path in files:
            try:
                with path.open("rb") as file:
                    yield path.name, file
            except OSError:
                yield path.name, None  # it is refused when it is read

    return batches.fingerprint(opened())


def _user(username: str, *, dry: bool) -> User:
    if dry and username == IMPORTER:
        return User(username=IMPORTER)
    try:
        return user_named(username)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no user “{username}”.") from error
