"""Parses the numbers of notes, Arabic, raised and Roman."""

import re

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.I)
_NUMBERED = re.compile(
    r"(?:\[(?P<bracket>\d{1,4}|[ivxlcdm]{1,8})\]\s*|(?P<raised>[⁰¹²³⁴-⁹]{1,4})\s*"
    r"|(?P<plain>\d{1,4})(?:[.):]\s*(?=\D)|\s+|(?=[A-Z“‘\"])))(?P<words>\S.*)\Z",
    re.I,
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def numbered(words: str) -> tuple[int, str] | None:
    """The number that a printed note begins with, and its words."""
    found = _NUMBERED.match(re.sub(r"\A[-•*]\s+(?=[\[⁰¹²³⁴-⁹])", "", words))
    if found is None:
        return None
    if found["plain"]:
        return int(found["plain"]), found["words"]
    if found["raised"]:
        return int(found["raised"].translate(_RAISED)), found["words"]
    bracket = found["bracket"]
    number = int(bracket) if bracket.isdecimal() else roman(bracket)
    return (number, found["words"]) if number else None


def roman(letters: str) -> int:
    """The value of a Roman numeral, 0 for anything else."""
    if not letters or not _ROMAN.fullmatch(letters):
        return 0
    values = [
        {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[c]
        for c in letters.lower()
    ]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
