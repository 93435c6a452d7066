"""The dates of a reference in RIS: PY, DA, Y1, Y2, OP."""

import re
from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from .dates import dated, read_date
from .reading import Reading

_PARTS = re.compile(r"([0-9]{4})?/([0-9]{1,2})?/([0-9]{1,2})?(?:/(.*))?")
_NO_YEAR = re.compile(r"[^0-9]*(?:[0-9]{1,2})?[^0-9]*")


class Lines(Protocol):
    """What gives lines of a tag."""

    def taken(self, *tags: str) -> Sequence[tuple[str, str, int]]:
        """The lines with these tags."""


def take_dates(lines: Lines, reading: Reading) -> None:
    """Takes the dates of a record: DA where it says a date, else the year."""
    years = lines.taken("PY", "Y1", "YR")
    for tag, value, line in lines.taken("DA"):
        if years and _NO_YEAR.fullmatch(value):  # a day and month, as EndNote has it
            whole = f"{value} {years[0][1].strip(' /')}"
            value = whole if read_date(whole)[0] else value
        _take(reading, "issued", value, line, tag)
    for tag, value, line in years:
        if "issued" not in reading.item:
            _take(reading, "issued", value, line, tag)
    for tag, value, line in lines.taken("Y2", "RD"):
        _take(reading, "accessed", value, line, tag)
    for tag, value, line in lines.taken("OP"):
        _take(reading, "original-date", value, line, tag)


def _take(reading: Reading, name: str, value: str, line: int, tag: str) -> None:
    """A date of RIS is YYYY/MM/DD/other; the other is EDTF in our files, a season or an hour in
    others."""
    found = _PARTS.fullmatch(value)
    if not found or name == "original-date":
        reading.date(name, value, line, tag)
        return
    other = (found[4] or "").strip("/ ")
    whole, rest = read_date(other) if other else ({}, "")
    if whole and not rest:
        reading.date_read(name, whole, line, tag)
        return
    numbers = [int(part or 0) for part in found.groups()[:3]]
    while numbers and not numbers[-1]:
        numbers.pop()
    date = dated(numbers) if all(numbers) else {}
    reading.date_read(name, date, line, tag)
    if date and other:
        reading.leave(line, tag, other)
    elif not date and (numbers or other):
        reading.leave(line, tag, value, _("there is no such date"))
