"""Reads works whose titles are not quoted: books, reports, pages, treaties, short forms."""

import re

from organisations.credited_names import is_body

from .. import locators, publication_details
from ..manuscript import Cited, Reference
from ..names import segments
from ..note_patterns import AGREEMENT, is_name, is_prose, may_be_names
from ..publication_details import Imprint
from .authorship import (
    add_note,
    author_and_title,
    copy_imprint,
    inverted_author,
    take_details,
    with_names,
    without_stop,
)
from .quoted import THESIS, without_imprint
from .tails import locator_and_words, trailing_words

_SPOKEN_SOURCE = re.compile(
    r"(?:(?:author’?s?|personal|private|e-?mail|telephone|skype) )*"
    r"(?:interviews?|conversations?|correspondence|communications?|e-?mails?|remarks|speech)\b",
    re.I,
)
_SIGNING = re.compile(
    r",?\s+(?:signed|adopted|concluded|done)(?:\s+(?:at|in)\s+(?P<place>[^,\d]{2,60}?))?(?:,?\s+on)?\Z", re.I
)
_TREATY_SERIES = re.compile(
    r",?\s*(?P<number>(?:UN|United Nations|League of Nations) Treaty Series,? vol\.? \d{1,4},?"
    r" (?:(?:No|p|pp)\.? )\d{1,6}|\d{1,4} (?:UNTS|U\.N\.T\.S\.|LNTS|ILM|I\.L\.M\.|ETS) (?:No\. )?\d{1,6})", re.I
)
_JUDGMENT = re.compile(
    r"(?P<title>[^“\"]{5,300}?),\s+(?P<reports>(?:I\.?C\.?J\.?|P\.?C\.?I\.?J\.?|E\.?C\.?H\.?R\.?)"
    r"(?: Rep(?:orts|\.)?)?),?\s+\(?(?P<year>(?:19|20)\d\d)\)?(?P<place>,?\s.*)?"
)
_SIGNED = re.compile(
    r"(?:signed|adopted|concluded|done|opened for signature|entered into force)\b", re.I
)
_BARE_PAGE = re.compile(
    r"(?:,|(?<=[12]\d{3})[.:])\s+(?!(?:1[5-9]|20)\d\d\.?(?:\Z|\s))"
    r"(?=\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:(?:,|\s(?:and|&))\s\d{1,4}(?:[-–]\d{1,4})?)*(?:n\d{1,3}|[nf]{0,2})\.?\s*"
    r"(?:\([^()]*\)\.?|(?<=\.\s)[A-Z“‘].*)?\Z)"
)


def read_unquoted(text: str, url: str) -> Cited | None:
    """The citation of a work without quotation marks, or None if the text is words."""
    imprint = publication_details.imprint(text)
    if imprint is None and _is_treaty(text):
        return _treaty(text, url) or _short_or_page(text, url)
    if imprint is not None and _is_dated_treaty(imprint):
        return _dated_treaty(imprint)
    if imprint is not None:
        by_comma = not _has_stop_after_names(imprint.before)
        return _book(imprint, url, chicago=by_comma)
    if judgment := _JUDGMENT.fullmatch(text):
        return _judgment(judgment)
    return _loose_book(text, url) or _dated_work(text) or _treaty(text, url) or _short_or_page(text, url)


def _is_dated_treaty(imprint: Imprint) -> bool:
    named = bool(AGREEMENT.search(imprint.before)) and "," not in imprint.before
    publisher = imprint.publisher and not _SIGNED.match(imprint.publisher)
    return named and not (publisher or imprint.place) and len(segments(imprint.before)) == 1


def _is_treaty(text: str) -> bool:
    return (
        bool(AGREEMENT.search(text.partition(",")[0]))
        and len(segments(text.partition(",")[0])) == 1
    )


def _has_stop_after_names(before: str) -> bool:
    before = re.sub(r",[^,]*\bedn?\.\s*\Z", "", before)
    parts = segments(before)
    return before.rstrip().endswith(".") or (len(parts) > 1 and may_be_names(parts[0]))


def _book(imprint: Imprint, url: str, *, chicago: bool) -> Cited | None:
    locator, words = locator_and_words(imprint.after, unlabelled=chicago)
    before = imprint.before
    if "hearing" in before.casefold() and len(segments(before)) == 1:
        authors, title = "", without_stop(before)
    else:
        authors, title = author_and_title(before)
    source = Reference(title)
    copy_imprint(source, imprint)
    review = re.fullmatch(
        r"(?P<title>review of .+),\s+(?P<journal>[^,]+?)(?:\s+(?P<v>\d{1,4}))?(?:,\s+no\. "
        r"(?P<n>\d+))?",
        title,
        re.I,
    )
    if review and not imprint.publisher:
        source.title, source.container_title = review["title"], review["journal"]
        source.volume, source.issue = review["v"] or "", review["n"] or ""
        source.type = "article-journal" if source.volume else "article-newspaper"
        return with_names(source, authors, Cited(source, locator, suffix=words), full=True)
    thesis = THESIS.search(title) or THESIS.search(source.publisher)
    if thesis:
        source.type, source.genre = "thesis", thesis["genre"].strip(" (")
        if thesis.string == source.publisher:
            source.publisher = source.publisher[thesis.end() :].strip(" ,.")
        else:
            source.publisher = source.publisher or title[thesis.end() :].strip(" ,.()")
            source.title = title[: thesis.start()].strip(" ,.")
        return with_names(source, authors, Cited(source, locator, suffix=words), full=True)
    source.title = take_details(source, title)
    cited = with_names(source, authors, Cited(source, locator, suffix=words), full=True)
    by_body = bool(source.authors) and bool(source.authors[0].literal)
    if url and not source.publisher_place:
        source.type = "webpage"
    else:
        by_body = by_body and not (source.translators and " " not in str(source.authors[0]))
        source.type = "report" if by_body or "hearing" in title.casefold() else "book"
    return cited


def _loose_book(text: str, url: str) -> Cited | None:
    """MLA: “Alpha, Ann. The Later Peace. Zed, 2005, p. 3”; Chicago's bibliography with a place."""
    before, locator, words = locators.split(text)
    if locator is None and (bare := _BARE_PAGE.search(before)):
        place = locators.unlabelled(before[bare.end() :])
        if place:
            before, locator, words = before[: bare.start()], *place
    source = Reference("")
    shorter = without_imprint(source, before.rstrip(" ."))
    if shorter == before.rstrip(" .") or not source.issued:
        return None
    authors, title = inverted_author(shorter)
    if not authors or not may_be_names(authors):
        authors, title = author_and_title(shorter)
    if not authors or not title:
        return None
    title = take_details(source, without_stop(title))
    if "," in shorter and not source.publisher_place:
        title = _without_place(source, title)
    source.title = title
    cited = with_names(
        source, authors, Cited(source, locator, suffix=trailing_words(words)), full=True
    )
    by_body = bool(source.authors) and bool(source.authors[0].literal)
    source.type = (
        "webpage" if url and not source.publisher_place else "report" if by_body else "book"
    )
    return cited


def _without_place(source: Reference, title: str) -> str:
    """A title without the place that stands before the publisher, as the French print it: “Title,
    Paris, Seuil, 2002”."""
    name, comma, place = title.rpartition(", ")
    if not comma or " and " in title or not re.fullmatch(r"[^\W\d_][\w’-]+(?: [A-Z][\w’-]+)?", place):
        return title
    if place[0].islower():
        return title
    source.publisher_place = place
    return name


def _dated_work(text: str) -> Cited | None:
    """“League of Nations, Official Journal, September 1921, p. 699”: a body, a title and a date."""
    rest, locator, words = locators.split(text)
    issued, before = publication_details.dated(rest)
    if not issued or not re.match(r"\s?,", rest[len(before) :]):
        return None
    authors, title = author_and_title(before)
    if not authors or not is_body(authors) or AGREEMENT.search(title) or len(segments(title)) > 1:
        return None
    source = Reference("", type="report", issued=issued)
    source.title = take_details(source, title)
    return with_names(
        source, authors, Cited(source, locator, suffix=trailing_words(words)), full=True
    )


def _judgment(found: re.Match[str]) -> Cited:
    """“Case concerning A (B v. C), Judgment, I.C.J. Reports 1999, p. 1045, para. 12”."""
    locator, words = locator_and_words(found["place"] or "")
    source = Reference(found["title"], type="legal_case", issued=found["year"], full=True)
    source.container_title = found["reports"]
    return Cited(source, locator, suffix=words)


def _dated_treaty(imprint: Imprint) -> Cited:
    """“Peace Accord (1994), Art. 2”, “Peace Accord (signed 3 May 1994) 1750 UNTS 12, art 2”."""
    after = imprint.after
    source = Reference(
        without_stop(imprint.before), type="treaty", issued=imprint.issued, full=True
    )
    if series := _TREATY_SERIES.match(after):
        source.number, after = series["number"], after[series.end() :]
    if " " in imprint.publisher:
        dates = publication_details.dates_in(imprint.publisher)  # signed one day, in force later
        source.issued = dates[0][0] if dates else imprint.issued
        add_note(source, f"Also printed: {imprint.publisher} {imprint.issued if dates else ''}".strip())
    locator, words = locator_and_words(after)
    return Cited(source, locator, suffix=words)


def _treaty(text: str, url: str) -> Cited | None:
    """“Title of the treaty, 1997.”, with or without an article (Art. 2) after the year."""
    words = text.strip()
    for stop in re.finditer(r"\d{4}(?=[.,]?(?:\s|\Z))", words):
        issued, title = publication_details.dated(words[: stop.end()])
        after = words[stop.end() :].strip(" .,")
        series = _TREATY_SERIES.match(after)
        after = after[series.end() :].strip(" .,") if series else after
        locator = locators.first_in(after) if after else None
        if not issued or (after and (locator is None or not _may_end(locator[1]))):
            continue
        if re.match(r"\s?,", words[len(title) :]) or _SIGNING.search(title):
            break
    else:
        return None
    if _SPOKEN_SOURCE.match(title) or (not url and is_prose(title)):
        return None
    authors, title = author_and_title(title) if len(segments(title)) == 2 else ("", title)
    if not url and len(segments(title)) > 1:
        return None
    if (
        not authors
        and not AGREEMENT.search(title)
        and "," in title
        and is_name(title.partition(",")[0])
        and not url
    ):
        return None
    title, place = _without_signing(title, issued)
    source = Reference(title.strip(" ."), type="treaty", issued=issued, publisher_place=place)
    source.number = series["number"] if series else ""
    suffix = trailing_words(locator[1]) if locator else ""
    return with_names(
        source, authors, Cited(source, locator[0] if locator else None, suffix=suffix), full=True
    )


def _without_signing(title: str, issued: str) -> tuple[str, str]:
    """The title of a treaty without where it was signed, and that: “…, signed at Bonn on”, “…, Bonn”
    before a full date."""
    if signing := _SIGNING.search(title):
        return title[: signing.start()], signing["place"] or ""
    name, comma, place = title.rpartition(", ")
    place_like = re.fullmatch(r"[A-Z][\w’-]+(?: [A-Z][\w’-]+)?", place)
    if comma and len(issued) == 10 and "," not in name and place_like and AGREEMENT.search(name):
        return name, place
    return title, ""


def _may_end(words: str) -> bool:
    return not words.strip(" .") or bool(re.match(r"\s*[(\[]", words))


def _short_or_page(text: str, url: str) -> Cited | None:
    """“Lynch. Short title. p.5”, “Lynch, Short Title, 50”, “Lynch, p.5”, “Agreement, Art. 2”; or
    a bare address."""
    rest, locator, words = locators.split(text)
    bare = said = False
    if locator is None and (found := _BARE_PAGE.search(rest)):
        place = locators.unlabelled(rest[found.end() :])
        names = rest[: found.start()].partition(",")[0]
        if place and all(is_name(n, short=True) for n in re.split(r"\s+(?:and|&)\s+", names)):
            rest, locator, words, bare = rest[: found.start()], *place, True
            said = bool(re.match(r"\.?\s+\w", words))
    if len(rest) > 400 or not rest.strip(" .") or (locator is None and not url and len(rest) > 200):
        return None
    authors, title = author_and_title(rest, short=True)
    if authors and not may_be_names(authors):
        return None
    if not authors and not url and len(segments(rest)) > 1:
        return None
    if is_prose(title) and (not authors or words.strip(" .")):
        return None
    source = Reference(title, type="webpage" if url else "document")
    cited = Cited(source, locator, suffix=trailing_words(words), tentative=bare and (said or not authors))
    return with_names(source, authors, cited, full=bool(url))
