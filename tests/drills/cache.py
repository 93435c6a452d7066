"""The shared cache hangs, and then is gone: pages answer as if it were empty."""

import signal
import time

from .client import get, send_correction
from .report import Report
from .site import Site

PAGES = (
    "/sources/",
    "/sources/?letter=b",
    "/cases/ending-the-armed-conflict-in-tajikistan/editions/1/",
    "/cases/ending-the-armed-conflict-in-tajikistan/editions/1/card.png",
    "/card.png",
    "/admin/login/",
)


def cache_away(site: Site, server: int, report: Report) -> None:
    """Redis stopped as by a debugger, then killed."""
    if site.redis is None:
        report.tell("No Redis here: each process keeps its own cache.")
        return
    for how, which in (("hangs", signal.SIGSTOP), ("is killed", signal.SIGKILL)):
        site.redis.send_signal(which)
        answers = [(path, get(site.base, path)) for path in PAGES for _ in range(3)]
        sent = send_correction(site.base, f"While the cache {how}, at {time.time()}.")
        worst = max(answer.seconds for _path, answer in answers)
        wrong = [path for path, answer in answers if answer.status != 200]
        report.check(
            f"the cache {how}: {len(answers)} pages and a correction",
            not wrong and sent.status == 302 and worst < 1.5,
            f"slowest {worst * 1000:.0f} ms, correction {sent.status}, not 200: {wrong}",
        )
