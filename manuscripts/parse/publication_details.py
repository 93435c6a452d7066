"""Parses the publication details of a reference: imprint in brackets, address, day of access."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
_MONTH += r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_YEAR = r"(?P<year>1[0-9]{3}|20[0-9]{2})"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_DATES = [
    re.compile(rf"(?:{_DAY}\s+)?{_MONTH},?\s+{_YEAR}\Z", re.I),
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
    r"[(\[]?\s*\b(?:last\s+)?accessed\s*:?\s*(?:on\s+)?(?P<date>[^()\[\];]{4,40}?)\s*[)\]]\s*\.?"
    r"|[(\[]?\s*\b(?:last\s+)?accessed\s*:?\s*(?:on\s+)?(?P<bare>\d{1,2}[/.]\d{1,2}[/.]\d{4})\.?",
    re.I,
)
_URL = re.compile(
    r"(?P<lead>(?:(?:also\s+)?available\s+(?:online\s+)?(?:at|from|via|on|online)|retrieved\s+from"
    r"|online\s+at|online|url)\s*:?\s*)?<?(?P<url>https?://[^\s<>\"“”]+|www\.[^\s<>\"“”]+)>?",
    re.I,
)
_DOMAIN = re.compile(
    r"available\s+(?:at|from)\s*:?\s*(?P<url>[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^\s<>\"“”]*)", re.I
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
    for pattern in _DATES:
        found = pattern.search(text[-60:])
        if found is None:
            continue
        parts = found.groupdict()
        month = parts.get("number") or ""
        if name := parts.get("month"):
            month = str(
                1 + next(i for i, m in enumerate(_MONTHS) if m.startswith(name.lower()[:3]))
            )
        issued = parts["year"]
        if month:
            issued += f"-{int(month):02d}"
            issued += f"-{int(parts['day']):02d}" if parts.get("day") else ""
            if not _is_date(issued):
                continue
        return issued, text[: max(0, len(text) - 60) + found.start()].rstrip(" ,;:/–-")
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


def without_address(text: str) -> tuple[str, str, bool]:
    """A text without “Available at: …”, the address, and whether it had a scheme in the print."""
    found = _URL.search(text) or _DOMAIN.search(text)
    if found is None:
        return text, "", True
    url = found["url"]
    kept = url.rstrip(".,;:”\"’'>]")
    while kept.endswith(")") and kept.count("(") < kept.count(")"):
        kept = kept[:-1].rstrip(".,;")
    after = text[found.start("url") + len(kept) :].lstrip(">").strip(" .,;")
    if not after.strip(")]"):
        after = ""
    before = text[: found.start()].rstrip(" (<[")
    schemed = kept.lower().startswith("http")
    return f"{before} {after}".strip(), kept if schemed else f"http://{kept}", schemed
