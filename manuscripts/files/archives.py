"""Opens a zip archive file by file, within bounds."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from ..parse.decoding import Refused
from .kinds import is_wanted

MOST_FILES = 500
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
)
_MOST_UNPACKED = 50_000_000  # bytes of one file, as of a Word file that comes by itself
_MOST_ALTOGETHER = 500_000_000


def unpacked(file: IO[bytes], name: str) -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
    """The base name of every file in an archive, in order of its names, and what opens it; that
    raises Refused where it cannot be unpacked. Of an archive that is too large its own name, and
    what refuses it."""
    with zipfile.ZipFile(file) as archive:
        parts = [part for part in archive.infolist() if is_wanted(part.filename)]
        if reason := _too_large(parts):
            yield name, partial(_refuse, reason)
            return
        for part in sorted(parts, key=lambda part: part.filename):
            yield PurePosixPath(part.filename).name, partial(_opened, archive, part)


def _too_large(parts: list[zipfile.ZipInfo]) -> str:
    if len(parts) > MOST_FILES:
        return (
            f"The zip archive holds {len(parts)} files; at most {MOST_FILES} are read at once. "
            "Send it in parts."
        )
    if sum(part.file_size for part in parts) > _MOST_ALTOGETHER:
        return "The zip archive unpacks to far more than articles: it is refused as a zip bomb."
    return ""


def _refuse(reason: str) -> IO[bytes]:
    raise Refused(reason)


def _opened(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> IO[bytes]:
    if part.flag_bits & 1:
        raise Refused("The file is protected by a password in its zip archive.")
    try:
        with archive.open(part) as packed:
            content = packed.read(_MOST_UNPACKED + 1)
    except _DAMAGED as error:
        raise Refused("The file cannot be unpacked: its zip archive is damaged.") from error
    if len(content) > _MOST_UNPACKED:
        raise Refused(
            f"The file in the zip archive is larger than {_MOST_UNPACKED // 1_000_000} MB."
        )
    return io.BytesIO(content)
