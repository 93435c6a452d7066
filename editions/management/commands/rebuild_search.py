"""manage.py rebuild_search: the search index, written again."""

from django.core.management.base import BaseCommand
from django.db import transaction

from editions.search import rebuild
from editions.services import one_at_a_time
from serving.site_version import bump


class Command(BaseCommand):
    help = "Write the search index again: after an upgrade, or when names were changed."

    def handle(self, *args: object, **options: object) -> None:
        with transaction.atomic():
            one_at_a_time()
            count = rebuild()
            bump()
        self.stdout.write(f"{count} editions indexed.")
