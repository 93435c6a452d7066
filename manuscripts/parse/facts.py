"""Parses the facts printed under an article: years, lists of terms, organisations, impact."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from organisations.credited_names import is_body

from .manuscript import Line
from .publication_details import dated

_ONGOING = re.compile(
    r"\(?(?:present|ongoing|current(?:ly)?|today|now|to date|continuing)\)?", re.I
)
_YEAR = re.compile(
    r"(?P<about>c(?:irc)?a?\.? ?|around |about )?(?P<n>\d{1,4})(?P<era> ?BCE?\b)?", re.I
)
_SPAN = re.compile(r"\s*(?:[-–—]|\bto\b|\buntil\b)\s*", re.I)
_SEPARATOR = re.compile(r"\s*(?:,\s*and\b|,\s*&|[,;/]|\band\b|&)\s*", re.I)
_GOVERNMENTS = re.compile(r"(?:the )?governments of (?:the )?(?=\S)", re.I)
_COMMON_PREFIXES = ("local ", "regional ", "various ", "other ", "neighbouring ")
_IN_BRACKETS = re.compile(r"\((?P<date>[^()]{4,30})\)\s*\Z")
_ADDRESS = re.compile(r"\bhttps?://\S+\Z")
_IMPACT = re.compile(
    r"(?P<word>lasting|limited|contested|fail(?:ed|ure)|too (?:early|soon)(?: to (?:say|tell))?)\b"
    r"[\s.:;,–—-]*(?P<note>.*)\Z",
    re.I | re.S,
)


@dataclass(frozen=True)
class Years:
    """The years of an initiative; `unread` has the lines that could not be parsed as years."""

    start: int | None = None
    end: int | None = None
    ongoing: bool = False
    unread: tuple[Line, ...] = ()


def years(facts: dict[str, list[Line]]) -> Years:
    """Start, end and whether it is ongoing. “1997.” under Year(s) is both; “present” is no end."""
    unread: list[Line] = []
    start, start_end, ongoing = _span(facts.get("start_year", []), unread)
    end_start, end, still = _span(facts.get("end_year", []), unread)
    end = end if end is not None else end_start
    both = facts.get("years", [])
    if both and start is None and end is None:
        start, end, ongoing = _span(both, unread)
        end = start if end is None and not ongoing else end
    elif both:
        unread += both
    end = end if end is not None else start_end
    ongoing = ongoing or still
    if ongoing and end is not None:
        unread += facts.get("end_year", [])
        end = None
    if start is not None and end is not None and end < start:
        unread += facts.get("end_year", []) or both
        end = None
    return Years(start, end, ongoing, tuple(unread))


def _span(lines: list[Line], unread: list[Line]) -> tuple[int | None, int | None, bool]:
    """The two ends of a span of years, or one year; whether it reaches the present."""
    found: tuple[int | None, int | None, bool] = (None, None, False)
    for line in lines:
        ends = [part.strip(" .,;") for part in _SPAN.split(line.text.strip(" .,;"), maxsplit=1)]
        years = [_year(part) for part in ends]
        ongoing = bool(_ONGOING.fullmatch(ends[-1]))
        known = all(y is not None for y in (years[:-1] if ongoing else years))
        if found != (None, None, False) or not known:
            unread.append(line)
        elif ongoing:
            found = (years[0], None, True)
        else:
            found = (years[0], years[1] if len(years) > 1 else None, False)
    return found


def _year(text: str) -> int | None:
    found = _YEAR.fullmatch(text)
    if found is None:
        return None
    year = 1 - int(found["n"]) if found["era"] else int(found["n"])
    return year if -3000 <= year <= 2200 else None


def pieces(text: str) -> list[tuple[int, int]]:
    """Start and end of each piece between commas, semicolons, slashes and “and”."""
    spans, start = [], 0
    for found in _SEPARATOR.finditer(text):
        spans.append((start, found.start()))
        start = found.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip(" .")]


def impact(lines: list[Line]) -> tuple[str, str, list[Line]]:
    """The impact (a slug of `CaseContent.Impact` or ""), its note, and lines that are neither."""
    text = " ".join(line.text for line in lines).strip()
    found = _IMPACT.match(text)
    if found is None:
        return "", "", [line for line in lines if line.text]
    word = found["word"].lower()
    slug = "failed" if word.startswith("fail") else "too-early" if word.startswith("too") else word
    if len(found["note"]) > 500:
        return slug, "", lines
    return slug, found["note"].strip(), []


def agreements(lines: list[Line]) -> tuple[list[dict[str, str]], list[Line]]:
    """The agreements of a list, one per line or between semicolons, by title, date (ISO 8601, as
    much of it as is printed in brackets at the end) and address; and lines that are none."""
    found: list[dict[str, str]] = []
    unread: list[Line] = []
    for line in lines:
        for piece in filter(None, (part.strip(" .") for part in line.text.split(";"))):
            words, address = _without_address(piece)
            printed = _IN_BRACKETS.search(words)
            date, besides = dated(printed["date"]) if printed else ("", "")
            if printed and date and not besides:
                words = words[: printed.start()]
            else:
                date = ""
            title = words.strip(" ,.")
            if not 0 < len(title) <= 300 or len(address) > 500:
                unread.append(Line(line.number, piece))
            elif (title, date) not in ((a["title"], a["date"]) for a in found):
                found.append({"title": title, "date": date, "address": address})
    return found, unread


_DATED_LINE = re.compile(r"(?P<date>[^:–—]{4,30}?)\s*(?::|\s[–—-]\s)\s*(?P<line>\S.*)\Z")


def events(lines: list[Line]) -> tuple[list[dict[str, str]], list[Line]]:
    """The dated lines of a chronology, “27 June 1997: what happened”, by date (ISO 8601, as much of
    it as is printed); and lines that are none."""
    found: list[dict[str, str]] = []
    unread: list[Line] = []
    for line in lines:
        parts = _DATED_LINE.match(line.text)
        date, besides = dated(parts["date"]) if parts else ("", "")
        if parts is None or not date or besides or len(parts["line"]) > 300:
            unread.append(line)
        elif (event := {"date": date, "line": parts["line"]}) not in found:
            found.append(event)
    return found, unread


def _without_address(text: str) -> tuple[str, str]:
    found = _ADDRESS.search(text)
    return (text[: found.start()], found.group().strip()) if found else (text, "")


def unwrapped(lines: list[Line]) -> list[Line]:
    """The lines of a wrapped list joined into one; a list with one name per line as it is."""
    if any(line.text.endswith(",") or "," in line.text for line in lines[:-1]):
        return [Line(lines[0].number, " ".join(line.text for line in lines))]
    return lines


def organisation_names(
    text: str, is_country: Callable[[str], bool] = lambda name: False
) -> list[str]:
    """The names of a list of organisations, without a leading “the”.

    “The governments of A and B” become “Government of A” and “Government of B”; anything else stays
    as written, and an “and” divides two names only where the second begins with “the”.
    """
    names: list[str] = []
    governments: list[str] = []  # of “the governments of A, B and C”, while the list goes on
    for piece in _list_pieces(text):
        closing = bool(re.match(r"(?:and|&)\s", piece, re.I))
        piece = re.sub(r"\A(?:and|&)\s+", "", piece, flags=re.I)
        if governments:
            parts = _countries_of(piece)
            if parts and all(_may_be_place(part) or is_country(part) for part in parts):
                names += [f"Government of {part}" for part in parts]
                governments = [] if closing or len(parts) > 1 else [piece]
                continue
            governments = []
        if found := _GOVERNMENTS.match(piece):
            article = "the " if found.group().lower().endswith("of the ") else ""
            places = _countries_of(article + piece[found.end() :])
            names += [f"Government of {place}" for place in places]
            governments = places if len(places) == 1 else []
        else:
            names += [_clean_name(part) for part in _two_names(piece)]
    return list(dict.fromkeys(name for name in names if re.search(r"\w", name)))


def _list_pieces(text: str) -> list[str]:
    """The pieces between commas and semicolons outside brackets."""
    parts, start, depth = [], 0, 0
    for at, c in enumerate(text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth = max(0, depth - 1)
        elif c in ",;" and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    governments = r"\s+(?:and|&)\s+(?=the governments of\b)"
    parts = [half for part in parts for half in re.split(governments, part, flags=re.I)]
    return [part.strip() for part in parts if part.strip(" .")]


def _two_names(piece: str) -> list[str]:
    """“The UN and the OSCE” are two; “Security and Cooperation in Europe” is part of one."""
    parts = re.split(r"\s+(?:and|&)\s+(?=the\s+\S)", piece)
    first, _, last = piece.partition(" and ")
    if len(parts) > 1 or not last:
        return parts
    acronym = last.strip(" .").isupper() and " " not in last.strip(" .")
    if acronym and (first.isupper() or is_body(first)):
        return [first, last]
    return [first, last] if last.lower().startswith(_COMMON_PREFIXES) else parts


def _countries_of(text: str) -> list[str]:
    """The countries in “A and B”, but not split within names such as Bosnia and Herzegovina."""
    parts = re.split(r"\s+(?:and|&)\s+(?!Herzegovina|Tobago|Nevis|Barbuda|Caicos|Grenadines)", text)
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _may_be_place(text: str) -> bool:
    words = text.split()
    if words[0].lower() == "the":
        words = words[1:]
    if not words or len(words) > 5 or not words[0][0].isupper():
        return False
    acronym = len(words) == 1 and words[0].isupper()
    if acronym:
        return words[0].strip(".").replace(".", "") in (
            "UK",
            "US",
            "USA",
            "DRC",
            "USSR",
            "UAE",
            "CAR",
        )
    return text.startswith("the United ") or not is_body(" ".join(words)) or words[0] == "United"


def _clean_name(text: str) -> str:
    text = re.sub(r"\Athe\s+", "", text.strip(), flags=re.I)
    return text if re.search(r"\b[A-Z]\.[A-Z]\.\Z", text) else text.rstrip(" .")
