"""Runs the command that the operator named, which takes a mirror to another host: no shell, a time
limit, and what came of it kept beside the mirror, where `/readyz` reads it."""

import fcntl
import logging
import subprocess
from pathlib import Path
from time import monotonic
from typing import IO

from django.conf import settings
from django.utils import timezone

from website.mirror_stamp import Pushed, Stamp, last_push, write_push

from .files import OWN

AGAIN_AFTER = 60.0  # seconds, where it failed
_SAID = 500  # characters of what the command said

logger = logging.getLogger(__name__)


class PushFailed(Exception):
    """The command failed; what it said."""


def mark_of(stamp: Stamp) -> str:
    """What there is to push."""
    return f"{stamp.as_of} {stamp.exports_as_of}"


class Pusher:
    """One command at a time for each mirror, whoever starts it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._run: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None
        self._mark, self._ends = "", 0.0

    def begin(self, stamp: Stamp) -> bool:
        """Start it, unless it is at it already; whether it was started."""
        if self._run or not self._locked():
            return False
        self._mark, self._ends = mark_of(stamp), monotonic() + settings.MIRROR_COMMAND_SECONDS
        try:
            with self._said.open("wb") as said:
                self._run = subprocess.Popen(  # noqa: S603 - the operator's words, no shell
                    settings.MIRROR_COMMAND,
                    cwd=self.root,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                )
        except OSError as error:
            self._over(str(error))
        return True

    def is_over(self) -> bool:
        """Whether none runs: kept and told what came of one that has ended; one that takes too
        long is ended."""
        if self._run is None:
            return True
        code = self._run.poll()
        if code is None and monotonic() > self._ends:
            self._run.kill()
            self._run.wait()
            self._over(f"It took more than {settings.MIRROR_COMMAND_SECONDS} seconds.")
        elif code is not None:
            said = self._said.read_text(encoding="utf-8", errors="replace").strip()[-_SAID:]
            self._over(f"Exit code {code}. {said}".strip() if code else "")
        return self._run is None

    def wait(self) -> None:
        """Until it has ended. Raises PushFailed."""
        while not self.is_over():
            if self._run:
                try:
                    self._run.wait(max(0.05, self._ends - monotonic()))
                except subprocess.TimeoutExpired:
                    continue
        found = last_push(self.root)
        if found and found.error:
            raise PushFailed(found.error)

    @property
    def _said(self) -> Path:
        return self.root / OWN / "push.log"

    def _locked(self) -> bool:
        lock = (self.root / OWN / "push.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._lock = lock
        return True

    def _over(self, error: str) -> None:
        if error:
            logger.error("The mirror was not pushed. %s", error)
        pushed = Pushed(self._mark, timezone.now().isoformat(), error)
        write_push(self.root, pushed)
        self._run = None
        if self._lock:
            self._lock.close()
            self._lock = None
