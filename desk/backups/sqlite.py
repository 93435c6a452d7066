"""A SQLite database: copied while it is used, brought back, tried in a file of its own."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .facts import SESSIONS, Facts, facts
from .places import CannotBackUp, Place

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

_UNFINISHED = ".restoring-"


class SQLite(Place):
    """The database in a file."""

    kind = "sqlite"
    member = "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path.absolute()}"

    def dump(self, file: Path) -> Facts:
        """All in one step, in which nobody's writing is held up (WAL); then without sessions, and
        without what was erased and still lies on free pages."""
        if not self.path.exists():
            raise CannotBackUp(f"{self.path} is not there: DATABASE_URL names another database.")
        try:
            with (
                closing(sqlite3.connect(self.path, timeout=60)) as used,
                closing(sqlite3.connect(file, isolation_level=None)) as copy,
            ):
                used.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                copy.execute("PRAGMA secure_delete = ON")
                copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608
                copy.execute("VACUUM")
                return _facts(copy)
        except sqlite3.Error as error:
            raise CannotBackUp(f"{self.path}: {error}.") from error

    def is_empty(self) -> bool:
        if not self.path.exists():
            return True
        with closing(sqlite3.connect(self.path)) as database:
            return not database.execute(_TABLES).fetchone()

    def restore(self, file: Path, statements: list[str], kept: Facts) -> None:
        """The file is made ready beside the place where it belongs, then renamed."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for left in self.path.parent.glob(f"{_UNFINISHED}*"):  # by a run that was killed
            shutil.rmtree(left)
        with TemporaryDirectory(prefix=_UNFINISHED, dir=self.path.parent) as folder:
            ready = Path(folder, self.path.name)
            ready.write_bytes(b"")
            ready.chmod(0o600)
            with (
                closing(sqlite3.connect(file)) as source,
                closing(sqlite3.connect(ready, isolation_level=None)) as copy,
            ):
                source.backup(copy)
                fault = copy.execute("PRAGMA quick_check").fetchone()[0]
                if fault != "ok":
                    raise CannotBackUp(f"The database in the backup is broken: {fault}.")
                self.refuse_differences(kept, _facts(copy))
                for statement in statements:
                    copy.execute(statement)
            if not self.is_empty():  # somebody was faster
                raise CannotBackUp(f"{self.path} is no longer empty. Nothing was changed.")
            for beside in ("-wal", "-shm"):
                self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
            ready.replace(self.path)

    def set_aside(self, at: str) -> str:
        """Rename it, whole in one file; refused while somebody has it open."""
        aside = self.path.with_name(f"{self.path.name}.before-{at}")
        try:
            with closing(sqlite3.connect(self.path, timeout=2)) as database:
                database.execute("PRAGMA journal_mode = DELETE")  # takes in the WAL, needs it alone
        except sqlite3.OperationalError as error:
            raise CannotBackUp(
                f"{self.path} is in use ({error}): stop the site and the worker first."
            ) from error
        self.path.rename(aside)
        return str(aside)

    @contextmanager
    def scratch(self, folder: Path) -> Iterator[Place]:
        yield SQLite(folder / "scratch.sqlite3")


def _facts(database: sqlite3.Connection) -> Facts:
    cursor = database.cursor()
    return facts(cursor, [name for (name,) in cursor.execute(_TABLES).fetchall()])
