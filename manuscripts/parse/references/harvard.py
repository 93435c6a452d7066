"""Reads works in the author-date form: “Alpha, A. (2005) The Later Peace. London: Zed, p. 3”."""

import re

from organisations.credited_names import is_body

from .. import locators
from ..manuscript import Cited, Reference
from ..name_lists import parse_names
from ..names import is_small, segments
from ..note_patterns import AGREEMENT, is_name, may_be_names, quotation
from .authorship import take_details, with_names, without_stop
from .imprints import without_imprint
from .quoted import read_quoted
from .tails import Place, trailing_words
from .theses import take_thesis

_AUTHOR_DATE = re.compile(
    r"(?P<names>[^()“”\"«»\d]{2,200}?\.?),?\s+(?:\((?P<undated>forthcoming|in press|n\.d\.)\)"
    r"|\(?(?P<year>1[5-9]\d\d|20\d\d)(?P<letter>[a-z]?)(?P<close>\))?)"
    r"(?P<rest>.*)\Z"
)
_JOURNAL = re.compile(
    r"(?P<name>[^.]*?[^\W\d][^.]*?),\s+(?P<v>\d{1,4})(?:\s?\((?P<n>[\d/–-]{1,9})\))?(?P<place>[,:].*)?\Z"
)
_PLACE_AND_HOUSE = re.compile(
    r",\s+(?P<place>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?(?:, [A-Z]{2})?),\s+(?P<house>(?=[^,]*\b(?:Press"
    r"|Books|Publish(?:ers|ing)|Editions|Éditions|Verlag|Palgrave|Macmillan|Routledge|Sage|SAGE"
    r"|Hurst|Penguin|Blackwell|Springer|Brill|Wiley|Polity|Verso|Rienner|Ashgate|Karthala|Harmattan"
    r"|Longman|Norton|Berghahn|Nomos|Kluwer|Nijhoff)\b)[A-Z][^.,:]{1,60})[.,]?\Z"
)
_LAST_PAGES = re.compile(
    r"[,:]\s+(?=\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:,?\s+at\s+(?:pp?\.\s?)?\d{1,4}(?:[-–]\d{1,4})?)?\.?\Z)"
)  # “, 45-67, at 50”


def read_harvard(text: str, url: str) -> Cited | None:
    """The citation in author-date form, in full or in short (“Alpha 2005, p. 3”), or None."""
    if bracketed := re.fullmatch(r"\(([^()]{4,120})\)\.?", text.strip()):
        text = bracketed[1]
    found = _AUTHOR_DATE.match(text)
    if found is None or not _are_authors(found["names"]):
        return None
    rest = found["rest"]
    body, comma, _ = found["names"].partition(", ")
    if comma and not (found["close"] or found["undated"]) and is_body(body):
        return None  # “Department of State, Report on Terror 2010, Washington, 2011”
    if found["undated"]:
        return _full(found, rest.lstrip(" .,:)"), url) if rest.strip(" .,") else None
    place = _place(rest) if rest.strip(" .,)") else (None, "")
    if place is not None:
        if found["close"] or _are_families(found["names"]):
            return _short(found, place)
        if place[0] is None or not (rest.startswith(":") or _is_one_body(found["names"])):
            return None  # “Rome Platform, 1995.” is an agreement
        return _short(found, place, tentative=True)
    if not found["close"] and not re.match(r"[.,]\s", rest):
        return None
    return _full(found, rest.lstrip(" .,:)"), url)


def _are_authors(names: str) -> bool:
    """Whether the words before the year are names: inverted with initials, or in order."""
    bare = re.sub(r",?\s*\(?eds?\.?\)?\s*\Z|,?\s*et al\.?\s*\Z", "", names).strip(" ,(")
    if not bare or not may_be_names(bare) or re.search(r"[:;?!]|\A[‘']", bare):
        return False
    if len(segments(bare)) > 1:
        return False
    parts = re.split(r",?\s+(?:and|&)\s+|,\s+", bare)
    return all(
        is_name(part, short=True) or re.fullmatch(r"(?:[A-Z]\.?[ -]?){1,4}", part) for part in parts
    )


def _are_families(names: str) -> bool:
    """Whether names are families alone, as in short forms: “Alpha”, “van Dyk and Beta”."""
    bare = re.sub(r",?\s*et al\.?\s*\Z", "", names).strip(" ,(")
    parts = re.split(r",?\s+(?:and|&)\s+|,\s+", bare)
    capitals = [sum(not is_small(word) for word in part.split()) for part in parts]
    return all(count < 2 or is_small(part) for part, count in zip(parts, capitals, strict=True))


def _is_one_body(names: str) -> bool:
    """Whether names are those of a body, and of no agreement: “Displacement Centre 2000, p. 20”."""
    return is_body(names) and "," not in names and not AGREEMENT.search(names)


def _place(rest: str) -> Place | None:
    """The locator that alone follows the year of a short form, and the words after it."""
    found = locators.unlabelled(rest.lstrip(" ,:)"))
    if found is None:
        return None
    words = trailing_words(found[1].lstrip(")"))
    return None if words and not re.match(r"\s*(?:[(\[]|[.,]\s)", words) else (found[0], words)


def _short(found: re.Match[str], place: Place, *, tentative: bool = False) -> Cited | None:
    names = parse_names(found["names"].strip(" ,("), short=True)[0]
    if not names or re.match(r"(?:the|a)\s", found["names"], re.I):
        return None
    title = f"{found['names'].strip(' ,(')} {found['year']}"
    source = Reference(title, authors=names, issued=found["year"])
    return Cited(source, place[0], suffix=place[1], tentative=tentative or place[0] is None)


def _full(found: re.Match[str], rest: str, url: str) -> Cited | None:
    names, year = found["names"].strip(" ,("), found["year"] or found["undated"]
    quoted = quotation(rest)
    if quoted and not quoted[0]:
        title, after = quoted[1], quoted[2].lstrip(" ,.")
        cited = _quoted(names, title, after, year, url)
    else:
        cited = _unquoted(names, rest, url, year)
    if cited is not None and not cited.reference.issued and found["year"]:
        cited.reference.issued = year
    return cited


def _quoted(names: str, title: str, after: str, year: str, url: str) -> Cited | None:
    """An article or chapter after author and year; the locator at its end stays a locator."""
    if re.match(r"in:?\s", after, re.I):
        return read_quoted(f"{names},", title, after, url)
    container, locator, words = locators.split(after, only_pages=True)
    if locator is None and (bare := _LAST_PAGES.search(after)):
        place = locators.unlabelled(after[bare.end() :])
        if place:
            container, locator, words = after[: bare.start()], *place
    container = container.strip(" ,.")
    if re.search(r",\s+\d{1,2}\s+[A-Z][a-z]+\Z|,\s+[A-Z][a-z]+\s+\d{1,2}\Z", container):
        inner = f"{container} {year}"  # “The Dispatch, 4 May” of a year that stands in front
    else:
        inner = container if after.lower().startswith("in") else f"{container} ({year})"
    cited = read_quoted(f"{names},", title, inner, url or "https://")
    if cited is None:
        return None
    cited.locator, cited.suffix = locator, trailing_words(words)
    return cited


def _journal(source: Reference, text: str) -> re.Match[str] | None:
    """Make an article of “Timber and talks. Journal of Small Accords, 5(2), 101-109”."""
    parts = segments(text)
    journal = _JOURNAL.match(parts[-1].strip(" .")) if len(parts) > 1 else None
    if journal:
        source.type, source.title = "article-journal", without_stop(" ".join(parts[:-1]))
        source.container_title, source.volume = journal["name"].strip(" ,"), journal["v"]
        source.issue = journal["n"] or ""
    return journal


def _without_publisher(source: Reference, text: str) -> str:
    """A text without the place and the house that it ends with between commas, where that is surely
    one: “Hybrid Peace, Basingstoke, Palgrave Macmillan”."""
    found = None if source.publisher else _PLACE_AND_HOUSE.search(text)
    if found is None:
        return text
    source.publisher_place, source.publisher = found["place"], found["house"]
    return text[: found.start()]


def _unquoted(names: str, rest: str, url: str, year: str) -> Cited | None:
    source = Reference("", issued=year if year.isdecimal() else "")
    text, locator, words = locators.split(rest)
    words = trailing_words(words)
    if journal := _journal(source, text):
        if locator is None and journal["place"]:
            place = locators.unlabelled(journal["place"])
            locator = place[0] if place else None
        return with_names(source, names, Cited(source, locator, suffix=words), full=True)
    if locator is None and (bare := re.search(r",\s+(?=\d{1,4}(?:[-–]\d{1,4})?\.?\Z)", text)):
        place = locators.unlabelled(text[bare.end() :])
        if place:
            text, locator = text[: bare.start()], place[0]
    text = _without_publisher(source, without_imprint(source, text))
    thesis = take_thesis(source, text, titled=True)
    if thesis is not None:
        source.title = without_stop(thesis)
        return with_names(source, names, Cited(source, locator, suffix=words), full=True)
    title = take_details(source, text)
    bracketed = re.search(
        r"\s*\((?P<place>[^():\d]{2,40}): (?P<publisher>[^():\d]{2,80})\)\s*\Z", title
    )
    if bracketed:
        source.publisher_place, source.publisher = bracketed["place"], bracketed["publisher"]
        title = title[: bracketed.start()]
    if not title or is_small(title):
        return None
    source.title = without_stop(title)
    cited = with_names(source, names, Cited(source, locator, suffix=words), full=True)
    by_body = bool(source.authors) and bool(source.authors[0].literal)
    source.type = (
        "webpage" if url and not source.publisher_place else "report" if by_body else "book"
    )
    return cited
