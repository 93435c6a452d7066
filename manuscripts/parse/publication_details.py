"""Parses the publication details of a reference: imprint in brackets, address, day of access."""

import re
from dataclasses import dataclass
from datetime import date

from . import months

_MONTH = rf"(?<!\w)(?P<month>{months.ANY})"
_YEAR = r"(?:de )?(?P<year>1[0-9]{3}|20[0-9]{2})"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|er|º|\.)?(?: de)?"
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،", "01234567890123456789,")
_DATES = [
    re.compile(rf"(?:(?:[0-3]?\d\s?[-–/]\s?)?{_DAY}\s+)?{_MONTH},?\s+{_YEAR}\Z", re.I),
    re.compile(rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}\Z", re.I),
    re.compile(rf"(?<![\d/.-])(?P<day>[0-3]?\d)[/.](?P<number>[01]?\d)[/.]{_YEAR}\Z"),
    re.compile(rf"(?<![\d/.-]){_YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)\Z"),
    re.compile(rf"(?<![\d/.–-]){_YEAR}(?:[a-z]|\s?[-–/]\s?(?:[0-9]{{4}}|[0-9]{{1,2}}))?\Z"),
]
_UNDATED = re.compile(r"(?:n\.? ?d\.?|no date|forthcoming|undated)\Z", re.I)
_SEASON = re.compile(r"(?:early |late )?(?:spring|summer|autumn|fall|winter)", re.I)
_BRACKETS = re.compile(r"\(([^()]{1,400})\)")
_PLACE_AND_PUBLISHER = re.compile(r"[^:\d]{2,40}: [^:\d]{2,80}")
_ACCESSED = re.compile(
    r"[(\[]?\s*\b(?:last\s+)?(?:accessed|visited|consulted|viewed)\s*:?\s*(?:on\s+)?(?P<date>[^()\[\];]{4,40}?)\s*[)\]]\s*\.?"
    r"|[(\[]?\s*\b(?:last\s+)?(?:accessed|visited|consulted|viewed)\s*:?\s*(?:on\s+)?"
    r"(?P<bare>\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d|\d{1,2}\s+[A-Za-z]{3,9}\.?,?\s+\d{4}"
    r"|[A-Za-z]{3,9}\.?\s+\d{1,2},\s+\d{4})\.?",
    re.I,
)
_LEADING_DATE = re.compile(
    rf"(?:(?:[0-3]?\d\s?[-–/]\s?)?{_DAY}\s+{_MONTH.replace('?P<month>', '?:')},?\s+"
    rf"|{_MONTH.replace('?P<month>', '?:')}\s+(?:[0-3]?\d(?:st|nd|rd|th)?,\s+)?)?".replace(
        "?P<day>", "?:"
    )
    + r"(?:de )?(?:1[0-9]{3}|20[0-9]{2})(?=[\s.,;:)]|\Z)|[0-3]?\d[/.][01]?\d[/.](?:1[0-9]{3}"
    r"|20[0-9]{2})"
    r"|(?:1[0-9]{3}|20[0-9]{2})-[01]\d-[0-3]\d",
    re.I,
)


@dataclass(frozen=True)
class Imprint:
    """The publication details in the brackets of a reference, and the words around them."""

    before: str
    after: str
    place: str = ""
    publisher: str = ""
    issued: str = ""
    undated: bool = False


def day_in(text: str) -> date | None:
    """The date that a text consists of, day before month, or None."""
    issued, before = dated(text.strip(" ."))
    if len(issued) < 10 or before:
        return None
    return date.fromisoformat(issued)


def dated(text: str) -> tuple[str, str]:
    """The date that a text ends with, as 2001, 2001-03 or 2001-03-05, and the text before it."""
    latin = text.translate(DIGITS)
    for pattern in _DATES:
        found = pattern.search(latin[-60:])
        if found is None:
            continue
        parts = found.groupdict()
        month = parts.get("number") or ""
        if name := parts.get("month"):
            month = str(months.NUMBERS[name.lower().rstrip(".")])
        issued = parts["year"]
        if month:
            issued += f"-{int(month):02d}"
            issued += f"-{int(parts['day']):02d}" if parts.get("day") else ""
            if not _is_date(issued):
                continue
        return issued, text[: max(0, len(text) - 60) + found.start()].rstrip(" ,،;:/–-")
    return "", text


def _is_date(issued: str) -> bool:
    try:
        date.fromisoformat(issued if len(issued) > 7 else f"{issued}-01")
    except ValueError:
        return False
    return True


def imprint(text: str) -> Imprint | None:
    """The last brackets in `text` with a date, “n.d.” or place and publisher, or None."""
    last = None
    for found in _BRACKETS.finditer(text):
        words = found[1].strip()
        issued, rest = dated(words)
        undated = None if issued else _UNDATED.search(words)
        if undated:
            rest = words[: undated.start()].rstrip(" ,")
        if issued or undated or _PLACE_AND_PUBLISHER.fullmatch(words):
            last = (found, issued, rest)
    if last is None:
        return None
    found, issued, rest = last
    place, colon, publisher = rest.partition(":")
    if not colon:
        place, publisher = "", "" if _SEASON.fullmatch(rest) else rest
    return Imprint(
        before=text[: found.start()].strip(),
        after=text[found.end() :].strip(),
        place=place.strip(),
        publisher=publisher.strip(),
        issued=issued,
        undated=not issued,
    )


def without_access(text: str) -> tuple[str, date | None, str]:
    """A text without “(Accessed 17/11/2020)”, the date, and the words if they are no date."""
    matches = list(_ACCESSED.finditer(text))
    if not matches:
        return text, None, ""
    found = matches[-1]
    words = (found["date"] or found["bare"]).strip()
    day = day_in(words)
    rest = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
    return rest, day, "" if day else words


def dates_in(text: str) -> list[tuple[str, int, int]]:
    """The dates in a text, as `dated` has them, with their start and end; spans are left out."""
    found = []
    for match in _LEADING_DATE.finditer(text):
        if match.start() and text[match.start() - 1] not in " (,.;:[":
            continue
        issued, before = dated(match.group())
        if issued and not before:
            found.append((issued, match.start(), match.end()))
    return found
