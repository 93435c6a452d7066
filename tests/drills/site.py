"""A site to drill: its scratch database, its cache, its server as `make serve` starts it."""

import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from .client import get
from .line import Line

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable
STARTS = 90  # seconds that the server may take to answer
CASES = 1500  # synthetic ones: their JSON is more than sockets hold for who does not read


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@dataclass
class Site:
    """Where the site is, and the environment its processes run in."""

    database: str
    mode: str = "production"
    redis_port: int = 0
    redis: subprocess.Popen | None = None
    line: Line | None = None  # to PostgreSQL, for the server alone; commands ask it directly
    port: int = field(default_factory=free_port)
    folder: str = field(default_factory=lambda: tempfile.mkdtemp(prefix="peacesite-drills-"))

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """Production's settings where nothing else is asked, on this machine and without TLS."""
        return os.environ | {
            "MODE": self.mode,
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "SITE_URL": self.base,
            "HTTPS": "0",
            "EMAIL_HOST": "localhost",
            "DEFAULT_FROM_EMAIL": "drills@localhost",
            "LOG_LEVEL": "CRITICAL",
            "KEPT_FILES_FOLDER": self.folder,
            "KEPT_PAGES_MB": "8",  # full within a minute: what grows afterwards is a leak
            "DEAR_ANSWERS_PER_ADDRESS": "20",
            "DATABASE_URL": self.database,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0" if self.redis_port else "",
        }

    def lay_line(self) -> None:
        """From now on the server reaches PostgreSQL by a line that can be cut."""
        url = urlsplit(self.database)
        self.line = Line(url.hostname or "127.0.0.1", url.port or 5432)

    def _through_line(self) -> str:
        url = urlsplit(self.database)
        who = url.netloc.rpartition("@")[0]
        return urlunsplit(url._replace(netloc=f"{who}@127.0.0.1:{self.line.port}"))

    def manage(self, *command: str, **env: str) -> None:
        """Run a command of manage.py."""
        subprocess.run(
            [PYTHON, "manage.py", *command],
            **{"cwd": ROOT, "env": self.env | env, "check": True, "stdout": subprocess.DEVNULL},
        )

    def fill(self) -> None:
        """The sample collection, and CASES synthetic cases."""
        local = {"MODE": "local"}
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_vocabularies")
        self.manage("make_demo_accounts", **local)
        self.manage("load_collection", "collection")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        script = f"from tests.synthetic import make_editions; make_editions({CASES})"
        self.manage("shell", "--no-imports", "-c", script)

    @contextmanager
    def served(self, workers: int = 2) -> Iterator[int]:
        """The production server, until the block ends; its process number."""
        command = [f"{Path(PYTHON).parent}/granian", "--interface", "rsgi"]
        command += ["peacesite.rsgi:application", "--backlog", "4096", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", str(workers), "--log-level", "error"]
        env = self.env | ({"DATABASE_URL": self._through_line()} if self.line else {})
        server = subprocess.Popen(command, cwd=ROOT, env=env)
        try:
            ends = time.monotonic() + STARTS
            while get(self.base, "/healthz", seconds=2).status != 200:
                if time.monotonic() > ends:
                    raise SystemExit(f"The server did not answer within {STARTS} s.")
                time.sleep(0.1)
            for _ in range(12):  # every worker has met it
                get(self.base, "/cases/")
            yield server.pid
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


SECRET = secrets.token_urlsafe(50)


def memory(server: int) -> list[int]:
    """The megabytes that each worker of the server holds of its own, without files that are mapped
    and shared; Linux only."""
    workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    said = (Path(f"/proc/{worker}/smaps_rollup").read_text() for worker in workers)
    return [int(re.search(r"Pss_Anon:\s+(\d+)", each)[1]) // 1024 for each in said]


def threads(server: int) -> list[int]:
    """How many threads each worker of the server has; Linux only."""
    workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [len(list(Path(f"/proc/{worker}/task").iterdir())) for worker in workers]


@contextmanager
def redis() -> Iterator[tuple[int, subprocess.Popen]]:
    """A Redis of our own that may be stopped: its port and process."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen([*command, "--appendonly", "no"], stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, process
    finally:
        process.kill()
        process.wait()
