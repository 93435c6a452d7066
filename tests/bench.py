"""make bench: queries and CPU time of the public pages, each beside a bare Django view.

    python -m tests.bench [--editions 1000] [--rounds 40]

Uses a scratch database of its own (SQLite, or a test database beside the one DATABASE_URL names).
The bare view answers two bytes through the same middleware, in the same minute; the ratio says how
many times its CPU time a page costs. Nothing is judged here.
"""

import argparse
import os
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")
os.environ.setdefault("MODE", "test")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from cases.shipped import load_vocabularies
from peacesite.urls import urlpatterns as site
from tests.synthetic import RARE, make_editions

urlpatterns = [path("bare/", lambda request: HttpResponse("ok")), *site]

PAGES = {
    "front page": "/",
    "catalogue": "/cases/",
    "facets": "/cases/?region=african&conflict=vertical-intrastate&initiative=mediation",
    "years": "/cases/?from=1989&to=1999",
    "search": f"/cases/?q={RARE}",
    "search in a facet": f"/cases/?q={RARE}&region=african",
    "case page": "/cases/synthetic-7/",
    "one edition": "/cases/synthetic-7/editions/1/",
    "all editions": "/cases/synthetic-7/editions/",
    "organisation": "/organisations/synthetic-organisation-7/",
    "register": "/corrections/",
}


def cpu_ms(client: Client, address: str, rounds: int) -> float:
    """Median CPU time of the process for one request, in milliseconds."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        response = client.get(address)
        times.append((time.process_time() - started) * 1000)
        assert response.status_code == 200, (address, response.status_code)
    return statistics.median(times)


def measure(editions: int, rounds: int) -> None:
    """Fill the scratch database and print one row for each page."""
    load_vocabularies()
    started = time.monotonic()
    make_editions(editions)
    seconds = time.monotonic() - started
    print(f"{editions} synthetic editions on {connection.vendor}, made in {seconds:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client()
    print(f"{'page':20} {'queries':>7} {'CPU ms':>8} {'bare ms':>8} {'times bare':>10}")
    for name, address in PAGES.items():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
            queries = len(captured)
        bare = cpu_ms(client, "/bare/", rounds)
        page = cpu_ms(client, address, rounds)
        print(f"{name:20} {queries:7} {page:8.2f} {bare:8.3f} {page / bare:10.1f}")


def main() -> None:
    """Measure in a database that is dropped afterwards."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--editions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    settings.ROOT_URLCONF = "tests.bench"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(options.editions, options.rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
