"""Dates of sources, as much of them as is known: as editors write them, and as CSL-JSON has them.

A date is a year, a month or a day: 2001, 2001-03, 2001-03-05. Two of them make a range, 1998/2001
(ISO 8601); “c. ” before says about; “ BC” after a year is before the common era.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .plain_text import plain

LONGEST = 40
_ONE = re.compile(
    r"(?P<minus>-?)(?P<year>[0-9]{1,4})(?:[-/](?P<month>[0-9]{1,2})(?:[-/](?P<day>[0-9]{1,2}))?)?"
    r"(?P<bc>\s*(?:BC|BCE))?",
    re.I,
)
_ABOUT = re.compile(
    r"(?:circa\s*|ca?\.\s*|about\s+|around\s+|~\s*)|\s*(?:~|\?~|\bca?\.|circa)\Z", re.I
)
_YEARS = re.compile(r"([0-9]{4})\s*[-–—]\s*([0-9]{4})(\s*BCE?)?", re.I)


class NotADate(ValueError):
    """Words that are no date; the message says so in a sentence."""


def read_date(text: str) -> dict[str, Any]:
    """The date that an editor writes, as CSL-JSON has dates; {} for none. Raises NotADate."""
    words = plain(text)
    if not words:
        return {}
    about = _ABOUT.search(words)
    words = _ABOUT.sub("", words, count=1) if about else words
    if years := _YEARS.fullmatch(words):
        words = f"{years[1]}{years[3] or ''}/{years[2]}{years[3] or ''}"
    parts = [_parts(words)] if _ONE.fullmatch(words) else [_parts(w) for w in words.split("/")]
    if len(parts) > 2 or (len(parts) == 2 and _order(parts[0]) > _order(parts[1])):
        raise NotADate(_not_a_date(text))
    return {"date-parts": parts} | ({"circa": True} if about else {})


def date_text(value: Any) -> str:
    """A date of CSL-JSON as editors write it; "" for none. Raises NotADate."""
    if not value:
        return ""
    if not isinstance(value, Mapping):
        raise NotADate(_not_a_date(value))
    parts = value.get("date-parts") or []
    typed = plain(value.get("raw") or value.get("literal") or "")
    if not parts and typed:
        return date_text(read_date(typed) | _circa(value))
    try:
        found = [[int(number) for number in part] for part in parts if part]
    except (TypeError, ValueError) as error:
        raise NotADate(_not_a_date(value)) from error
    text = "/".join(_written(part) for part in found[:2])
    if found and read_date(text).get("date-parts") != found[:2]:
        raise NotADate(_not_a_date(value))
    return f"c. {text}" if text and value.get("circa") else text


def validate_date(text: str) -> None:
    """Raises ValidationError for words that are no date."""
    try:
        read_date(text)
    except NotADate as error:
        raise ValidationError(str(error)) from error


def normalised(text: str) -> str:
    """The date as editors write it, the one way: “circa 1920” is “c. 1920”, “1998–2001” is
    “1998/2001”. Words that are no date stay."""
    try:
        return date_text(read_date(text))
    except NotADate:
        return text


def years_text(value: Any) -> str:
    """The year or years of a date of CSL-JSON as notes print them: “1998-2001”, “c. 1920”,
    “44 BC”; its literal words where it has no numbers."""
    if not isinstance(value, Mapping):
        return ""
    years = []
    for part in value.get("date-parts") or []:
        try:
            years.append(int(part[0]))
        except (TypeError, ValueError, IndexError):
            continue
    if years and all(year < 0 for year in years):
        text = "-".join(dict.fromkeys(str(-year) for year in years[:2])) + " BC"
    else:
        text = "-".join(dict.fromkeys(f"{-y} BC" if y < 0 else str(y) for y in years[:2]))
    text = text or plain(value.get("literal") or value.get("raw") or "")
    return f"c. {text}" if text and value.get("circa") else text


def years_of(value: Any) -> list[int]:
    """The year or years of a date of CSL-JSON; none where it has no numbers."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    firsts = [part[0] for part in parts or [] if part]
    return [int(year) for year in firsts if str(year).lstrip("-").isdecimal()]


def _circa(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"circa": True} if value.get("circa") else {}


def _not_a_date(text: Any) -> str:
    message = _(
        "“%s” is no date. A date is a year, a month or a day (2001, 2001-03, 2001-03-05), two of "
        "them with a stroke between (1998/2001), or about such a year (c. 1920, 44 BC)."
    )
    return message % plain(text)[:80]


def _parts(words: str) -> list[int]:
    """Year, month and day, as far as given. Raises NotADate."""
    found = _ONE.fullmatch(words.strip())
    if found is None or (found["minus"] and found["bc"]):
        raise NotADate(_not_a_date(words))
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    before = bool(found["minus"] or found["bc"])
    try:
        date(year if year >= 1 and not before else 2000, month or 1, day or 1)
    except ValueError as error:
        raise NotADate(_not_a_date(words)) from error
    if not year or (found["month"] and not month) or (found["day"] and not day):
        raise NotADate(_not_a_date(words))
    return [-year if before else year, *filter(None, (month, day))]


def _order(parts: list[int]) -> tuple[int, ...]:
    """By which dates are put in order; a year begins before its months."""
    return (*parts, *(0 for _missing in range(3 - len(parts))))


def _written(parts: list[int]) -> str:
    year, *rest = parts
    if year < 0:
        return "-".join([str(-year), *(f"{part:02d}" for part in rest)]) + " BC"
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])
