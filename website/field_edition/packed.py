"""The SQLite file with its README beside it in a zip, to be sent on where lines are slow."""

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from .database import write_sqlite
from .readme import readme
from .zipping import put


def write_packed_sqlite(path: Path, *, on: date) -> None:
    """Write README.md and collection.sqlite3, as they are on the day `on`, to a zip at `path`."""
    with TemporaryDirectory(prefix="peacesite-") as folder:
        database = Path(folder) / "collection.sqlite3"
        write_sqlite(database, on=on)
        with zipfile.ZipFile(path, "w") as archive:
            put(archive, "README.md", readme(on=on).encode())
            put(archive, database.name, database.read_bytes())
