"""Dates of CSL items, written as EDTF and read from EDTF and from what people write.

EDTF (ISO 8601-2) counts years as astronomers do, with a year 0: 44 BC, -44 in an item, is -0043.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .clean_values import clean

Parts = list[int]  # year, month, day, as far as known

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # BibTeX's macros, too
_LONG_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{name: number for number, name in enumerate(_LONG_MONTHS, 1)},
    "sept": 9,
}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_EDTF = re.compile(r"(-?[0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?([~?%]?)")
_SLASHED = re.compile(r"([0-9]{4})/(?:([0-9]{1,2})(?:/([0-9]{1,2})?)?)?/*")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_TIME = re.compile(r"(?<=[0-9])[T ][0-9]{1,2}:[0-9]{2}[0-9:.]*(?:Z| ?[+-][0-9:]{2,6})?$")
_ABOUT = re.compile(r"(?:circa|about|ca?\.?)\s*(?=[0-9])", re.I)
_YEARS = re.compile(r"([0-9]{4})\s*(?:[-\u2010-\u2015/]|--)\s*([0-9]{4})")
_BC = re.compile(r"([0-9]{1,4}) ?B\.? ?C\.?(?: ?E\.?)?", re.I)
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_BETWEEN_WORDS = re.compile(r"[\s,.\-/]*(?:(?:st|nd|rd|th)(?![^\W\d_]))?[\s,.\-/]*", re.I)


def valid(parts: Sequence[int]) -> Parts:
    """The year, month and day where there is such a date; nothing otherwise. A year that the
    Julian calendar counted as a leap year has a 29 February."""
    if not 1 <= len(parts) <= 3 or not 0 < abs(parts[0]) <= 9999:
        return []
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return []
    if len(parts) > 2:
        year = parts[0] if parts[0] > 0 else parts[0] + 1
        leap = year % 4 == 0 and (year < 1583 or year % 100 != 0 or year % 400 == 0)
        last = 28 if parts[1] == 2 and not leap else _DAYS[parts[1] - 1]
        if not 1 <= parts[2] <= last:
            return []
    return list(parts)


def parts_of(date: Mapping[str, Any] | None) -> list[Parts]:
    """The one or two valid dates of a CSL date."""
    found = []
    for parts in ((date or {}).get("date-parts") or [])[:2]:
        try:
            found.append(valid([int(part) for part in parts]))
        except (TypeError, ValueError):
            continue
    return [parts for parts in found if parts]


def dated(*parts: Parts, circa: bool = False) -> dict[str, Any]:
    """A CSL date of one day, month or year, or from the first to the second; empty where there is
    no such date, or the second is before the first."""
    known = [valid(part) for part in parts]
    if not all(known) or not known or len(known) > 2:
        return {}
    if len(known) == 2 and known[1] < known[0][: len(known[1])]:
        return {}
    return {"date-parts": known} | ({"circa": True} if circa else {})


def edtf(date: Mapping[str, Any] | None) -> str:
    """A CSL date as EDTF: 1998-03-05, 1998/2001, 1920~, -0043."""
    circa = "~" if (date or {}).get("circa") else ""
    return "/".join(_one_edtf(parts) + circa for parts in parts_of(date))


def _one_edtf(parts: Parts) -> str:
    year = parts[0] if parts[0] > 0 else parts[0] + 1
    signed = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    return "-".join([signed, *(f"{part:02d}" for part in parts[1:])])


def is_plain(date: Mapping[str, Any] | None) -> bool:
    """Whether a date is one that needs no EDTF: from the year 1000 on, neither range nor circa."""
    parts = parts_of(date)
    return len(parts) == 1 and parts[0][0] >= 1000 and not (date or {}).get("circa")


def read_date(text: str) -> tuple[dict[str, Any], str]:
    """The CSL date that a text says, and what of the text was not taken; empty where it says
    none. Reads EDTF and ISO 8601, 2001/03/05, 5.3.2001, “5 March 2001”, “March 5, 2001”, “c. 1920”,
    “44 BC”, “1998–2001”."""
    words = _TIME.sub("", clean(text)).strip("[]() .")
    if exact := _read_edtf(words):
        date, remark = exact
        return date, f"{clean(text)} ({remark})" if remark else ""
    about = _ABOUT.match(words)
    words = words[about.end() :] if about else words
    date = {}
    if found := _SLASHED.fullmatch(words):
        date = dated([int(part) for part in found.groups() if part and int(part)])
    elif found := _DOTTED.fullmatch(words):
        date = dated([int(part) for part in reversed(found.groups())])
    elif found := _YEARS.fullmatch(words):
        date = dated([int(found[1])], [int(found[2])])
    elif found := _BC.fullmatch(words):
        date = dated([-int(found[1])])
    else:
        date = _read_words(words)
    if date and about:
        date["circa"] = True
    return (date, "") if date else ({}, clean(text))


def _read_edtf(words: str) -> tuple[dict[str, Any], str] | None:
    """The date, and what EDTF says of it that we do not keep."""
    first, slash, second = words.partition("/")
    if not (found := _EDTF.fullmatch(first)):
        return None
    ends = [found]
    remark = ""
    if slash and (last := _EDTF.fullmatch(second)):
        ends.append(last)
    elif slash and second in ("", ".."):
        remark = _("open at its end")
    elif slash:
        return None
    signs = "".join(end[4] for end in ends)
    remark = _("uncertain") if "?" in signs or "%" in signs else remark
    parts = []
    for end in ends:
        numbers = [int(part) for part in end.groups()[:3] if part]
        numbers[0] = numbers[0] if numbers[0] > 0 else numbers[0] - 1
        if len(numbers) > 1 and 21 <= numbers[1] <= 24:
            numbers, remark = numbers[:1], _("season")
        parts.append(numbers)
    date = dated(*parts, circa="~" in signs or "%" in signs)
    return (date, remark) if date else None


def _read_words(words: str) -> dict[str, Any]:
    """A date of a month's name, a year of four digits and perhaps a day, in any order; or the year
    alone."""
    if len(words) > 40 or _BETWEEN_WORDS.sub("", _WORD.sub("", words)):
        return {}
    year = month = day = 0
    for word in _WORD.findall(words):
        if word.isascii() and word.isdigit():
            if len(word) == 4 and not year:
                year = int(word)
            elif len(word) <= 2 and not day:
                day = int(word)
            else:
                return {}
        elif word.casefold() in _MONTH_NUMBERS and not month:
            month = _MONTH_NUMBERS[word.casefold()]
        elif word.casefold() not in ("st", "nd", "rd", "th") or not day:
            return {}
    if day and not month:
        return {}
    return dated([part for part in (year, month, day) if part]) if year else {}
