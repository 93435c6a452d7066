"""python -m tests.bench [--sizes 1000 …] [--databases sqlite postgresql] [--pages …] [--rounds 3]

Fills scratch databases, starts the production server with two workers on each, and asks with wrk
over eight connections. Warm: the address was asked since the last publication. Cold: it never was.
Each figure stands beside a bare Django view under the same server in the same minute; the ratio is
what counts, and the last column says which ratio the project wants. Nothing fails here.
"""

import argparse
import json
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from .measuring import beside_bare, private_megabytes, rows_taken_home, script_for, wrk
from .pages import PAGES

PORT = 8799
BASE = f"http://127.0.0.1:{PORT}"


def environment(database: str) -> dict[str, str]:
    """Production's settings, on this machine and without TLS."""
    return os.environ | {
        "MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "SITE_URL": BASE,
        "HTTPS": "0",
        "EMAIL_HOST": "localhost",
        "DEFAULT_FROM_EMAIL": "bench@localhost",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": database,
    }


def database_url(kind: str, size: int, folder: Path) -> str:
    """Where the scratch database of that size is; made if it is on PostgreSQL and not there."""
    if kind == "sqlite":
        return f"sqlite:///{folder}/peacesite-bench-{size}.sqlite3"
    import psycopg

    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as db:
        name = f"peacesite_bench_{size}"
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            db.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@contextmanager
def served(env: dict[str, str], workers: int) -> Iterator[int]:
    """The production server, until the block ends; its process number."""
    command = [f"{Path(sys.executable).parent}/granian", "--interface", "rsgi"]
    command += ["tests.bench.serving:application", "--host", "127.0.0.1", "--port", str(PORT)]
    command += ["--workers", str(workers), "--log-level", "error"]
    server = subprocess.Popen(command, env=env)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{BASE}/bare/", timeout=5).read()
                break
            except OSError:
                time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)


def _warm_up() -> None:
    """Ask until every worker has read the facet index, which takes seconds where they are many."""
    for _ in range(60):
        if wrk(f"{BASE}/cases/", 1) > 100:
            return


def measure(env: dict[str, str], size: int, options: argparse.Namespace, label: str) -> None:
    """Print a row for each page."""
    counts = subprocess.run(
        [sys.executable, "-m", "tests.bench.filling", str(size)],
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    queries = json.loads(counts.splitlines()[-1])
    with served(env, options.workers) as server:
        _warm_up()
        for name in options.pages:
            page = PAGES[name]
            addresses = page.addresses(size)
            scripts = [script_for(islice(addresses, 20_000)) for _ in range(options.rounds)]
            wrk(BASE + page.warm, 1)  # every worker has met it
            of = {"rounds": options.rounds, "seconds": options.seconds}
            cold = beside_bare(BASE, page.warm, scripts=scripts, **of)
            wrk(BASE + page.warm, 1)
            warm = beside_bare(BASE, page.warm, **of)
            first, again = queries[name]
            wanted = " ".join(f"{ratio:.2f}" for ratio in page.wanted.get(size, ()))
            print(
                f"{label:18} {name:19} {first:3} {again:3} "
                f"{warm.page:8.0f} {warm.bare:8.0f} {warm.ratio:6.2f} "
                f"{cold.page:8.0f} {cold.bare:8.0f} {cold.ratio:6.3f}  {wanted}",
                flush=True,
            )
        said = subprocess.run(
            [sys.executable, "-m", "tests.bench.after_publication"],
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        print(f"{label:18} {said.strip()}", flush=True)
        rates = [rows_taken_home(BASE, size, server, n) for n in range(options.rounds)]
        rate, more = statistics.median(r for r, _ in rates), max(m for _, m in rates)
        print(f"{label:18} CSV of all          {rate:.0f} rows/s, {more} MB more in a worker  2000")
        held = max(private_megabytes(server), default=0)
        print(f"{label:18} memory of a worker  {held} MB of its own; at 10,000 at most 150")


def main() -> None:
    """Measure every size on every database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--pages", nargs="+", default=list(PAGES), choices=list(PAGES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the scratch databases there")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("make bench needs wrk: apt-get install wrk")
    folder = options.folder or Path(tempfile.mkdtemp(prefix="peacesite-bench-"))
    print(
        f"{'editions':18} {'page':19} {'queries':7} {'warm/s':>8} {'bare/s':>8} {'ratio':>6} "
        f"{'cold/s':>8} {'bare/s':>8} {'ratio':>6}  wanted"
    )
    for kind in options.databases:
        if kind == "postgresql" and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
            print("No PostgreSQL in DATABASE_URL: measured on SQLite only.")
            continue
        for size in options.sizes:
            env = environment(database_url(kind, size, folder))
            measure(env, size, options, f"{size:,} {kind}")
    if not options.folder:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
