"""Cleans the text of a file or a paste, refuses what is no text, and hashes it."""

import hashlib
import re
import unicodedata

LARGEST = 1_000_000  # bytes of a file, characters of a paste
_MAX_NUMBERS = 5_000  # numbers that look like note markers; an article has some hundreds
_MAX_CONTROL_SHARE = 0.005

_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HYPHENS = re.compile(r"[\x1e\u2010\u2011]")  # Word's, and the non-breaking one
_SPACES = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_DIRECTION_MARKS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ufdd0-\ufdef]")
DROPPED = (_INVISIBLE, _DIRECTION_MARKS, _CONTROL)  # what is no part of a text
_MARKERS = re.compile(
    r"(?<=[^\W\d_])\d{1,6}\b|(?<=[.,;:!?)\]”’\"'])\d{1,6}\b|\[\d{1,6}\]|[⁰¹²³⁴-⁹]+"
)


class Refused(ValueError):
    """The file cannot be an article; the message says why and nothing is stored."""


def cleaned(text: str) -> tuple[str, list[str]]:
    """The text with plain line ends, spaces and composed letters (NFC), and the characters dropped.

    The number of lines stays the same, so that warnings name the lines editors see. Raises Refused.
    """
    if len(text) > LARGEST:
        raise Refused("The text is longer than 1 MB; an article has a few thousand words.")
    if not text.strip():
        raise Refused("The text is empty.")
    if "\x00" in text or re.search(r"[\ud800-\udfff]", text):
        raise Refused("The text holds NUL or broken characters; it is not an article.")
    text = _LINE_BREAKS.sub("\n", text)
    text = _HYPHENS.sub("-", text)
    controls = _CONTROL.findall(text)
    if len(controls) > max(3, len(text) * _MAX_CONTROL_SHARE):
        raise Refused("The file is binary: it is full of control characters.")
    direction_marks = _DIRECTION_MARKS.findall(text)
    for pattern, new in ((_SPACES, " "), *((dropped, "") for dropped in DROPPED)):
        text = pattern.sub(new, text)
    text = unicodedata.normalize("NFC", text)
    if len(text) > LARGEST:
        raise Refused("The text is longer than 1 MB; an article has a few thousand words.")
    if sum(1 for _ in _MARKERS.finditer(text)) > _MAX_NUMBERS:
        raise Refused(f"More than {_MAX_NUMBERS} numbers look like note markers.")
    dropped = sorted({f"U+{ord(c):04X}" for c in controls + direction_marks})
    return "\n".join(line.strip() for line in text.split("\n")), dropped


def digest(text: str, name: str) -> str:
    """64 hexadecimal digits: 32 for the words of the text, however spaced, and 32 for the name."""
    return text_digest(text) + _half_digest(name)


def text_digest(text: str) -> str:
    """The first half of `digest`: the same for the same words under any name."""
    return _half_digest(" ".join(text.split()))


def _half_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
