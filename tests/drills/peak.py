"""Ten minutes at ten times the expected peak, while editors publish: no error, nothing stale.

The expected peak is ten pages a second: a collection of 180 articles that is named in the news,
with some thousand readers in an hour who each open a few. PEAK_SECONDS and PEAK_RATE ask for less.
"""

import http.client
import os
import random
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread
from urllib.parse import urlsplit

from .report import Report
from .site import PYTHON, ROOT, Site, memory

SECONDS = int(os.environ.get("PEAK_SECONDS", "600"))
RATE = int(os.environ.get("PEAK_RATE", "100"))  # requests in a second
READERS = 16
GROWTH = 1.15  # how much more memory a worker may hold at the end than after a fifth of the time
PATHS = (
    "/",
    "/cases/",
    "/cases/?region=african",
    "/cases/?view=grid",
    "/cases/ending-the-armed-conflict-in-tajikistan/",
    "/cases/ending-the-armed-conflict-in-tajikistan/editions/1/",
    "/cases/synthetic-%d/",
    "/cases/?q=%d+treaty",
    "/organisations/",
    "/sources/",
    "/corrections/",
    "/cases.csv",
    "/sitemap.xml",
)


@dataclass
class Seen:
    """What readers saw, together."""

    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    address: str = ""  # of the case that is published again and again
    number: int = 0  # of its newest edition
    lock: Lock = field(default_factory=Lock)


def peak(site: Site, server: int, report: Report) -> None:
    """Readers at RATE, a publication every ten seconds."""
    seen, ends = Seen(), time.monotonic() + SECONDS
    with _publishing(site, seen):
        readers = [Thread(target=_read, args=(site, seen, ends, n)) for n in range(READERS)]
        for each in readers:
            each.start()
        time.sleep(SECONDS / 5)
        before = memory(server)
        for each in readers:
            each.join()
    after = memory(server)
    took = sorted(seen.took)
    rate, asked = len(took) / SECONDS, f"{len(took)} requests"
    report.check("peak: no error", not seen.wrong, f"{asked}, wrong: {dict(Counter(seen.wrong))}")
    report.check("peak: the rate was held", rate > 0.9 * RATE, f"{rate:.0f} of {RATE} a second")
    slowest = (
        f"median {1000 * took[len(took) // 2]:.0f} ms, 99th {1000 * took[-len(took) // 100]:.0f} ms"
    )
    report.tell(f"peak: {slowest}")
    report.check(
        "peak: nothing stale after a publication",
        not seen.stale and seen.number > 1,
        f"{seen.number} publications, stale: {seen.stale[:3]}",
    )
    grown = all(a <= GROWTH * b for a, b in zip(sorted(after), sorted(before), strict=True))
    report.check("peak: memory is flat", grown, f"MB of the workers: {before}, then {after}")


@contextmanager
def _publishing(site: Site, seen: Seen) -> Iterator[None]:
    command = [PYTHON, "-m", "tests.drills.publications", str(SECONDS)]
    with subprocess.Popen(command, cwd=ROOT, env=site.env, stdout=subprocess.PIPE, text=True) as it:
        seen.address = it.stdout.readline().strip()
        Thread(target=_hear, args=(it, seen), daemon=True).start()
        try:
            yield
        finally:
            it.terminate()


def _hear(publisher: subprocess.Popen, seen: Seen) -> None:
    for line in publisher.stdout:
        seen.number = int(line.split()[-1])


def _read(site: Site, seen: Seen, ends: float, number: int) -> None:
    """One reader, who keeps a connection and asks at a steady pace."""
    url, rng, due = urlsplit(site.base), random.Random(number), time.monotonic()
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
    while due < ends:
        time.sleep(max(0, due - time.monotonic()))
        due += READERS / RATE
        path = seen.address if rng.random() < 0.2 else rng.choice(PATHS)
        if "%d" in path:
            path %= rng.randrange(1000)
        newest, started = seen.number, time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            status, body = answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            status, body = repr(error), b""
            connection.close()
        with seen.lock:
            seen.took.append(time.perf_counter() - started)
            if status != 200:
                seen.wrong.append(f"{path} {status}")
            elif path == seen.address and _number(body) < newest:
                seen.stale.append(f"{_number(body)} after {newest}")
    connection.close()


def _number(page: bytes) -> int:
    found = re.search(rb"At the peak, number (\d+)", page)
    return int(found[1]) if found else 0
