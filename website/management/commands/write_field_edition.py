"""manage.py write_field_edition: the whole collection as an EPUB and as one SQLite file."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from website.field_edition import write_epub, write_packed_sqlite, write_sqlite
from website.field_edition.readme import readme


class Command(BaseCommand):
    help = "Write the whole collection into a folder: as an EPUB, and as one SQLite file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        folder: Path = options["folder"]
        today = timezone.localdate()

        def epub(path: Path) -> None:
            with path.open("wb") as file:
                write_epub(file, on=today)

        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._put(folder / "collection.epub", epub)
            self._put(folder / "collection.sqlite3", lambda path: write_sqlite(path, on=today))
            packed = folder / "collection.sqlite3.zip"
            self._put(packed, lambda path: write_packed_sqlite(path, on=today))
            text = readme(on=today)
            self._put(folder / "README.md", lambda path: path.write_text(text, "utf-8"))
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error

    def _put(self, path: Path, write: Callable[[Path], object]) -> None:
        """Written beside and renamed: whoever reads the file meanwhile has the old one, whole."""
        beside = path.with_name(f".{path.name}.new")
        beside.unlink(missing_ok=True)
        write(beside)
        beside.replace(path)
        self.stdout.write(f"{path}: {path.stat().st_size:,} bytes")
