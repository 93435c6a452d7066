"""manage.py render_editions: the stored parts of pages, made anew after an upgrade."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from serving.site_version import bump
from website.pages.fragments import rebuild


class Command(BaseCommand):
    help = "Render every edition in print whose stored parts of pages are of older templates."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="Every one, also where the version is the present."
        )

    def handle(self, *args: object, **options: Any) -> None:
        count = rebuild(all_of_them=options["all"])
        bump()
        self.stdout.write(f"{count} editions rendered.")
