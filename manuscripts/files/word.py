"""Reads Word files (.docx) into HTML: headings, italics, links, footnotes and endnotes."""

import io
import re
import zipfile
from typing import IO

import mammoth

from ..parse.decoding import Refused
from ..parse.manuscript import Caution

_LARGEST = 50_000_000  # bytes of a Word file; pictures are in it
_MOST_UNPACKED = 60_000_000  # bytes of all XML in it
_MOST_RATIO = 200  # unpacked to packed, of one part
_MOST_PARTS = 5_000
_PARTS = ("document", "footnotes", "endnotes")
_LINK = re.compile(rb"""<w:hyperlink\b[^<>]*?(?P<of>\sr:id=["'](?P<id>[^"']*)["'])""")
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
    try:
        whole, loose = _without_loose_links(file)
        found = mammoth.convert_to_html(
            whole,
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except Exception as error:  # mammoth raises whatever its XML and zip readers do
        raise Refused(
            f"The Word file is damaged or protected and cannot be read: {error}."
        ) from error
    return found.value, _cautions(found.value, loose)


def _without_loose_links(file: IO[bytes]) -> tuple[IO[bytes], int]:
    """The file without the links whose addresses it does not hold, as other programs and gateways
    leave them, and how many those were: their words stay."""
    changed: dict[str, bytes] = {}
    loose = 0
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        for name in sorted(names.intersection(f"word/{part}.xml" for part in _PARTS)):
            relations = f"word/_rels/{name.removeprefix('word/')}.rels"
            held = archive.read(relations) if relations in names else b""
            known = set(re.findall(rb"""\bId=["']([^"']*)["']""", held))
            text = archive.read(name)
            links = [link for link in _LINK.finditer(text) if link["id"] not in known]
            for link in reversed(links):
                text = text[: link.start("of")] + text[link.end("of") :]
            if links:
                changed[name] = text
                loose += len(links)
        if not loose:
            file.seek(0)
            return file, 0
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as copy:
            for part in archive.infolist():  # pictures are not looked at
                is_text = part.filename.endswith((".xml", ".rels"))
                content = archive.read(part) if is_text else b""
                copy.writestr(part.filename, changed.get(part.filename, content))
    whole.seek(0)
    return whole, loose


def _cautions(html: str, loose: int) -> list[Caution]:
    cautions = []
    if loose:
        words = (
            f"Links of the Word file that have lost their addresses: {loose}. Their words are kept."
        )
        cautions.append(Caution("link-without-address", 1, words))
    if pictures := html.count("<img"):
        words = (
            f"{pictures} pictures of the Word file were left out; add them at the desk if they "
            f"are wanted."
        )
        cautions.append(Caution("picture-left-out", 1, words))
    return cautions


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
