"""manage.py render_editions: the stored parts of pages, made anew after an upgrade."""

from django.core.management.base import BaseCommand

from serving.site_version import bump
from website.pages.fragments import rebuild


class Command(BaseCommand):
    help = "Render every edition in print whose stored parts of pages are of older templates."

    def handle(self, *args: object, **options: object) -> None:
        count = rebuild()
        bump()
        self.stdout.write(f"{count} editions rendered.")
