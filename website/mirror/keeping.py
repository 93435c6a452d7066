"""What the worker does for the mirror in each round: brings it up to date, has it pushed."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from serving.site_version import version
from website import mirror_stamp
from website.mirror_stamp import Stamp

from . import pushing
from .ledger import Busy
from .pushing import Pusher
from .writing import write

SECONDS = 20.0  # of one turn: there are mails to send as well
SAID_EVERY = 60.0  # seconds after which the stamp says again that nothing has changed


def keep() -> int:
    """Write what changed, where MIRROR_DIR names a folder; returns how much was done, 0 where
    nothing is left to do. One query where nothing has changed."""
    if not settings.MIRROR_DIR:
        return 0
    root = Path(settings.MIRROR_DIR)
    done, stamp = 0, mirror_stamp.read(root)
    if stamp is None or not _is_current(root, stamp):
        done = _write(root)
        stamp = mirror_stamp.read(root)
    if settings.MIRROR_COMMAND and stamp:
        _push(root, stamp)
    return done


def _is_current(root: Path, stamp: Stamp) -> bool:
    now = version().pages
    if stamp.site_version != now:
        return False
    waits = settings.MIRROR_EXPORTS_MINUTES * 60
    if stamp.exports_version != now and stamp.seconds_since_exports >= waits:
        return False
    if stamp.seconds >= SAID_EVERY:
        mirror_stamp.write(root, replace(stamp, checked_at=timezone.now().isoformat()))
    return True


def _write(root: Path) -> int:
    after = timedelta(minutes=settings.MIRROR_EXPORTS_MINUTES)
    try:
        run = write(root, seconds=SECONDS, exports_after=after)
    except Busy:
        return 0
    return run.written + run.dropped + (not run.finished)


def _push(root: Path, stamp: Stamp) -> None:
    pusher, before = _pusher(root), mirror_stamp.last_push(root)
    if not pusher.is_over():
        return
    if before and before.mark == pushing.mark_of(stamp) and not before.error:
        return
    if before and before.error:
        since = timezone.now() - datetime.fromisoformat(before.at)
        if since.total_seconds() < pushing.AGAIN_AFTER:
            return
    pusher.begin(stamp)


@cache
def _pusher(root: Path) -> Pusher:
    return Pusher(root)
