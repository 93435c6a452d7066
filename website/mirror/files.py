"""Files of the mirror: where an address stands, and how it is written there whole or not at all."""

import gzip
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

OWN = ".mirror"  # what is the mirror's own: ledger, lock, what is being written
SQUEEZED = (".html", ".css", ".js", ".svg", ".xml", ".atom", ".txt", ".json")  # also as .gz
_SMALLEST = 1000  # bytes that are worth it


def file_of(address: str) -> str:
    """The file, below the mirror's folder, of an address without a question: `/cases/x/` is
    `cases/x/index.html`. Raises ValueError for one that no folder can hold."""
    path = unquote(address)
    parts = path.split("/")
    odd = "?" in address or "#" in address or "\0" in path or "\\" in path
    if odd or not path.startswith("/") or {"..", ".", OWN} & {*parts} or "" in parts[1:-1]:
        raise ValueError(f"{address!r} is no address of a file.")
    return path[1:] + ("index.html" if path.endswith("/") else "")


class Folder:
    """The folder of a mirror. What is replaced is replaced whole, also where the power fails."""

    def __init__(self, root: Path, *, squeeze: bool = False) -> None:
        self.root, self.squeeze = root, squeeze
        self.writing = root / OWN / "writing"
        self._made: set[Path] = set()

    def prepare(self) -> None:
        """Make it, and clear what a run that was killed was writing."""
        self.writing.mkdir(parents=True, exist_ok=True)
        for left in self.writing.iterdir():
            left.unlink()

    @staticmethod
    def digest(content: bytes) -> str:
        """The SHA-256 by which a file is known."""
        return sha256(content).hexdigest()

    def put(self, file: str, pieces: Iterable[bytes], known: str = "") -> str:
        """Write a file, unless its SHA-256 is `known` and it is there; returns the SHA-256."""
        beside, target, digest = self.writing / "new", self.root / file, sha256()
        with beside.open("wb") as new:
            for piece in pieces:
                digest.update(piece)
                new.write(piece)
            if digest.hexdigest() == known and target.exists():
                return known
            new.flush()
            os.fsync(new.fileno())
            size = new.tell()
        self._parents(target)
        if self.squeeze and target.suffix in SQUEEZED and size >= _SMALLEST:
            self._put_squeezed(beside, target)
        elif self.squeeze:
            target.with_name(target.name + ".gz").unlink(missing_ok=True)
        beside.replace(target)
        return digest.hexdigest()

    def _put_squeezed(self, beside: Path, target: Path) -> None:
        packed = self.writing / "packed"
        with packed.open("wb") as new:
            new.write(gzip.compress(beside.read_bytes(), 6, mtime=0))
            new.flush()
            os.fsync(new.fileno())
        packed.replace(target.with_name(target.name + ".gz"))

    def drop(self, file: str) -> None:
        """Take a file away, and folders that hold nothing any more."""
        target = self.root / file
        target.unlink(missing_ok=True)
        target.with_name(target.name + ".gz").unlink(missing_ok=True)
        for folder in target.parents:
            if folder == self.root:
                break
            try:
                folder.rmdir()
            except OSError:
                break
            self._made.discard(folder)

    def _parents(self, target: Path) -> None:
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
