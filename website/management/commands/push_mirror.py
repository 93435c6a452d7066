"""manage.py push_mirror: runs MIRROR_COMMAND now, and waits for it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from website import mirror_stamp
from website.mirror.pushing import Pusher, PushFailed


class Command(BaseCommand):
    help = "Run MIRROR_COMMAND now, as the worker does after each writing of the mirror."

    def handle(self, **options: Any) -> None:
        if not (settings.MIRROR_DIR and settings.MIRROR_COMMAND):
            raise CommandError("Set MIRROR_DIR and MIRROR_COMMAND.")
        root = Path(settings.MIRROR_DIR)
        stamp = mirror_stamp.read(root)
        if stamp is None:
            raise CommandError("There is no mirror yet: run write_mirror first.")
        pusher = Pusher(root)
        if not pusher.begin(stamp):
            raise CommandError("It is being pushed at the moment.")
        try:
            pusher.wait()
        except PushFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Pushed.")
