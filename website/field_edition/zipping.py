"""Parts of a zip: the same parts give the same bytes."""

import zipfile

_ONCE = (1980, 1, 1, 0, 0, 0)  # the day of every part


def put(
    archive: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED
) -> None:
    """Put a file into the archive, which anybody may read when it is unpacked."""
    part = zipfile.ZipInfo(name, _ONCE)
    part.compress_type = how
    part.create_system = 3
    part.external_attr = 0o644 << 16
    archive.writestr(part, content, how, compresslevel=9)
