"""Clients that send slowly, or do not read: the others must not notice."""

import time
from contextlib import ExitStack, suppress

from .client import (
    FORM,
    cookie_and_token,
    get,
    ninety_ninth,
    send_correction,
    slow_body,
    slow_reader,
)
from .report import Report
from .site import Site, memory, threads

CLIENTS = 200
WANTED = 1.0  # seconds


def slow_bodies(site: Site, server: int, report: Report) -> None:
    """Bodies that never come, without a cookie and with one; each has a deadline."""
    cookie, token = cookie_and_token(site.base)
    started = f"csrfmiddlewaretoken={token}&message=a".encode()
    for of, known in (("without a cookie", ""), ("with cookie and token", cookie)):
        with ExitStack() as stack:
            slow = [
                stack.enter_context(
                    slow_body(site.base, FORM, announced=2000, sent=started, cookie=known)
                )
                for _ in range(CLIENTS)
            ]
            time.sleep(1)
            took, health = ninety_ninth(site.base), get(site.base, "/healthz")
            report.check(
                f"{CLIENTS} slow bodies {of}: front page, 99th percentile",
                took < WANTED and health.status == 200,
                f"{took * 1000:.0f} ms",
            )
            sent = send_correction(site.base)
            report.check(
                "meanwhile a correction is taken, or refused for half a minute",
                sent.status == 302 or (sent.status == 503 and "retry-after" in sent.headers),
                f"{sent.status} after {sent.seconds:.2f} s",
            )
            began = time.perf_counter()
            slow[0].settimeout(60)
            said = slow[0].recv(100)
            report.check(
                "a body has a deadline",
                said.split(b" ")[1:2] in ([b"408"], [b"403"]),
                f"{said.split(b' ')[1].decode()} after {time.perf_counter() - began:.0f} s more",
            )
    report.tell(f"threads {threads(server)}, MB {memory(server)}")


def many_large_bodies(site: Site, server: int, report: Report) -> None:
    """More announced than a worker takes at once: the rest are refused at once, with the time."""
    cookie, _token = cookie_and_token(site.base)
    with ExitStack() as stack:
        slow = [
            stack.enter_context(
                slow_body(site.base, FORM, announced=60_000, sent=b"a=", cookie=cookie)
            )
            for _ in range(900)
        ]
        time.sleep(2)
        refused = 0
        for connection in slow:
            connection.setblocking(False)
            with suppress(BlockingIOError):
                refused += b" 503 " in connection.recv(20)
        took = ninety_ninth(site.base)
        report.check(
            "900 bodies of 60 kB announced: some refused with 503, the front page answers",
            refused > 0 and took < WANTED,
            f"{refused} refused, {took * 1000:.0f} ms, MB {memory(server)}",
        )


def slow_readers(site: Site, server: int, report: Report) -> None:
    """Readers that do not read: of a large export, each its own, and of a page."""
    size = len(get(site.base, "/cases.json", seconds=120).body)
    for of, path in (("an export", "/cases.json"), ("the map", "/cases/?view=map")):
        before = memory(server)
        with ExitStack() as stack:
            for _ in range(CLIENTS):
                stack.enter_context(slow_reader(site.base, path))
            time.sleep(2)
            took, health = ninety_ninth(site.base), get(site.base, "/healthz")
            whole = get(site.base, "/cases.json", seconds=120)
            report.check(
                f"{CLIENTS} readers of {of} who do not read: front page, 99th percentile",
                took < WANTED and health.status == 200,
                f"{took * 1000:.0f} ms, MB {before} -> {memory(server)}, "
                f"another takes {size / 1e6:.1f} MB: {whole.status}",
            )
    with ExitStack() as stack:
        for number in range(30):
            stack.enter_context(slow_reader(site.base, f"/cases.json?from={1900 + number}"))
        time.sleep(1)
        took = ninety_ninth(site.base, times=100)
        report.check(
            "30 different exports asked for at once: front page, 99th percentile",
            took < WANTED,
            f"{took * 1000:.0f} ms, MB {memory(server)}",
        )
