"""manage.py make_demo_accounts: one account of each role, for trials on one's own machine."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError

PASSWORD = "peace-on-loopback"  # noqa: S105 — printed for everybody; refused in production
ACCOUNTS = {"editor": "Editors", "moderator": "Moderators", "administrator": ""}


class Command(BaseCommand):
    help = "Make an editor, a moderator and an administrator, and print their password."

    def handle(self, *args: object, **options: object) -> None:
        if settings.MODE == "production":
            raise CommandError("Demo accounts have a published password: not in production.")
        for username, group in ACCOUNTS.items():
            if not User.objects.filter(username=username).exists():
                user = User.objects.create_user(
                    username, f"{username}@localhost", PASSWORD, is_staff=True
                )
                user.is_superuser = not group
                user.save()
                if group:
                    user.groups.add(Group.objects.get(name=group))
        self.stdout.write("Demo accounts, all with the password " + PASSWORD + ":")
        for username in ACCOUNTS:
            self.stdout.write(f"  {username}")
