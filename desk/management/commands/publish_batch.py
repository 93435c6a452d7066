"""Publishes the drafts of an import that nothing stops, as the page of the desk does."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

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
        """A line for what was skipped, and one that counts, of the whole decision: also what was
        published before a kill, and what another process publishes."""
        try:
            found, user = ImportBatch.objects.get(pk=batch), User.objects.get(username=by)
        except (ImportBatch.DoesNotExist, User.DoesNotExist) as error:
            raise CommandError(str(error)) from error
        if not user.has_perm("cases.publish_case"):
            raise CommandError(f"{by} may not publish.")
        waiting = BatchEntry.objects.waiting().filter(publication__batch=found)
        if not waiting.exists() and not self._decide(found, user):
            return
        decisions = set(waiting.values_list("publication", flat=True))
        while batches.publish_waiting(waiting):
            pass
        self._tell(BatchEntry.objects.filter(publication__in=decisions))

    def _decide(self, batch: ImportBatch, user: User) -> bool:
        """Whether there is anything left to publish; another process may be about to do it."""
        if not batches.drafts(batch).exists():
            self.stdout.write("All articles of this import are in print.")
            return False
        while batches.look_at(batches.unseen(batches.drafts(batch))):
            pass
        try:
            batches.ask(batch, by=user)
        except batches.DecidedAlready as said:
            self.stdout.write(str(said))
        except (OwnWork, batches.NothingToPublish) as refused:
            raise CommandError(str(refused)) from refused
        return True

    def _tell(self, decided: QuerySet[BatchEntry]) -> None:
        for entry in decided.filter(state=BatchEntry.State.SKIPPED).select_related("article"):
            self.stdout.write(f"{entry.article.title}: {entry.outcome}")
        published = decided.filter(state=BatchEntry.State.PUBLISHED).count()
        self.stdout.write(f"{published} of {decided.count()} drafts are published.")
