"""Brings a backup back: into the site's own empty database, or into one for a trial."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from .archive import Manifest, unpack
from .facts import settling
from .places import CannotBackUp, Place


def restore(place: Place, file: Path, *, set_aside: bool = False) -> tuple[Manifest, str]:
    """Bring a backup back into the empty database, and return its manifest and the name under which
    the database before it is kept, if it was `set_aside`. Nothing is ever written over. Raises
    CannotBackUp; then all is as it was."""
    with TemporaryDirectory(prefix="peacesite-restore-") as folder:
        manifest, copy = _opened(place, file, Path(folder))
        aside = ""
        if not place.is_empty():
            if not set_aside:
                raise CannotBackUp(
                    f"{place.name} is not empty, and nothing is written over. Stop the site and "
                    "the worker, then say --set-aside: it keeps that database under another name. "
                    "Or name a new database in DATABASE_URL."
                )
            aside = place.set_aside(f"{datetime.now(UTC):%Y%m%d-%H%M%S}")
        try:
            place.restore(copy, settling(manifest["made_at"]), manifest["holds"])
        except CannotBackUp as error:
            kept = f" The database before it is kept as {aside}." if aside else ""
            raise CannotBackUp(f"{error}{kept}") from error
    return manifest, aside


def try_out(place: Place, file: Path, folder: Path) -> None:
    """Bring a backup back into a scratch database, compare what it holds, and have verify_editions
    prove the editions and the log there. Raises CannotBackUp where anything does not hold."""
    with (
        TemporaryDirectory(dir=folder, prefix="trial-") as trial,
        place.scratch(Path(trial)) as new,
    ):
        manifest, copy = _opened(new, file, Path(trial))
        new.restore(copy, [], manifest["holds"])
        if set(manifest["holds"]["migrations"]) < _known():
            _manage(new, "migrate", "--verbosity=0")
        _manage(new, "verify_editions")


def _opened(place: Place, file: Path, folder: Path) -> tuple[Manifest, Path]:
    manifest, copy = unpack(file, folder)
    if manifest["database"] != place.kind:
        raise CannotBackUp(
            f"The backup is of {manifest['database']}, and DATABASE_URL names {place.kind}."
        )
    newer = set(manifest["holds"]["migrations"]) - _known()
    if newer:
        raise CannotBackUp(
            f"The backup was made by another release (peacesite {manifest['peacesite']}), whose "
            f"migrations this one does not know: {', '.join(sorted(newer))}. Install that release."
        )
    return manifest, copy


def _known() -> set[str]:
    """The migrations of this release."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {
        *loader.disk_migrations,
        *(r for m in loader.disk_migrations.values() for r in m.replaces),
    }
    return {f"{app}.{name}" for app, name in known}


def _manage(place: Place, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env={**os.environ, "DATABASE_URL": place.url},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).strip().splitlines()[-5:])
        raise CannotBackUp(f"In the scratch database {arguments[0]} says: {said}")
