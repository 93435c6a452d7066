"""manage.py load_vocabularies: the shipped terms, countries and group memberships."""

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.shipped import load_vocabularies


class Command(BaseCommand):
    help = (
        "Add the vocabularies, countries and regional groups that ship with peacesite and are "
        "missing. What editors have changed stays as it is; running it again is harmless."
    )

    def handle(self, *args: object, **options: object) -> None:
        with transaction.atomic():
            added = load_vocabularies()
        for name, count in added.items():
            self.stdout.write(f"{name}: {count} added")
