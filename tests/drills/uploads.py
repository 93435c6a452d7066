"""Uploads that are too large: refused before they are read, and never on the disk."""

import socket
import tempfile
import threading
import time
from pathlib import Path

from .client import FORM, cookie_and_token, slow_body
from .report import Report
from .site import Site, memory

MEGABYTES = 150


def _written(before: set[Path]) -> int:
    """Bytes of files in the temporary directory that were not there before."""
    total = 0
    for path in set(Path(tempfile.gettempdir()).glob("*upload*")) - before:
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total


def uploads(site: Site, server: int, report: Report) -> None:
    """A file of 150 MB to each form, with what anybody can fetch."""
    for path in (FORM, "/admin/login/", "/admin/import/", "/admin/cases/case/add/", "/cases/"):
        form = path if path in (FORM, "/admin/login/") else "/admin/login/"
        cookie, _token = cookie_and_token(site.base, form)
        before = set(Path(tempfile.gettempdir()).glob("*upload*"))
        held, size = max(memory(server)), MEGABYTES * 1_000_000
        connection = slow_body(site.base, path, announced=size, sent=b"--B\r\n", cookie=cookie)
        sent, peak, said = 0, 0, b""
        connection.settimeout(20)
        stop = threading.Event()

        def listen(connection: socket.socket = connection, stop: threading.Event = stop) -> None:
            nonlocal said
            try:
                said = connection.recv(200)
            except OSError:
                said = said or b"(reset)"
            stop.set()

        listening = threading.Thread(target=listen)
        listening.start()
        try:
            while sent < size and not stop.is_set():
                connection.sendall(b"a" * 1_000_000)
                sent += 1_000_000
                peak = max(peak, _written(before))
        except OSError:
            pass
        listening.join()
        connection.close()
        time.sleep(0.2)
        more = max(memory(server)) - held
        status = said.split(b" ")[1].decode() if said.startswith(b"HTTP") else said.decode()
        report.check(
            f"{MEGABYTES} MB to {path}",
            status in ("413", "403", "405", "(reset)") and not peak and more < 20,
            f"{status} after {sent // 1_000_000} MB, {peak} bytes on the disk, {more} MB in memory",
        )
