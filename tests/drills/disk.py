"""The disk under the database is full, or has gone read-only: reading goes on, words are kept."""

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from .client import cookie_and_token, get
from .database_away import KEPT, NOT_KEPT, send_held
from .report import Report
from .site import Site, free_port

SPARE = 12 * 1024 * 1024  # bytes that the disk has beside the database


def disk_full(site: Site, server: int, report: Report) -> None:
    """Somebody else's file takes the last byte, and goes again."""
    with _on_disk_of_its_own(site, report) as there:
        if there is None:
            return
        other, disk = there
        filler = disk / "filler"
        cookie, token = cookie_and_token(other.base)
        _fill(filler)
        _reading_goes_on("full", other, cookie, token, report)
        filler.unlink()
        sent = send_held(other, cookie, token)
        report.check("disk full: emptied, a correction is taken", sent.status == 302)


def disk_read_only(site: Site, server: int, report: Report) -> None:
    """The file system meets an error and lets nobody write any more, as ext4 does."""
    with _on_disk_of_its_own(site, report) as there:
        if there is None:
            return
        other, disk = there
        cookie, token = cookie_and_token(other.base)
        subprocess.run(["mount", "-o", "remount,abort", disk], check=True)
        _reading_goes_on("read-only", other, cookie, token, report)


def _reading_goes_on(how: str, site: Site, cookie: str, token: str, report: Report) -> None:
    held = send_held(site, cookie, token)
    report.check(
        f"disk {how}: what a reader wrote is held",
        held.status == 503 and b"The third line is wrong" in held.body,
        f"{held.status} after {held.seconds:.2f} s",
    )
    answers = [get(site.base, path) for path in (*KEPT, *NOT_KEPT.values()) * 4]
    well = [a for a in answers if a.status == 200 and b"being repaired" not in a.body]
    report.check(
        f"disk {how}: readers read on, also what was not kept",
        len(well) == len(answers),
        f"{len(well)} of {len(answers)}, {max(a.seconds for a in answers):.2f} s at most",
    )
    ready = get(site.base, "/readyz")
    report.check(f"disk {how}: /readyz says it", b"disk" in ready.body, ready.body.decode()[:200])


@contextmanager
def _on_disk_of_its_own(site: Site, report: Report) -> Iterator[tuple[Site, Path] | None]:
    """The site served from a copy of its database on a small ext4, and where that is; None where
    there is no SQLite, or where this machine lets nobody mount one."""
    if not site.database.startswith("sqlite"):
        report.tell("PostgreSQL's disk is its own business; its codes are in tests/serving.")
        yield None
        return
    source = Path(site.database.removeprefix("sqlite:///"))
    with tempfile.TemporaryDirectory() as name:
        image, disk = Path(name) / "image", Path(name) / "disk"
        disk.mkdir()
        with image.open("wb") as file:
            file.truncate(int(source.stat().st_size * 1.1) + SPARE)
        if not _mounted(image, disk):
            report.tell("Not tried: nobody may mount a file system here (it needs root and loop).")
            yield None
            return
        try:
            with (
                closing(sqlite3.connect(source)) as one,
                closing(sqlite3.connect(disk / "db.sqlite3")) as two,
            ):
                one.backup(two)
            other = replace(site, database=f"sqlite:///{disk}/db.sqlite3", port=free_port())
            with other.served():
                yield other, disk
        finally:
            subprocess.run(["umount", "--lazy", disk], check=True)


def _mounted(image: Path, disk: Path) -> bool:
    tools = [
        shutil.which(tool, path="/usr/sbin:/sbin:/usr/bin:/bin") for tool in ("mkfs.ext4", "mount")
    ]
    if not all(tools):
        return False
    commands = ([tools[0], "-q", "-m", "0", image], [tools[1], "-o", "loop", image, disk])
    return all(subprocess.run(command, capture_output=True).returncode == 0 for command in commands)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
