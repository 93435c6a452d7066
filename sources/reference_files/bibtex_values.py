"""The values of fields in BibTeX: texts in braces or quotation marks, numbers, abbreviations, and
these joined with “#”."""

import re
from typing import NoReturn

from django.utils.translation import gettext as _

from .clean_values import shortened
from .dates import MONTHS
from .references import LARGEST_FILE, LONGEST_LINE, NotReadable

_SIGN = re.compile(r"\\.|[{}\"]", re.S)
_WORD = re.compile(r"[^\s#{}\",]+")
_BLANKS = re.compile(r"\s*")
_MONTH_WORD = re.compile(r"[a-zA-Z]{3,9}\.?|[0-9]{1,2}[-/][0-9]{1,2}")


class Abbreviations:
    """The @string of a file and the months, by their small names."""

    def __init__(self) -> None:
        self._known = {month: month for month in MONTHS}
        self._grown = 0

    def define(self, name: str, value: str, line: int) -> None:
        """A later definition counts from its line on."""
        self._known[name.lower()] = self.value(value, line)

    def value(self, value: str, line: int, *, months: bool = False) -> str:
        """What a field says, in LaTeX; `months` allows their names without quotation marks. Raises
        NotReadable."""
        if value[:1] == "{" and _end(value, 0) == len(value):
            return value[1:-1]
        said, place = [], 0
        while True:
            place = _after_blanks(value, place)
            text, place = self._one(value, place, line, months)
            said.append(text)
            place = _after_blanks(value, place)
            if place == len(value):
                return self._joined(said, line)
            if value[place] != "#":
                _cannot(value[place:], line)
            place += 1

    def _one(self, value: str, place: int, line: int, months: bool) -> tuple[str, int]:
        if value[place : place + 1] in ("{", '"') and value[place:]:
            end = _end(value, place)
            if end < 0:
                _cannot(value[place:], line)
            return value[place + 1 : end - 1], end
        word = _WORD.match(value, place)
        if not word:
            if not value:
                return "", 0
            _cannot(value[place:], line)
        known = word[0].lower()
        if known in self._known:
            self._grown += len(self._known[known])
            return self._known[known], word.end()
        if word[0].isdigit() or (months and _MONTH_WORD.fullmatch(word[0])):
            return word[0], word.end()
        reason = _(
            "“%s” is no abbreviation of this file: put the text into braces, or add @string."
        )
        raise NotReadable(reason % shortened(word[0], 40), line)

    def _joined(self, said: list[str], line: int) -> str:
        """Abbreviations of abbreviations may double with each line; a file is no longer for it."""
        if sum(map(len, said)) > LONGEST_LINE or self._grown > LARGEST_FILE:
            raise NotReadable(_("The abbreviations here grow to too long a text."), line)
        return "".join(said)


def _after_blanks(value: str, place: int) -> int:
    blanks = _BLANKS.match(value, place)
    return blanks.end() if blanks else place


def _cannot(rest: str, line: int) -> NoReturn:
    reason = _("“%s” cannot be read: a value stands in braces or quotation marks.")
    raise NotReadable(reason % shortened(rest, 40), line)


def _end(value: str, place: int) -> int:
    """The place after the brace or quotation mark that closes the one at that place; -1 where none
    does."""
    depth, quoted = 0, value[place] == '"'
    for sign in _SIGN.finditer(value, place + 1 if quoted else place):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth -= 1
            if depth == 0 and not quoted:
                return sign.end()
        elif sign[0] == '"' and quoted and depth == 0:
            return sign.end()
    return -1
