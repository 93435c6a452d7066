"""What the site rests on, and what is wrong with it, in words for an operator."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from editions.log.signing import BadKey, is_private, read_key
from outbox.models import OutgoingMail
from serving.client_address import UncountedProxy
from serving.kept_files import KEPT_FILES
from serving.outage import BREAKER

from . import mirror_stamp

_MIRROR_OLD = 10 * 60  # seconds: the worker says once a minute that it is as the site is
_WRITTEN = 64 * 1024  # bytes, to see whether there is room


class Check(NamedTuple):
    """One thing that the site rests on: "" or what is wrong with it, whether readers cannot be
    served without it, and what else there is to say of it."""

    name: str
    fault: str
    stops: bool = False
    said: str = ""

    @property
    def line(self) -> str:
        """The same as `/readyz` says it."""
        return f"{self.name}: {'; '.join(filter(None, (self.fault or 'ok', self.said)))}"


def checks() -> list[Check]:
    """All of them; those that need the database only where it answers."""
    database = _fault(_database)
    found = [Check("database", database, stops=True)]
    found += [Check("cache", _fault(_cache)), Check("disk", _fault(_disk))]
    found += [Check("kept files", KEPT_FILES.fault()), Check("proxies", _proxies())]
    found += [Check("key", _fault(_key))]
    if settings.MIRROR_DIR:
        found += [Check("mirror", _fault(_mirror), said=_mirror_age())]
    return found if database else [*found, Check("mail", _fault(_mail))]


def _fault(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, InterfaceError, OSError) as error:
        return str(error).strip().partition("\n")[0] or type(error).__name__


def _database() -> str:
    if BREAKER.is_open():
        return _("It does not answer; readers get the pages that are kept.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    BREAKER.close()
    return ""


def _cache() -> str:
    written = get_random_string(8)
    cache.set("readiness", written, 10)
    return "" if cache.get("readiness") == written else _("It keeps nothing; limits are not held.")


def _disk() -> str:
    for folder in written_folders():
        try:
            with TemporaryFile(dir=folder) as file:
                file.write(b"\0" * _WRITTEN)
                file.flush()
        except OSError as error:
            return f"{folder}: {error.strerror}"
    return ""


def written_folders() -> list[Path]:
    """Where there must be room, and leave to write: where large bodies wait, and where SQLite's
    file lies."""
    folders = [Path(gettempdir())]
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        folders.append(Path(connection.settings_dict["NAME"]).parent)
    return folders


def _proxies() -> str:
    if not UncountedProxy.seen:
        return ""
    return _("Requests come through a proxy that TRUSTED_PROXIES does not count.")


def _key() -> str:
    if not settings.SIGNING_KEY_FILE:
        return ""
    path = Path(settings.SIGNING_KEY_FILE)
    try:
        read_key(path)
    except BadKey as error:
        return str(error)
    return "" if is_private(path) else _("Others than its owner may read %s.") % path


def _mirror() -> str:
    stamp = mirror_stamp.read(Path(settings.MIRROR_DIR))
    if stamp is None:
        return _("It has not been written whole: run `manage.py write_mirror`.")
    if stamp.seconds > _MIRROR_OLD:
        return _("It is old: does `manage.py work` run, and what does its log say?")
    pushed = mirror_stamp.last_push(Path(settings.MIRROR_DIR))
    return _("It was not pushed: %s") % pushed.error if pushed and pushed.error else ""


def _mirror_age() -> str:
    stamp = mirror_stamp.read(Path(settings.MIRROR_DIR))
    if stamp is None:
        return ""
    return _("found to be as the site %(seconds)d s ago, exports and search of %(when)s") % {
        "seconds": stamp.seconds,
        "when": stamp.exports_as_of[:19] or _("never"),
    }


def _mail() -> str:
    waiting = OutgoingMail.objects.overdue().count()
    return _("%d mails are overdue: does `manage.py work` run?") % waiting if waiting else ""
