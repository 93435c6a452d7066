"""Publishes the drafts of an import that nothing stops, as the page of the desk does."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from desk import batches
from desk.models import BatchEntry
from editions.services import OwnWork
from manuscripts.models import ImportBatch


class Command(BaseCommand):
    help = (
        "Publish all drafts of an import that have no errors and are not set aside, as first "
        "editions. What was killed goes on when the same command is given again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="The number of the import.")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="Who decides it.")

    def handle(self, *, batch: int, by: str, **options: Any) -> None:
        """A line for what was skipped, and one that counts."""
        try:
            found, user = ImportBatch.objects.get(pk=batch), User.objects.get(username=by)
        except (ImportBatch.DoesNotExist, User.DoesNotExist) as error:
            raise CommandError(str(error)) from error
        if not user.has_perm("cases.publish_case"):
            raise CommandError(f"{by} may not publish.")
        waiting = BatchEntry.objects.waiting().filter(publication__batch=found)
        if not waiting.exists():
            _decide(found, user)
        entries = list(waiting.values_list("pk", flat=True))
        while batches.publish_waiting(waiting):
            pass
        done = BatchEntry.objects.filter(pk__in=entries)
        for entry in done.filter(state=BatchEntry.State.SKIPPED).select_related("article"):
            self.stdout.write(f"{entry.article.title}: {entry.outcome}")
        published = done.filter(state=BatchEntry.State.PUBLISHED).count()
        self.stdout.write(f"{published} of {len(entries)} drafts are published.")


def _decide(batch: ImportBatch, user: User) -> None:
    while batches.look_at(batches.unseen(batches.drafts(batch))):
        pass
    try:
        batches.ask(batch, by=user)
    except (OwnWork, batches.NothingToPublish) as refused:
        raise CommandError(str(refused)) from refused
