"""Large answers as files: made once for each address and site version, then sent from the disk.

An export of 10,000 cases takes 3 s to make. A thread that hands its pieces to a slow reader one by
one is lost until that reader has them all; a file the server sends without a thread.
"""

import atexit
from collections import OrderedDict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.http import FileResponse, HttpResponse

SMALL = 64 * 1024  # bytes that leave as one object
_OPEN = Path("/proc/self/fd")
_OPENED_BY = 30.0  # seconds after which a server has opened a file that it was told of


class CachedFile(NamedTuple):
    """An answer on the disk, and the version and the day for which it holds."""

    pages: str
    day: int
    headers: list[tuple[str, str]]
    path: Path
    size: int

    def head(self) -> HttpResponse:
        """The answer without its content."""
        return HttpResponse(headers=dict([*self.headers, ("Content-Length", str(self.size))]))

    def response(self) -> HttpResponse | FileResponse:
        """The answer: as an open file, unless it is small."""
        return whole_file(self.path, self.size, dict(self.head().items()))


def whole_file(path: Path, size: int, headers: dict[str, str]) -> HttpResponse | FileResponse:
    """The answer with all of a file: as an open one, unless it is small."""
    told = headers | {"Content-Length": str(size)}
    if size <= SMALL:
        return HttpResponse(path.read_bytes(), headers=told)
    response = FileResponse(path.open("rb"))
    for name in ("Content-Type", "Content-Disposition"):  # which Django guesses
        del response[name]
    for name, value in told.items():
        response[name] = value
    return response


class NoRoom(RuntimeError):
    """So many files are being read by slow readers that no other can be written."""


class FileStore:
    """The files that were asked for last, up to so many bytes; and up to as many again of which
    readers have not yet got all. Safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._folder: Path | None = None
        self._files: OrderedDict[object, CachedFile] = OrderedDict()
        self._dropped: list[tuple[float, CachedFile]] = []
        self._lock = Lock()
        self._count = 0

    def get(self, key: object) -> CachedFile | None:
        """The file, whatever version it holds for."""
        with self._lock:
            found = self._files.get(key)
            if found is not None:
                self._files.move_to_end(key)
            return found

    def put(
        self,
        key: object,
        pages: str,
        day: int,
        headers: list[tuple[str, str]],
        pieces: Iterable[bytes],
    ) -> CachedFile:
        """Write an answer and keep it in place of the one before it; those that were not asked
        for the longest make room. Its ETag is the digest of what was written. Raises NoRoom."""
        if self._held() > 2 * self.most_bytes:
            raise NoRoom
        path, digest, size = self._new_path(), sha256(), 0
        try:
            with path.open("wb") as file:
                for piece in pieces:
                    size += file.write(piece)
                    digest.update(piece)
        except BaseException:
            path.unlink()
            raise
        etag = ("ETag", f'"{digest.hexdigest()[:32]}"')
        kept = CachedFile(pages, day, [*headers, etag], path, size)
        with self._lock:
            self._drop(key)
            self._files[key] = kept
            self.bytes += size
            while self.bytes > self.most_bytes and len(self._files) > 1:
                self._drop(next(iter(self._files)))
        return kept

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            for key in list(self._files):
                self._drop(key)
            self._unlink(monotonic())

    def forget_before(self, moment: float) -> None:
        """Delete what was made before that moment, in seconds of `time.time`, and at once."""
        with self._lock:
            for key, file in list(self._files.items()):
                if file.path.stat().st_mtime <= moment:
                    self._drop(key)
            if moment:
                self._unlink(monotonic())

    def _new_path(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(mkdtemp(prefix="peacesite-"))
                atexit.register(rmtree, self._folder, ignore_errors=True)
            self._count += 1
            return self._folder / str(self._count)

    def _drop(self, key: object) -> None:
        gone = self._files.pop(key, None)
        if gone is not None:
            self.bytes -= gone.size
            self._dropped.append((monotonic(), gone))

    def _unlink(self, before: float) -> None:
        while self._dropped and self._dropped[0][0] <= before:
            self._dropped.pop(0)[1].path.unlink()

    def _held(self) -> int:
        """The bytes on the disk: those that are kept or were until now, and on Linux those that
        were deleted while somebody reads them."""
        with self._lock:
            self._unlink(monotonic() - _OPENED_BY)
            known = self.bytes + sum(file.size for _when, file in self._dropped)
        return known + (_deleted_but_open(self._folder) if self._folder else 0)


def _deleted_but_open(folder: Path) -> int:
    total = 0
    for link in _OPEN.iterdir() if _OPEN.exists() else ():
        try:
            if link.readlink().parent == folder and not link.stat().st_nlink:
                total += link.stat().st_size
        except OSError:  # closed in the meantime
            continue
    return total


FILES = FileStore(settings.KEPT_FILES_MB * 1024 * 1024)
