"""manage.py reset_second_factor USERNAME --reason …: for an administrator without a colleague."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk import second_factor, sessions


class Command(BaseCommand):
    help = (
        "Take a second factor away from somebody who has lost device and recovery codes, and log "
        "them out everywhere. With their next log-in they set up another."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="Stands in the audit trail.")

    def handle(self, *, username: str, reason: str, **options: object) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no user {username!r}.")
        if second_factor.device_of(person) is None:
            raise CommandError(f"{username} has no second factor.")
        second_factor.reset(person, by=None, reason=reason)
        sessions.end_all(person, by=None)
        self.stdout.write(f"{username} signs in with the password alone now.")
