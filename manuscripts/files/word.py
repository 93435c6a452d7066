"""Reads Word files (.docx) into HTML: headings, italics, links, footnotes and endnotes."""

import zipfile
from typing import IO

import mammoth

from ..parse.decoding import Refused
from ..parse.manuscript import Caution

_LARGEST = 50_000_000  # bytes of a Word file; pictures are in it
_MOST_UNPACKED = 60_000_000  # bytes of all XML in it
_MOST_RATIO = 200  # unpacked to packed, of one part
_MOST_PARTS = 5_000
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => p:fresh
p[style-name='Intense Quote'] => p:fresh
u => span
strike => span
comment-reference =>
"""


def as_html(file: IO[bytes]) -> tuple[str, list[Caution]]:
    """The HTML of a Word file. Raises Refused for a bomb, a damaged or a protected file."""
    _refuse_bombs(file)
    file.seek(0)
    try:
        found = mammoth.convert_to_html(
            file,
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except Exception as error:  # mammoth raises whatever its XML and zip readers do
        raise Refused(
            f"The Word file is damaged or protected and cannot be read: {error}."
        ) from error
    return found.value, _cautions(found.value)


def _cautions(html: str) -> list[Caution]:
    pictures = html.count("<img")
    if not pictures:
        return []
    words = (
        f"{pictures} pictures of the Word file were left out; add them at the desk if they "
        f"are wanted."
    )
    return [Caution("picture-left-out", 1, words)]


def _refuse_entities(head: bytes) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refused("The Word file declares XML entities, which no program of its kind does.")


def _refuse_bombs(file: IO[bytes]) -> None:
    """Looks at the sizes that the archive declares and at what really comes out, part by part."""
    file.seek(0, 2)
    if file.tell() > _LARGEST:
        raise Refused(f"The Word file is larger than {_LARGEST // 1_000_000} MB.")
    file.seek(0)
    bomb = Refused(
        "The Word file unpacks to far more than an article: it is refused as a zip bomb."
    )
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS:
                raise bomb
            xml = [p for p in parts if p.filename.endswith((".xml", ".rels"))]
            if sum(part.file_size for part in xml) > _MOST_UNPACKED:
                raise bomb
            for part in xml:
                if part.file_size > 1_000_000 and part.file_size > part.compress_size * _MOST_RATIO:
                    raise bomb
                if part.flag_bits & 1:
                    raise Refused("The Word file is protected by a password.")
                _refuse_entities(archive.open(part).read(4_000))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("The Word file is damaged and cannot be read.") from None
