"""Decodes the bytes of a text: UTF-8, UTF-16 by its mark, else Windows-1252 or Latin-1, named."""

import re

from charset_normalizer import from_bytes

from ..parse.decoding import LARGEST, Refused
from ..parse.manuscript import Caution

_EIGHT_BIT = ("cp1252", "latin_1", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1256")
_NAMES = {
    "cp1252": "Windows-1252",
    "latin_1": "Latin-1 (ISO 8859-1)",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "koi8_r": "KOI8-R",
    "cp1253": "Windows-1253",
    "cp1256": "Windows-1256",
}
_MOST_CONTROLS = 0.005


def decoded(data: bytes, largest: int = LARGEST) -> tuple[str, list[Caution]]:
    """The text of a file, and a warning that names its encoding where that had to be guessed.

    Raises Refused for what is too large, empty or no text.
    """
    if len(data) > largest:
        raise Refused(
            f"The file is larger than {largest // 1_000_000} MB; an article has a few "
            f"thousand words."
        )
    if not data.strip():
        raise Refused("The file is empty.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strictly(data, "utf-16"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _guessed(data, error.start)


def decode(data: bytes) -> str:
    """The text of a file; `decoded` without its warning."""
    return decoded(data)[0]


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(
            "The file is not text: it begins with the mark of UTF-16 and goes on otherwise. "
            "Save it "
            "from Word as plain text (UTF-8)."
        ) from None


def _guessed(data: bytes, broken_at: int) -> tuple[str, list[Caution]]:
    """The text in one of the 8-bit encodings. Word's own, Windows-1252, is taken unless another is
    clearly likelier."""
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1f]", data))
    if controls > max(3, len(data) * _MOST_CONTROLS):
        raise Refused(
            "The file is not text: it is full of control characters. Save it from Word as "
            "plain text."
        )
    encoding = _likeliest(data)
    text = data.decode(encoding, "replace")
    line = data.count(b"\n", 0, broken_at) + 1
    words = (
        f"The file is not in UTF-8; it was read as {_NAMES[encoding]}. Look at letters with "
        f"accents "
        "and at quotation marks."
    )
    return text, [Caution("encoding-guessed", line, words)]


def _likeliest(data: bytes) -> str:
    high = [byte for byte in data if byte >= 0x80]
    if len(high) * 5 < len(data):  # a text in Latin letters, with a few that have accents
        is_windows = any(0x80 <= byte < 0xA0 for byte in high)
        undefined = any(byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) for byte in high)
        return (
            "cp1252"
            if is_windows and not undefined
            else "latin_1"
            if not is_windows
            else _by_look(data)
        )
    return _by_look(data)


def _by_look(data: bytes) -> str:
    best = from_bytes(data, cp_isolation=list(_EIGHT_BIT)).best()
    encoding = best.encoding if best is not None else ""
    if encoding not in _NAMES:
        raise Refused(
            "The file is not text in UTF-8, UTF-16 or Windows-1252; save it from Word as "
            "plain text (UTF-8)."
        )
    return encoding
