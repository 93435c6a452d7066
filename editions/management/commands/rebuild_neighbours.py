"""manage.py rebuild_neighbours: the “More posts” of every case, worked out again."""

from django.core.management.base import BaseCommand

from editions.services import rebuild_neighbours


class Command(BaseCommand):
    help = "Work out every case's “More posts” again: after organisations were merged."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"“More posts” of {rebuild_neighbours()} cases worked out.")
