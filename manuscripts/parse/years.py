"""Parses the years of an initiative, as numbers, spans, or in a sentence."""

import re
from dataclasses import dataclass

from .manuscript import Line

_ONGOING = re.compile(
    r"\(?(?:(?:to |until )?(?:the )?present(?: day)?|(?:still )?ongoing|current(?:ly)?|today"
    r"|now|to date"
    r"|continuing)\)?",
    re.I,
)
_YEAR = re.compile(
    r"(?P<about>c(?:irc)?a?\.? ?|around |about )?(?P<n>\d{1,4})(?P<era> ?BCE?\b)?(?: ?(?:CE|AD))?",
    re.I,
)
_WITH_MONTH = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?:(?:early|mid|late|spring|summer|autumn|winter)[ -])?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?,? )?(?P<n>\d{4})",
    re.I,
)
_DECADE = re.compile(r"(?:in )?(?:the )?(?:(?P<part>early|mid|late)[ -])?(?P<n>\d{3}0)’?'?s", re.I)
_EITHER = re.compile(r"(?P<n>[12]\d{3})\s?/\s?(?P<m>\d{4}|\d{1,2})")
_SPAN = re.compile(
    r"\s*(?:(?<!mid)(?<!early)(?<!late)[-–—]|\bto\b|\buntil\b|\band\b)\s*(?=\S)", re.I
)
_IN_PROSE = re.compile(r"(?<![\d/])(?:1[5-9]|20)\d\d(?![\d/]|s\b|’s\b)")
_STILL = re.compile(
    r"\b(?:still|ongoing|to this day|continues?|to the present|until today|so far)\b", re.I
)


@dataclass(frozen=True)
class Years:
    """The years of an initiative; `unread` has the lines that could not be parsed as years,
    `doubts` lines and sentences about those that were, but not surely."""

    start: int | None = None
    end: int | None = None
    ongoing: bool = False
    unread: tuple[Line, ...] = ()
    doubts: tuple[tuple[str, Line, str], ...] = ()


@dataclass
class _Span:
    start: int | None = None
    end: int | None = None
    ongoing: bool = False

    @property
    def is_blank(self) -> bool:
        return self == _Span()


def years(facts: dict[str, list[Line]]) -> Years:
    """Start, end and whether it is ongoing. “1997.” under Year(s) is both; “present” is no end.

    Where two lines contradict each other, what its own label says counts, and a doubt names both.
    """
    unread: list[Line] = []
    doubts: list[tuple[str, Line, str]] = []
    first, last = (
        _span(facts.get(name, []), unread, doubts) for name in ("start_year", "end_year")
    )
    both = _span(facts.get("years", []), unread, doubts)
    if not both.is_blank and first.is_blank and last.is_blank:
        end = both.end if both.end is not None or both.ongoing else both.start
        return _ordered(both.start, end, both.ongoing, facts["years"], unread, doubts)
    end = last.end if last.end is not None else last.start
    ongoing = last.ongoing or (first.ongoing and end is None)
    lines = [*facts.get("end_year", []), *facts.get("start_year", [])]
    doubts += _contradiction(first, end, ongoing, lines)
    if not ongoing:
        end = end if end is not None else first.end
    if not both.is_blank and both.start not in (first.start, None):
        text = (
            f"“Year(s)” begins in {both.start}, “Start Year” in {first.start}; the latter was "
            f"taken."
        )
        doubts.append(("years-contradict", facts["years"][0], text))
    return _ordered(first.start, end, ongoing, lines, unread, doubts)


def _contradiction(
    first: _Span, end: int | None, ongoing: bool, lines: list[Line]
) -> list[tuple[str, Line, str]]:
    """The doubt about a start year that says another end than the end year."""
    says = ""
    if first.end is not None and (ongoing or end not in (None, first.end)):
        says = f"it ended in {first.end}"
    elif first.ongoing and end is not None:
        says = "it is ongoing"
    other = "it is ongoing" if ongoing else f"it ended in {end}"
    text = f"The start year says that {says}, the end year that {other}; the latter was taken."
    return [("years-contradict", lines[0], text)] if says else []


def _ordered(
    start: int | None,
    end: int | None,
    ongoing: bool,
    lines: list[Line],
    unread: list[Line],
    doubts: list[tuple[str, Line, str]],
) -> Years:
    """The years, without an end that is before the start."""
    if ongoing:
        end = None
    if start is not None and end is not None and end < start:
        text = f"The end ({end}) is before the start ({start}); the end was left blank."
        doubts.append(("years-contradict", lines[0], text))
        unread.append(lines[0])
        end = None
    return Years(start, end, ongoing, tuple(unread), tuple(doubts))


def _span(lines: list[Line], unread: list[Line], doubts: list[tuple[str, Line, str]]) -> _Span:
    """The two ends of a span of years, or one year; whether it reaches the present."""
    found = _Span()
    for line in lines:
        read = _plain_span(line.text)
        if read is None and (read := _span_in_prose(line.text)):
            text = f"Taken from a sentence: {_said(read)}."
            doubts.append(("fact-from-prose", line, text))
        if read is None or not found.is_blank:
            unread.append(line)
            if read is None and (either := _EITHER.fullmatch(line.text.strip(" .,;"))):
                first, last = int(either["n"]), int(either["n"][: -len(either["m"])] + either["m"])
                text = f"“{line.text}” is no one year; is it {first}, or {last}?"
                doubts.append(("year-proposed", line, text))
            elif read is None and (decade := _DECADE.fullmatch(line.text.strip(" .,;"))):
                first, last = _years_of(decade)
                text = f"“{line.text}” is no one year; is it {first}, or {last}?"
                doubts.append(("year-proposed", line, text))
        else:
            found = read
    return found


def _years_of(decade: re.Match[str]) -> tuple[int, int]:
    """The first and the last year that “the late 1990s” may mean."""
    first, last = {"early": (0, 4), "mid": (3, 6), "late": (5, 9)}.get(
        (decade["part"] or "").lower(), (0, 9)
    )
    return int(decade["n"]) + first, int(decade["n"]) + last


def _said(span: _Span) -> str:
    end = "present" if span.ongoing else span.end
    return f"{span.start}" if end is None else f"{span.start} to {end}"


def _plain_span(text: str) -> _Span | None:
    ends = [part.strip(" .,;") for part in _SPAN.split(text.strip(" .,;"), maxsplit=1)]
    if len(ends) == 2 and ends[0].casefold() in ("from", "between", "since", ""):
        ends = ends[1:]
    ends[0] = re.sub(r"\A(?:from|between|since|in)\s+", "", ends[0], flags=re.I)
    since = bool(re.match(r"\s*since\s", text, re.I))
    years = [_year(part) for part in ends]
    ongoing = bool(_ONGOING.fullmatch(ends[-1]))
    if any(year is None for year in (years[:-1] if ongoing else years)):
        return None
    if ongoing:
        return _Span(years[0] if len(years) > 1 else None, None, True)
    if since and len(years) == 1:
        return _Span(years[0], None, True)
    return _Span(years[0], _lengthened(years, ends) if len(years) > 1 else None, False)


def _lengthened(years: list[int | None], ends: list[str]) -> int | None:
    """The second of two years, with the century of the first where it is left out: 1991-99."""
    start, end = years[0], years[1]
    if start is not None and end is not None and start >= 1000 and re.fullmatch(r"\d\d", ends[1]):
        return start - start % 100 + end
    return end


def _span_in_prose(text: str) -> _Span | None:
    """The years of a sentence that names one or two: “It began in 1991 and ended in 1999”."""
    if len(text.split()) < 3:
        return None
    years = [int(year) for year in _IN_PROSE.findall(text)]
    if _STILL.search(text) and len(years) == 1:
        return _Span(years[0], None, True)
    if len(years) == 1 or (len(years) == 2 and years[0] <= years[1]):
        return _Span(years[0], years[1] if len(years) > 1 else None, False)
    return None


def _year(text: str) -> int | None:
    found = _YEAR.fullmatch(text) or _WITH_MONTH.fullmatch(text)
    if found is None:
        return None
    era = found.groupdict().get("era")
    year = 1 - int(found["n"]) if era else int(found["n"])
    return year if -3000 <= year <= 2200 else None
