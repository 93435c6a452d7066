"""python -m tests.drills [--databases sqlite postgresql] [--only NAME …] [--long]

Fills a scratch database, starts the production server on it without a proxy, and does to it what a
stranger may do. Exits 1 where a drill fails. PostgreSQL is the one of DATABASE_URL, with a Redis of
its own where redis-server is installed.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from .cache import cache_away
from .database_away import database_hangs, write_lock_held
from .dear_answers import dear_answers
from .disk import disk_full, disk_read_only
from .kills import mail_after_a_kill, stale_after_a_kill
from .long_questions import long_questions
from .peak import peak
from .report import Report
from .site import Site, redis
from .slow_clients import many_large_bodies, slow_bodies, slow_readers
from .uploads import uploads

Drill = Callable[[Site, int, Report], None]
DRILLS: tuple[Drill, ...] = (
    slow_bodies,
    many_large_bodies,
    slow_readers,
    long_questions,
    dear_answers,
    uploads,
    stale_after_a_kill,
    mail_after_a_kill,
    write_lock_held,
    disk_full,
    disk_read_only,
    database_hangs,
    cache_away,  # the last: it stops the cache
)
LONG: tuple[Drill, ...] = (peak,)  # by make drills-long
BY_NAME = {drill.__name__: drill for drill in (*DRILLS, *LONG)}


def _scratch_postgresql(stack: ExitStack) -> str:
    import psycopg

    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    name = f"peacesite_drills_{os.getpid()}"
    database = stack.enter_context(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True))
    database.execute(f"CREATE DATABASE {name}")
    stack.callback(lambda: database.execute(f"DROP DATABASE {name} WITH (FORCE)"))
    return f"{server}/{name}"


def drill(kind: str, drills: list[Drill], report: Report) -> None:
    """These drills on a database of that kind."""
    with ExitStack() as stack:
        if kind == "postgresql":
            site = Site(_scratch_postgresql(stack))
            site.lay_line()
            if shutil.which("redis-server"):
                site.redis_port, site.redis = stack.enter_context(redis())
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            site = Site(f"sqlite:///{Path(folder) / 'drills.sqlite3'}")
        stack.callback(shutil.rmtree, site.folder, ignore_errors=True)
        started = time.perf_counter()
        site.fill()
        cache = " and Redis" if site.redis_port else ""
        print(f"On {kind}{cache}; filled in {time.perf_counter() - started:.0f} s")
        for each in drills:
            started = time.perf_counter()
            with site.served() as server:
                each(site, server, report)
            report.tell(f"{each.__name__}: {time.perf_counter() - started:.0f} s")


def main() -> None:
    """Drill on each database that is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--only", nargs="+", default=[], choices=[*BY_NAME])
    parser.add_argument("--long", action="store_true", help="those that take ten minutes each")
    options, report = parser.parse_args(), Report()
    drills = [BY_NAME[name] for name in options.only] or [*(LONG if options.long else DRILLS)]
    for kind in options.databases:
        if kind == "postgresql" and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
            print("No PostgreSQL: DATABASE_URL names none.")
            continue
        drill(kind, drills, report)
    if report.failed:
        raise SystemExit(f"{report.failed} drills failed.")
    print("Every drill passed.")


if __name__ == "__main__":
    main()
