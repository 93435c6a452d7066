"""manage.py load_collection FOLDER: a collection kept as files."""

from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.collection import BadCollection, People, load


class Command(BaseCommand):
    help = (
        "Load the cases of a folder, written in an editor's name and published in a moderator's. "
        "Cases that are there already stay as they are; on an error nothing is stored."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--editor", default="editor", help="username (default: editor)")
        parser.add_argument("--moderator", default="moderator", help="username")

    def handle(self, *, folder: Path, editor: str, moderator: str, **options: object) -> None:
        users = User.objects.in_bulk([editor, moderator], field_name="username")
        for name in (editor, moderator):
            if name not in users:
                raise CommandError(f"There is no user {name!r}.")
        try:
            loaded = load(folder, People(users[editor], users[moderator]), tell=self._tell)
        except (BadCollection, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(loaded)} cases loaded from {folder}")

    def _tell(self, said: str) -> None:
        self.stdout.write(f"  {said}")
        self.stdout.flush()
