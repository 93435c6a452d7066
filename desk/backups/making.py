"""Makes a backup beside where it belongs, proves it, and gives it its name last."""

import fcntl
import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.db import connection

from editions.log.signing import signing_key

from . import archive
from .facts import SESSIONS
from .places import CannotBackUp, Place
from .postgresql import PostgreSQL
from .restoring import try_out
from .sqlite import SQLite

_UNFINISHED = ".unfinished-"


def our_database() -> Place:
    """The database of the settings."""
    if connection.vendor == "sqlite":
        return SQLite(Path(connection.settings_dict["NAME"]))
    return PostgreSQL(connection.settings_dict)


def back_up(place: Place, folder: Path, *, keep: int = 0, verify: bool = True) -> Path:
    """Make a backup in the folder while the site runs, and return its file. It stands there only
    once it has been brought back into a scratch database and compared, if `verify`; of older ones
    the `keep` newest stay, or all of them. What is killed leaves nothing that looks like a backup.
    Raises CannotBackUp."""
    with _working_folder(folder) as working:
        at = datetime.now(UTC)
        copy = working / place.member
        manifest = _manifest(place, at) | {"holds": place.dump(copy)}
        made = working / archive.name_at(f"{at:%Y%m%dT%H%M%SZ}")
        archive.pack(made, manifest, copy)
        copy.unlink()
        if verify:
            try_out(place, made, working)
        file = folder / made.name
        if file.exists():
            raise CannotBackUp(f"{file} is there already. Try again in a second.")
        made.rename(file)
        _synced(folder)
        for older in archive.backups_in(folder)[:-keep] if keep else []:
            older.unlink()
    return file


def version_of_site() -> str:
    """As pyproject.toml says."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _manifest(place: Place, at: datetime) -> archive.Manifest:
    key = signing_key()
    return {
        "format": archive.FORMAT,
        "made_at": at.isoformat(timespec="seconds"),
        "peacesite": version_of_site(),
        "database": place.kind,
        "site_url": settings.SITE_URL,
        "left_out": [f"The rows of {SESSIONS}: after a restore everybody logs in again."],
        "not_in_here": [
            {
                "what": "SIGNING_KEY_FILE",
                "file": settings.SIGNING_KEY_FILE,
                "public_key": key.public if key else "",
                "keep": "One copy apart from the backups. Without it the log goes on with another "
                "key, which has to be said in public.",
            },
            {
                "what": "SECRET_KEY and the other variables of the environment",
                "keep": "Apart from the backups. With another SECRET_KEY private links that were "
                "sent, and sessions, end.",
            },
            {
                "what": "Uploaded files",
                "keep": "There are none: manuscripts that were uploaded lie in the database.",
            },
        ],
    }


@contextmanager
def _working_folder(folder: Path) -> Iterator[Path]:
    """A folder in the folder that is gone afterwards, as are those of runs that were killed; one
    run at a time."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(folder / ".lock", os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotBackUp(f"{folder} cannot be written to: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)
        working = Path(mkdtemp(prefix=_UNFINISHED, dir=folder))
        try:
            yield working
        finally:
            shutil.rmtree(working)
    except BlockingIOError as error:
        raise CannotBackUp(f"Another backup into {folder} is at work.") from error
    except OSError as error:
        raise CannotBackUp(f"{folder}: {error.strerror or error}.") from error
    finally:
        os.close(lock)


def _synced(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
