"""Takes the notes that stand in the text of a page, to be shown in its margin, out of the text."""

import re

from ..parse import rich_text
from .html_notes import RAISED

_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_OWN_NUMBER = re.compile(r"\s*[\[(]?([\d⁰¹²³⁴-⁹]{1,3})[\])]?[.:)]?\s*")
_TO_DIGITS = str.maketrans(_RAISED_DIGITS, "0123456789")


class MarginNotes:
    """The notes of the margin, numbered in the order of the text. Each leaves a raised number where
    it stood, or at the end of a paragraph that it begins, and is printed below the text."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self._tags: list[str] = []
        self._blocks = 0
        self._before = self._waiting = ""

    @property
    def is_open(self) -> bool:
        """Whether what is read now belongs to a note."""
        return bool(self._tags)

    def begin(self, tag: str, line: str) -> str:
        """Begin a note after the words of a line; returns the line of the note, which is empty."""
        self._tags, self._before, self._blocks = [tag], line, 0
        return ""

    def enter(self, tag: str, *, block: bool) -> None:
        """An element begins within the note."""
        self._blocks += block
        if tag == self._tags[0]:
            self._tags.append(tag)

    def leave(self, tag: str, *, block: bool) -> bool:
        """An element ends; whether it is the note's own. A block that began before the note ends a
        note that the page forgot to end."""
        if tag == self._tags[0]:
            self._tags.pop()
            return not self._tags
        if block and not self._blocks:
            self._tags = []
        self._blocks -= block
        return False

    def end(self, words: str) -> str:
        """End the note with its words; returns the line of the text that goes on."""
        number = len(self.printed) + 1
        found = _OWN_NUMBER.match(words)
        if found and found[1].translate(_TO_DIGITS) == str(number):
            words = words[found.end() :]
        line = self._before
        if not words.strip():
            return line
        self.printed.append(f"[{number}] {' '.join(words.split())}")
        marker = str(number).translate(RAISED)
        if not rich_text.bare(line).strip():
            self._waiting = f"{self._waiting} {marker}"
            return line
        said = line.rstrip()
        between = " " if said[-1] in _RAISED_DIGITS else ""
        return f"{said}{between}{marker}{' ' if said != line else ''}"

    def with_marker(self, line: str) -> str:
        """A paragraph that ends, with the numbers of the notes with which it began."""
        if not self._waiting or not line.strip():
            return line
        line, self._waiting = f"{line.rstrip()}{self._waiting.lstrip()}", ""
        return line
