"""What two copies of the database are compared by: counts of rows, digests of editions, the log."""

import hashlib
from typing import Any, Protocol

from editions.models import Edition, LogLine
from outbox.models import OutgoingMail
from serving.models import SiteVersion

Facts = dict[str, Any]
SESSIONS = "django_session"  # keys to the desk: no backup holds them


class Cursor(Protocol):
    """What sqlite3, psycopg and Django have in common."""

    def execute(self, sql: str, /) -> Any:
        """Run a statement."""

    def fetchall(self) -> Any:
        """The rows of the last statement."""


def facts(cursor: Cursor, tables: list[str]) -> Facts:
    """What the database says of itself, as JSON; of the same state always the same."""

    def rows(sql: str) -> list[tuple]:
        cursor.execute(sql)
        return [tuple(row) for row in cursor.fetchall()]

    kept = sorted(set(tables) - {SESSIONS})
    found: Facts = {
        "rows": {t: rows(f'SELECT count(*) FROM "{t}"')[0][0] for t in kept}  # noqa: S608
    }
    found["migrations"] = sorted(
        f"{app}.{name}" for app, name in rows("SELECT app, name FROM django_migrations")
    )
    editions = Edition._meta.db_table
    found["editions"] = _digest(
        rows(f"SELECT case_id, number, digest FROM {editions} ORDER BY case_id, number")  # noqa: S608
    )
    lines = LogLine._meta.db_table
    columns = "number, digest, key, signature"
    last = rows(f"SELECT {columns} FROM {lines} ORDER BY number DESC LIMIT 1")  # noqa: S608
    found["log_head"] = dict(zip(columns.split(", "), last[0], strict=True)) if last else None
    return found


def differences(kept: Facts, found: Facts) -> list[str]:
    """A sentence for each thing that is not as the backup says."""
    said = []
    for table in sorted(kept["rows"].keys() | found["rows"].keys()):
        before, now = kept["rows"].get(table, 0), found["rows"].get(table, 0)
        if before != now:
            said.append(f"{table} has {now} rows, the backup says {before}.")
    names = {
        "migrations": "the migrations applied",
        "editions": "the digests of editions",
        "log_head": "the head of the log",
    }
    said += [f"Not as the backup says: {names[n]}." for n in names if kept[n] != found[n]]
    return said


def settling(made_at: str) -> list[str]:
    """What is set right in a database that is brought back, before anybody uses it: mails that
    waited then may have been sent since, and no process may take its pages for today's."""
    mails, version = OutgoingMail._meta.db_table, SiteVersion._meta.db_table
    told = f"Brought back from the backup of {made_at}: it may have been sent since."
    token = hashlib.sha256(made_at.encode()).hexdigest()[:15]
    return [
        f"UPDATE {mails} SET state = 'uncertain', error = '{told}' "  # noqa: S608
        "WHERE state IN ('waiting', 'sending')",
        f"UPDATE {version} SET pages = 'r{token}', holdings = 'r{token}'",  # noqa: S608
    ]


def _digest(rows: list[tuple]) -> str:
    lines = "\n".join(" ".join(map(str, row)) for row in rows)
    return hashlib.sha256(lines.encode()).hexdigest()
