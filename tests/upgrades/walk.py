"""Takes the database of DATABASE_URL from an older release to this one, and tries what it holds:
python -m tests.upgrades.walk. Says what it did as JSON; what does not hold raises an error."""

import json
import os
import sys
import xml.etree.ElementTree as ET
from io import StringIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")
django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from reversion.models import Version

from cases.models import Case
from editions.models import Edition, LogLine
from revisions import history

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def upgrade():
    """As docs/operating.md says; how many migrations were applied."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", verbosity=0)
    for command in ("load_vocabularies", "rebuild_search", "render_editions"):
        call_command(command, stdout=StringIO())
    call_command("verify_editions", stdout=StringIO())
    return waiting


def pages():
    """Each page that the sitemap names answers; how many."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    sitemap = ET.fromstring(client.get("/sitemap.xml").content)
    paths = [
        loc.text.removeprefix(settings.SITE_URL) for loc in sitemap.iterfind(".//s:loc", NAMESPACE)
    ]
    answers = {path: client.get(path).status_code for path in paths}
    wrong = {path: status for path, status in answers.items() if status != 200}
    assert not wrong, wrong
    return len(paths)


def restored():
    """The oldest revision of each case is restored, by an administrator; how many."""
    by = User.objects.order_by("pk").first()
    for case in Case.objects.order_by("pk"):
        oldest = Version.objects.get_for_object(case).order_by("pk").first()
        title = oldest.field_dict["title"]
        back = history.restore(case, oldest, by=by, reason="Tried after an upgrade.")
        assert back.title == title
    return Case.objects.count()


def tell():
    """All of it."""
    done = {"migrations": upgrade(), "pages": pages(), "restored": restored()}
    call_command("verify_editions", stdout=StringIO())  # restoring touches no edition
    done |= {"editions": Edition.objects.count(), "lines": LogLine.objects.count()}
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    tell()
