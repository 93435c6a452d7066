"""What the doctor asks of the machine, the settings and the files."""

import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import gettempdir

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core import checks
from django.db import connection

from desk.backups.archive import backups_in

from .findings import Question

Fault = tuple[str, str] | None
_LEAST_FREE_MB, _LEAST_FREE_SHARE = 500, 0.05
_OLDEST_BACKUP = timedelta(hours=26)  # of a daily timer that may be late


def versions() -> Fault:
    """What CI tries: Python 3.11 to 3.13 with Django 5.2."""
    if sys.version_info < (3, 11) or django.VERSION[:2] != (5, 2):
        here = f"Python {sys.version.split()[0]} with Django {django.get_version()}"
        said = "Install Python 3.11 or newer, and requirements.lock with --require-hashes."
        return f"{here} is not what this release is tried with.", said
    return None


def environment() -> Fault:
    """What `check` says, in production what `check --deploy` says."""
    deploy = settings.MODE == "production"
    found = checks.run_checks(include_deployment_checks=deploy)
    serious = [message for message in found if message.is_serious(checks.WARNING)]
    if not serious:
        return None
    faults = " ".join(f"{message.msg} ({message.id})" for message in serious)
    hints = " ".join(dict.fromkeys(str(m.hint).strip() for m in serious if m.hint))
    return faults, hints or "`manage.py check --deploy` says more; .env.example has the variables."


def room() -> Fault:
    """Where something is written: is there room, and may this user write?"""
    for folder in _folders():
        if not folder.is_dir():
            return f"{folder} is not there.", "Make it, owned by the user of the site."
        if not os.access(folder, os.W_OK):
            return f"{folder} cannot be written to.", (
                "Give it to the user of the site; mount it for writing; in a systemd unit name it "
                "in ReadWritePaths."
            )
        usage = shutil.disk_usage(folder)
        if usage.free < max(_LEAST_FREE_MB * 1024**2, _LEAST_FREE_SHARE * usage.total):
            free = f"{usage.free // 1024**2} MB are free where {folder} lies."
            return free, "Make room: older backups and logs first. Reading goes on meanwhile."
    return None


def static_files() -> Fault:
    """Each file that pages may name was collected."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return None
    collected = staticfiles_storage.hashed_files
    ours = {path for finder in get_finders() for path, _storage in finder.list([])}
    missing = sorted(path for path in ours if path.replace("\\", "/") not in collected)
    if not missing:
        return None
    said = f"{len(missing)} style sheets, scripts or pictures were not collected: {missing[0]}"
    return said, "`manage.py collectstatic --noinput`, then restart the site."


def backups() -> Fault:
    """The newest one of BACKUP_FOLDER, where that is set."""
    if not settings.BACKUP_FOLDER:
        return None
    folder = Path(settings.BACKUP_FOLDER)
    kept = backups_in(folder)
    make = f"`manage.py backup {folder}` says why; is peacesite-backup.timer enabled?"
    if not kept:
        return f"There is no backup in {folder}.", make
    made = datetime.fromtimestamp(kept[-1].stat().st_mtime, UTC)
    age = datetime.now(UTC) - made
    if age > _OLDEST_BACKUP:
        return f"The newest backup is {_in_words(age)} old.", make
    return None


def _folders() -> list[Path]:
    folders = [Path(gettempdir())]
    if connection.vendor == "sqlite":
        folders.append(Path(connection.settings_dict["NAME"]).parent)
    return [*folders, *([Path(settings.BACKUP_FOLDER)] if settings.BACKUP_FOLDER else [])]


def _in_words(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours} hours" if hours < 72 else f"{hours // 24} days"


QUESTIONS = (
    Question("versions", versions, asks_database=False),
    Question("settings", environment, asks_database=False),
    Question("room on the disk", room, asks_database=False),
    Question("static files", static_files, asks_database=False),
    Question("backups", backups, asks_database=False),
)
