"""Parses the facts printed under an article: lists of terms, impact, agreements, chronology."""

import re

from .manuscript import Line
from .publication_details import dated

_SEPARATOR = re.compile(r"\s*(?:,\s*and\b|,\s*&|[,;/]|\band\b|&)\s*", re.I)
_IN_BRACKETS = re.compile(r"\((?P<date>[^()]{4,30})\)\s*\Z")
_ADDRESS = re.compile(r"\bhttps?://\S+\Z")
_IMPACT = re.compile(
    r"(?:(?:it|this|they|the (?:initiative|mission|mediation|talks|agreement))\s+(?:(?:was|were"
    r"|has|have)\s+)?"
    r"(?:been\s+)?|(?:the )?impact (?:of [^.]{1,80} )?(?:was|is|has been|proved|remains?)(?: to "
    r"be)?\s+)?(?P<word>lasting|limited|contested|fail(?:ed|ure)|too (?:early|soon)(?: to "
    r"(?:say|tell))?)\b"
    r"[\s.:;,–—-]*(?P<note>.*)\Z",
    re.I | re.S,
)


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
