"""The file of a backup: a tar with the manifest first, then the copy of the database."""

import hashlib
import json
import os
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

from .places import CannotBackUp

FORMAT = 1
PATTERN = "peacesite-*.tar.gz"
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 4 * 1024 * 1024
_PIECE = 1024 * 1024

Manifest = dict[str, Any]


def name_at(stamp: str) -> str:
    """The name of a backup made then; names in order are backups in order."""
    return f"peacesite-{stamp}.tar.gz"


def backups_in(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    return sorted(folder.glob(PATTERN))


def digest_of(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def pack(archive: Path, manifest: Manifest, member: Path) -> None:
    """Write a backup, readable by its owner alone, and have the disk take it. The digest and the
    size of the member are put into the manifest."""
    manifest["members"] = {
        member.name: {"sha256": digest_of(member), "bytes": member.stat().st_size}
    }
    text = json.dumps(manifest, indent=1).encode()
    with os.fdopen(os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar:
            head = tarfile.TarInfo(_MANIFEST)
            head.size, head.mode = len(text), 0o600
            tar.addfile(head, BytesIO(text))
            tar.add(member, member.name, recursive=False, filter=_anonymous)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(archive: Path) -> Manifest:
    """What a backup says of itself. Raises CannotBackUp."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            return _manifest(tar, archive)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise CannotBackUp(f"{archive} cannot be read as a backup: {error}.") from error


def unpack(archive: Path, folder: Path) -> tuple[Manifest, Path]:
    """The manifest, and the copy of the database in `folder`, whose size and digest have been
    compared. No name in the tar decides where anything is written. Raises CannotBackUp."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            manifest = _manifest(tar, archive)
            ((name, expected),) = manifest["members"].items()
            copy = folder / "copy"
            found = _extract(tar, name, copy, expected["bytes"])
    except (tarfile.TarError, OSError, EOFError, KeyError, TypeError, ValueError) as error:
        raise CannotBackUp(f"{archive} cannot be read as a backup: {error}.") from error
    if found != expected["sha256"]:
        raise CannotBackUp(f"{archive} is damaged: the digest of {name} is another one.")
    return manifest, copy


def _anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info


def _manifest(tar: tarfile.TarFile, archive: Path) -> Manifest:
    first = tar.next()
    file = tar.extractfile(first) if first and first.name == _MANIFEST else None
    if first is None or file is None or first.size > _LARGEST_MANIFEST:
        raise CannotBackUp(f"{archive} has no manifest: it is no backup of this site.")
    try:
        manifest: Manifest = json.loads(file.read())
    except ValueError as error:
        raise CannotBackUp(f"{archive}: its manifest cannot be read.") from error
    if manifest.get("format") != FORMAT:
        raise CannotBackUp(f"{archive} has a manifest of another format than {FORMAT}.")
    return manifest


def _extract(tar: tarfile.TarFile, name: str, copy: Path, size: int) -> str:
    info = tar.getmember(name)
    file = tar.extractfile(info)
    if file is None or info.size != size:
        raise CannotBackUp(f"The backup is damaged: {name} has another size than it says.")
    digest = hashlib.sha256()
    with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        while piece := file.read(_PIECE):
            digest.update(piece)
            written.write(piece)
    return digest.hexdigest()
