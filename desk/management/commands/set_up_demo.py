"""manage.py set_up_demo: from an empty database to the sample collection, in one process."""

from time import monotonic

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

_STEPS = (
    ("Signing key", "make_signing_key", "--unless-there", "--file-only"),
    ("Database", "migrate", "--verbosity=0"),
    ("Static files", "collectstatic", "--noinput", "--verbosity=0"),
    ("Log of the record", "make_signing_key", "--unless-there"),
    ("Vocabularies", "load_vocabularies"),
    ("Accounts", "make_demo_accounts"),
    ("Collection", "load_collection", "collection"),
    ("Search", "rebuild_search"),
    ("Pages", "render_editions"),
)


class Command(BaseCommand):
    help = (
        "Set up what `make demo` shows: each step is a command of its own. What is there already "
        "stays. Not in production."
    )
    requires_system_checks = []  # the first step makes what they look at

    def handle(self, *args: object, **options: object) -> None:
        if settings.MODE == "production":
            raise CommandError("Demo accounts have a published password: not in production.")
        started = monotonic()
        for name, *command in _STEPS:
            self.stdout.write(f"{name} …")
            self.stdout.flush()
            call_command(*command, stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(f"Set up in {monotonic() - started:.0f} seconds.")
