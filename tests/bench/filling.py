"""python -m tests.bench.filling N: fills the database that DATABASE_URL names with N editions.

Also counts the queries of each page, once cold and once warm, and prints them as JSON.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.shipped import load_vocabularies
from editions.models import Edition
from tests.bench.pages import PAGES
from tests.synthetic import make_editions


def fill(count: int) -> None:
    """Make the tables and `count` editions, unless they are there from a bench before."""
    call_command("migrate", verbosity=0)
    if Edition.objects.count() < count:
        load_vocabularies()
        make_editions(count)
    call_command("render_editions", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def queries() -> dict[str, list[int]]:
    """How many queries each page takes, never asked before and asked before."""
    client = Client()
    client.get("/cases/?view=grid")  # reads the holdings
    counts = {}
    for name, page in PAGES.items():
        counts[name] = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(page.warm)
            if response.status_code != 200:
                raise SystemExit(f"{page.warm} answers {response.status_code}")
            counts[name].append(len(captured))
    return counts


if __name__ == "__main__":
    fill(int(sys.argv[1]))
    print(json.dumps(queries()))
