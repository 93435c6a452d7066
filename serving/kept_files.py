"""Files of the whole collection: made once per site version, shared by all processes of a machine.

Each lies in a folder named by the version it was made for, written beside and renamed. Of several
processes that want one, one makes it; which one is told by a lock on a file, which goes with the
process that holds it.
"""

import fcntl
import gzip
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile
from typing import IO
from urllib.parse import quote

from django.conf import settings

_PIECE = 256 * 1024  # bytes in memory
_POLL = 0.1  # seconds
_OPENED_BY = 60.0  # seconds after which a server has opened a file that it was told of
_CLEARED = "cleared"


class BeingMade(RuntimeError):
    """Another thread or process makes the file, and has not done so in the time to wait."""


class Forgotten(RuntimeError):
    """All that is kept was cleared away while the file was made: it may hold what was removed."""


@dataclass(frozen=True)
class KeptFile:
    """A finished file: its size, entity tag, headers and moment (in seconds of `time.time`), and
    the same of its form packed by gzip, whose size is 0 where there is none."""

    path: Path
    size: int
    etag: str
    packed_size: int
    made: int
    headers: dict[str, str]

    @property
    def packed_path(self) -> Path:
        """Where its packed form lies."""
        return self.path.with_name(f"{self.path.name}.gz")


class KeptFiles:
    """The files in `folder`. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[Path, tuple[int, KeptFile]] = {}

    def get(self, version: str, name: str) -> KeptFile | None:
        """The file of that name, as it is at that version, if it is made."""
        path = self._path(version, name)
        try:
            written = _head_of(path).stat().st_mtime_ns
        except OSError:
            self._known.pop(path, None)
            return None
        if not path.exists():
            return None
        known = self._known.get(path)
        if known is None or known[0] != written:
            found = _read_head(path)
            if found is None:
                return None
            self._known[path] = known = (written, found)
        return known[1]

    def latest(self, name: str) -> KeptFile | None:
        """The newest file of that name, of whatever version: for when the database is away."""
        found = [self.get(version.name, name) for version in self._versions()]
        return max(filter(None, found), key=lambda file: file.made, default=None)

    def is_being_made(self, version: str, name: str) -> bool:
        """Whether somebody makes it at this moment."""
        path = _lock_of(self._path(version, name))
        if not path.exists():
            return False
        with path.open("a") as lock:
            return not _locked(lock)

    def make(
        self,
        version: str,
        name: str,
        write: Callable[[Path], object],
        headers: Mapping[str, str],
        *,
        is_packed: bool = True,
        wait: float = 0.0,
    ) -> KeptFile:
        """The file of that name; made, unless it is there, by `write`, which is given a path.

        Raises BeingMade where another makes it for longer than `wait` seconds; Forgotten where all
        was cleared meanwhile; OSError where it cannot be written.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, cleared = self._path(version, name), self.cleared_at()
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with _one_maker(path, wait):
            found = self.get(version, name)
            if found is None:
                self._make(path, write, headers, is_packed)
                if self.cleared_at() != cleared or not path.exists():
                    self._forget(path)
                    raise Forgotten
                found = self.get(version, name)
        if found is None:
            raise Forgotten
        return found

    def stands_since(self, version: str) -> float:
        """When that version was first seen on this machine, in seconds of `time.time`."""
        seen = self.folder / version / "seen"
        if not seen.exists():
            seen.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            seen.touch()
        return seen.stat().st_mtime

    def clear_away(self, version: str) -> None:
        """Delete what other versions left, once nobody can be about to open it."""
        for folder in self._versions():
            mark = folder / "superseded"
            if folder.name == version:
                mark.unlink(missing_ok=True)
            elif not mark.exists():
                mark.touch()
            elif mark.stat().st_mtime < time.time() - _OPENED_BY:
                rmtree(folder, ignore_errors=True)
        self._known = {path: known for path, known in self._known.items() if path.exists()}

    def clear(self) -> None:
        """Delete everything now, and keep nothing that is being made: something was removed."""
        self._known = {}
        if not self.folder.exists():
            return
        with suppress(OSError):  # a full disk must not keep anything from being removed
            (self.folder / _CLEARED).write_text(repr(time.time()))
        for folder in self._versions():
            rmtree(folder, ignore_errors=True)

    def cleared_at(self) -> float:
        """When all was cleared last, in seconds of `time.time`; 0 where it never was."""
        try:
            return float((self.folder / _CLEARED).read_text() or 0)
        except (OSError, ValueError):
            return 0.0

    def fault(self) -> str:
        """ "" or why nothing can be written there, in the words of the machine."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder) as file:
                file.write(b"\0" * _PIECE)
        except OSError as error:
            return str(error)
        return ""

    def _path(self, version: str, name: str) -> Path:
        return self.folder / version / f"file-{quote(name, safe='')}"

    def _versions(self) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if path.is_dir()]
        except OSError:
            return []

    def _forget(self, path: Path) -> None:
        self._known.pop(path, None)
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink(missing_ok=True)

    def _make(
        self,
        path: Path,
        write: Callable[[Path], object],
        headers: Mapping[str, str],
        is_packed: bool,
    ) -> None:
        """Written beside, then renamed: the head last, which says that all is there."""
        parts = [path.with_name(f"{path.name}.{part}.part") for part in ("whole", "gz", "head")]
        whole, packed, head = parts
        try:
            write(whole)
            size, digest = _measured(whole, packed if is_packed else None)
            packed_size = packed.stat().st_size if is_packed else 0
            etag = f'"{digest[:32]}"'
            made = KeptFile(path, size, etag, packed_size, int(time.time()), dict(headers))
            head.write_text(json.dumps(asdict(made) | {"path": None}))
            if is_packed:
                packed.replace(made.packed_path)
            whole.replace(path)
            head.replace(_head_of(path))
        finally:
            for part in parts:
                part.unlink(missing_ok=True)


def _head_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.head")


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _read_head(path: Path) -> KeptFile | None:
    try:
        said = json.loads(_head_of(path).read_text())
    except (OSError, ValueError):
        return None
    return KeptFile(**said | {"path": path}) if path.exists() else None


def _measured(path: Path, packed: Path | None) -> tuple[int, str]:
    """How many bytes, and their SHA-256; packs them into `packed` on the way."""
    size, digest = 0, sha256()
    with path.open("rb") as file, _packing(packed) as packing:
        while piece := file.read(_PIECE):
            size += len(piece)
            digest.update(piece)
            if packing:
                packing.write(piece)
    return size, digest.hexdigest()


@contextmanager
def _packing(path: Path | None) -> Iterator[gzip.GzipFile | None]:
    if path is None:
        yield None
        return
    with gzip.GzipFile(path, "wb", compresslevel=6, mtime=0) as file:
        yield file


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _one_maker(path: Path, wait: float) -> Iterator[None]:
    """Until the block ends nobody else makes the file; the lock is let go with the file."""
    ends = time.monotonic() + wait
    with _lock_of(path).open("a") as lock:
        while not _locked(lock):
            if time.monotonic() >= ends:
                raise BeingMade
            time.sleep(_POLL)
        yield


KEPT_FILES = KeptFiles(settings.KEPT_FILES_FOLDER)
