"""python -m tests.bench.after_publication: publishes a case and times that, and the next question.

In one process, without a server: seconds of processor that a moderator's publication takes, all
that its transaction does; milliseconds of the first question to the catalogue afterwards, as each
worker pays them, and of the same question once more without one.
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

from cases import services as case_services
from desk import services as desk_services
from tests.factories import make_case, make_source, make_user

ROUNDS = 5


def _milliseconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}")
    return (time.perf_counter() - started) * 1000


def _publish() -> float:
    """Publish a new case of 30 notes on ten sources; the seconds of processor that it took."""
    run = token_hex(6)  # sources may be there from a run before
    sources = [make_source(f"bench{run}{n}") for n in range(10)]
    words = "The two sides met again and spoke of wells and roads, and of who guards them. " * 3
    body = "\n\n".join(f"{words}[@{sources[n % 10].key}, p. {n}]" for n in range(1, 31))
    case = make_case(body=body, source=sources[0])
    case = case_services.submit(case, by=make_user("edith", is_staff=True), reason="Ready.")
    moderator, started = make_user("maud", is_staff=True), time.process_time()
    desk_services.publish(case, by=moderator)
    return time.process_time() - started


def main() -> None:
    """Print the medians of ROUNDS publications."""
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.get("/cases/?view=grid")
    took, after, without = [], [], []
    for n in range(ROUNDS):
        took.append(_publish())
        after.append(_milliseconds(client, f"/cases/?to={2000 + n}"))
        without.append(_milliseconds(client, f"/cases/?from={1000 + n}"))
    print(
        f"a publication {statistics.median(took):.2f} s of CPU (at most 0.35), "
        f"first question after a publication {statistics.median(after):.0f} ms, "
        f"without one {statistics.median(without):.0f} ms"
    )


if __name__ == "__main__":
    main()
