"""The database hangs, refuses, comes back; a lock is held: readers read on, words are kept."""

import sqlite3
import time
from threading import Thread
from urllib.parse import urlencode

from .client import FORM, Answer, ask, cookie_and_token, get
from .report import Report
from .site import Site

CASE = "/cases/ending-the-armed-conflict-in-tajikistan/"
KEPT = ("/", "/cases/", CASE)
NOT_KEPT = {"hang": "/vocabulary/", "refuse": "/organisations/"}
LONGEST = 14.0  # seconds that the first may wait who finds it hung: 6, and 6 in the queue


def database_hangs(site: Site, server: int, report: Report) -> None:
    """The line to PostgreSQL falls silent, then is refused, then is whole again."""
    if site.line is None:
        report.tell("SQLite is no server: nothing to cut.")
        return
    for _ in range(8):  # each worker has them
        for path in KEPT:
            get(site.base, path)
    cookie, token = cookie_and_token(site.base)
    for how in ("hang", "refuse"):
        getattr(site.line, how)()
        first = _at_once(site, [*KEPT, NOT_KEPT[how]])
        worst = max(answer.seconds for answer in first)
        report.check(f"line: {how}: the first wait less than {LONGEST:.0f} s", worst < LONGEST)
        answers = [get(site.base, path) for path in KEPT * 4]
        kept = [a for a in answers if a.status == 200 and b"being repaired" in a.body]
        figures = f"{len(kept)} of {len(answers)}, {max(a.seconds for a in answers):.2f} s at most"
        report.check(f"line: {how}: readers get the pages that are kept", len(kept) == 12, figures)
        new = get(site.base, NOT_KEPT[how])
        report.check(
            f"line: {how}: what is not kept is 503 with Retry-After",
            new.status == 503 and "retry-after" in new.headers,
        )
        held = send_held(site, cookie, token)
        report.check(
            f"line: {how}: what a reader wrote is held",
            held.status == 503 and b"The third line is wrong" in held.body,
            f"{held.status} after {held.seconds:.2f} s",
        )
        alive, ready = get(site.base, "/healthz"), get(site.base, "/readyz")
        report.check(f"line: {how}: health", (alive.status, ready.status) == (200, 503))
        site.line.mend()
        report.check(f"line: {how}: all is well again", _well_again(site), "within 30 s")


def write_lock_held(site: Site, server: int, report: Report) -> None:
    """Somebody holds SQLite's write lock for half a minute."""
    if not site.database.startswith("sqlite"):
        report.tell("PostgreSQL has no lock of the whole.")
        return
    cookie, token = cookie_and_token(site.base)
    other = sqlite3.connect(site.database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = [Thread(target=send_held, args=(site, cookie, token)) for _ in range(8)]
    for each in writing:
        each.start()
    time.sleep(0.3)
    read = [get(site.base, path) for path in (*KEPT, *NOT_KEPT.values()) * 5]
    worst = max(answer.seconds for answer in read)
    report.check(
        "lock: readers read on behind eight who write",
        all(answer.status == 200 for answer in read) and worst < 1,
        f"{worst:.2f} s at most",
    )
    for each in writing:
        each.join()
    held = send_held(site, cookie, token)
    report.check(
        "lock: a write is answered in words within 5 s, and held",
        held.status == 503 and held.seconds < 5.5 and b"The third line is wrong" in held.body,
        f"{held.status} after {held.seconds:.2f} s",
    )
    other.execute("ROLLBACK")
    other.close()
    sent = send_held(site, cookie, token)
    report.check("lock: sent again it is taken", sent.status == 302, str(sent.status))


def _at_once(site: Site, paths: list[str]) -> list[Answer]:
    answers: list[Answer] = []
    asking = [Thread(target=lambda p=p: answers.append(get(site.base, p, 60))) for p in paths * 3]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    return answers


def send_held(site: Site, cookie: str, token: str) -> Answer:
    message = f"The third line is wrong, as I saw at {time.time()}."
    fields = {"csrfmiddlewaretoken": token, "kind": "correction", "message": message}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    return ask(site.base, "POST", FORM, urlencode(fields), headers, seconds=60)


def _well_again(site: Site) -> bool:
    """Whether every worker answers as it should."""
    ends = time.perf_counter() + 30
    while time.perf_counter() < ends:
        answers = [get(site.base, path) for path in (CASE, "/vocabulary/") * 4]
        if all(a.status == 200 and b"being repaired" not in a.body for a in answers):
            return True
        time.sleep(1)
    return False
