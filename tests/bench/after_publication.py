"""python -m tests.bench.after_publication: publishes a case and times the next question.

In one process, without a server: milliseconds of the first question to the catalogue after a
publication, as each worker pays them, and of the same question once more without one.
"""

import os
import statistics
import time
from secrets import token_hex

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")

import django

django.setup()

from django.conf import settings
from django.test import Client

from tests.factories import make_edition, make_source

ROUNDS = 5


def _milliseconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}")
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print the medians of ROUNDS publications."""
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.get("/cases/?view=grid")
    after, without = [], []
    for n in range(ROUNDS):
        make_edition(source=make_source(f"bench{token_hex(6)}"))  # may be there from a run before
        after.append(_milliseconds(client, f"/cases/?to={2000 + n}"))
        without.append(_milliseconds(client, f"/cases/?from={1000 + n}"))
    print(
        f"first question after a publication {statistics.median(after):.0f} ms, "
        f"without one {statistics.median(without):.0f} ms"
    )


if __name__ == "__main__":
    main()
