"""Publishes what moderators have set a time for, once that has come."""

from typing import Any

from django.core.management.base import BaseCommand

from desk.services import publish_due


class Command(BaseCommand):
    help = "Publish the cases whose set time has come; run it every minute or so."

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each; silent where nothing is due."""
        for schedule in publish_due():
            self.stdout.write(f"{schedule.file.case.slug}: {schedule.outcome}")
