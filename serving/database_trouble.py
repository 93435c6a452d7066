"""What an error of the database or of the disk means: away, busy, or unable to store anything."""

import errno
from enum import StrEnum

from django.db import DatabaseError, InterfaceError, OperationalError


class Trouble(StrEnum):
    """What is wrong: it does not answer; another's work is in the way; it can be read only."""

    AWAY = "away"
    BUSY = "busy"
    FULL = "full"


# https://www.postgresql.org/docs/current/errcodes-appendix.html: by whole code, else by class
_BY_SQLSTATE = {
    "55P03": Trouble.BUSY,  # lock_timeout
    "57014": Trouble.BUSY,  # statement_timeout
    "40P01": Trouble.BUSY,  # a deadlock, which one of two lost
    "40001": Trouble.BUSY,
    "53100": Trouble.FULL,
    "25006": Trouble.FULL,  # a replica that is only read
}
_CLASSES_AWAY = ("08", "53", "57", "58", "XX")
# https://www.sqlite.org/rescode.html: by the whole name, else by the first word after SQLITE_.
# A disk that takes no writes, as ext4 after an error, fails so; what is on it can still be read.
_CANNOT_WRITE = ("WRITE", "FSYNC", "DIR_FSYNC", "TRUNCATE", "DELETE", "SHMSIZE")
_BY_SQLITE_NAME = {f"SQLITE_IOERR_{what}": Trouble.FULL for what in _CANNOT_WRITE}
_BY_SQLITE = {
    "BUSY": Trouble.BUSY,
    "LOCKED": Trouble.BUSY,
    "FULL": Trouble.FULL,
    "READONLY": Trouble.FULL,
    "IOERR": Trouble.AWAY,
    "CANTOPEN": Trouble.AWAY,
    "CORRUPT": Trouble.AWAY,
    "NOTADB": Trouble.AWAY,
}
_BY_ERRNO = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.FULL,
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What the error says of the database or the disk; None where it is a fault of our own."""
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0)
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", None)
    if name:
        return _BY_SQLITE_NAME.get(name) or _BY_SQLITE.get(name.split("_")[1])
    code = getattr(cause, "sqlstate", None)
    if code:
        away = Trouble.AWAY if code.startswith(_CLASSES_AWAY) else None
        return _BY_SQLSTATE.get(code, away)
    return Trouble.AWAY if isinstance(error, OperationalError | InterfaceError) else None
