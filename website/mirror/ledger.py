"""What the mirror holds, in a small SQLite file of its own: so a run knows what is left to do.

An address stands here before its file is written and until it is dropped: whenever a run is killed,
no file is there that the next one does not know of.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_TABLES = """
CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    address TEXT PRIMARY KEY, part TEXT NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_of_part ON files (part);
"""


class Busy(Exception):
    """Another run writes this mirror."""


class Kept(NamedTuple):
    """A file that is there, or was about to be: its address and SHA-256, "" for not known."""

    address: str
    digest: str


class Ledger:
    """Parts with the state of what they were written from, and the files of each."""

    def __init__(self, path: Path) -> None:
        self._rows = sqlite3.connect(path, isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("PRAGMA synchronous=FULL")
        self._rows.executescript(_TABLES)

    def states(self) -> dict[str, str]:
        """The state that each part was written from."""
        return dict(self._rows.execute("SELECT name, state FROM parts"))

    def files(self, part: str) -> dict[str, str]:
        """The addresses of a part, each with the SHA-256 of its file."""
        asked = "SELECT address, digest FROM files WHERE part = ?"
        return dict(self._rows.execute(asked, [part]))

    def addresses(self) -> set[str]:
        """All of them."""
        return {address for (address,) in self._rows.execute("SELECT address FROM files")}

    def count(self) -> int:
        """How many files there are."""
        return int(self._rows.execute("SELECT count(*) FROM files").fetchone()[0])

    def intend(self, part: str, addresses: list[str]) -> None:
        """These are about to be written; the state of their part is not known until they are."""
        self._rows.execute("BEGIN")
        self._rows.execute("DELETE FROM parts WHERE name = ?", [part])
        self._rows.executemany(
            "INSERT INTO files VALUES (?, ?, '') ON CONFLICT (address) DO UPDATE "
            "SET part = excluded.part",
            [(address, part) for address in addresses],
        )
        self._rows.execute("COMMIT")

    def written(self, part: str, state: str, files: list[Kept]) -> None:
        """All files of a part are there."""
        self._rows.execute("BEGIN")
        self._rows.executemany(
            "UPDATE files SET digest = ? WHERE address = ?", [(d, a) for a, d in files]
        )
        self._rows.execute("INSERT OR REPLACE INTO parts VALUES (?, ?)", [part, state])
        self._rows.execute("COMMIT")

    def dropped(self, addresses: list[str]) -> None:
        """These are gone."""
        self._rows.executemany("DELETE FROM files WHERE address = ?", [(a,) for a in addresses])

    def forget(self, part: str) -> None:
        """A part is gone, or must be written anew."""
        self._rows.execute("DELETE FROM parts WHERE name = ?", [part])

    def close(self) -> None:
        """Let the file go."""
        self._rows.close()


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """The ledger of the mirror whose own folder is given, held alone. Raises Busy."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy from None
        ledger = Ledger(folder / "ledger.sqlite3")
        try:
            yield ledger
        finally:
            ledger.close()
