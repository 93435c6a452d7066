"""Sees from its content what a file is, and refuses by name what is none of ours."""

import re
import zipfile
from typing import IO

from ..parse.decoding import Refused

TEXT, HTML, DOCX, WXR, ZIP = "text", "html", "docx", "wxr", "zip"

_SIGNATURES = (  # the first bytes of files that are not ours, and what they are
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file (.doc, .xls)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_OF_THE_SYSTEM = ("Thumbs.db", "desktop.ini")
_SAVE_AS = "Save the article from its program as a Word file (.docx) or as plain text."
_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|h[1-6]|p|div|article)\b",
    re.I | re.S,
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(file: IO[bytes]) -> str:
    """TEXT, HTML, DOCX, WXR or ZIP, an archive of files. Raises Refused, with the name of what it
    is, for other files."""
    head = file.read(64_000)
    if not head.strip():
        raise Refused("The file is empty.")
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            raise Refused(f"The file is {name}, not an article. {_SAVE_AS}")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(file)
    text = head
    for mark in _BOMS:
        text = text.removeprefix(mark)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "ignore").encode()
    start = text.lstrip()
    if start.startswith(b"<?xml") or re.match(rb"<(?:rss|feed|office|w:|svg|TEI)\b", start):
        return _kind_of_xml(start)
    return HTML if _HTML.match(text) else TEXT


def _kind_of_xml(start: bytes) -> str:
    if b"<rss" in start and (b"wordpress.org/export" in start or b"wxr_version" in start):
        return WXR
    if re.search(rb"<html\b", start[:2_000], re.I):
        return HTML
    root = re.search(rb"<(?![?!])([\w:.-]{1,60})", start)
    name = root[1].decode("ascii", "replace") if root else "no element"
    raise Refused(
        f"The file is XML (its first element is <{name}>), but no WordPress export "
        f"(WXR). {_SAVE_AS}"
    )


def _kind_of_zip(file: IO[bytes]) -> str:
    try:
        names = set(zipfile.ZipFile(file).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Refused(f"The file is a damaged zip archive. {_SAVE_AS}") from None
    if "word/document.xml" in names:
        return DOCX
    for inside, name in (
        ("xl/workbook.xml", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint file"),
        ("content.xml", "an OpenDocument file (.odt)"),
        ("META-INF/container.xml", "an e-book (EPUB)"),
        ("Index/Document.iwa", "a Pages document"),
    ):
        if inside in names:
            raise Refused(f"The file is {name}, not an article. {_SAVE_AS}")
    if any(map(is_wanted, names)):
        return ZIP
    raise Refused(f"The file is a zip archive, and nothing is in it. {_SAVE_AS}")


def is_wanted(name: str) -> bool:
    """Whether a file of an archive was put there by somebody, and not by their system."""
    parts = name.split("/")
    return (
        bool(parts[-1])
        and parts[-1] not in _OF_THE_SYSTEM
        and not parts[-1].startswith(".")
        and parts[0] != "__MACOSX"
    )
