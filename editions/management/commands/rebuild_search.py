"""manage.py rebuild_search: the search index, written again."""

from django.core.management.base import BaseCommand

from editions.services import rebuild_search


class Command(BaseCommand):
    help = "Write the search index again: after an upgrade, or when names were changed."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{rebuild_search()} editions indexed.")
