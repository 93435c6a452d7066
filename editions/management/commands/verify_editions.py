"""manage.py verify_editions: proves the chain of digests."""

from django.core.management.base import BaseCommand, CommandError

from editions.record.verify import count, faults, removed


class Command(BaseCommand):
    help = "Prove that every edition is as it was published. Exits 1 and says which are not."

    def handle(self, *args: object, **options: object) -> None:
        found = list(faults())
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in {count()} editions.")
        for removal in removed():
            self.stdout.write(removal)
        self.stdout.write(f"{count()} editions verified.")
