"""manage.py verify_senders: proves that names and addresses are those that were sent."""

from django.core.management.base import BaseCommand, CommandError

from corrections.models import Correction, SenderDetails


class Command(BaseCommand):
    help = "Prove that every sender that is kept is the one the record is committed to."

    def handle(self, *args: object, **options: object) -> None:
        kept = SenderDetails.objects.select_related("correction")
        false = [row for row in kept.iterator(chunk_size=500) if not row.holds]
        for row in false:
            self.stderr.write(f"{row.correction}: the sender is not the one who sent it.")
        if false:
            raise CommandError(f"{len(false)} of {kept.count()} senders do not hold.")
        left = Correction.objects.exclude(name_commitment="", email_commitment="").count()
        self.stdout.write(f"{kept.count()} senders hold, {left - kept.count()} are erased.")
