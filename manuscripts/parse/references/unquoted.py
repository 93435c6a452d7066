"""Reads works whose titles are not quoted: books, reports, pages, treaties, short forms."""

import re

from organisations.credited_names import is_body

from .. import locators, publication_details
from ..manuscript import Cited, Reference
from ..names import segments
from ..note_patterns import AGREEMENT, is_name, is_prose, may_be_names
from ..publication_details import Imprint
from .authorship import (
    author_and_title,
    copy_imprint,
    inverted_author,
    take_details,
    with_names,
    without_stop,
)
from .imprints import without_imprint, without_place
from .tails import locator_and_words, trailing_words
from .theses import take_thesis
from .treaties import (
    JUDGMENT,
    NO_TREATY,
    is_dated_treaty,
    is_treaty,
    read_dated_treaty,
    read_judgment,
    read_treaty,
)

_REVIEW = re.compile(
    r"(?P<title>review of .+),\s+(?P<journal>[^,]+?)(?:\s+(?P<v>\d{1,4}))?(?:,\s+no\. (?P<n>\d+))?",
    re.I,
)
_BARE_PAGE = re.compile(
    r"(?:,|(?<=[12]\d{3})[.:])\s+(?!(?:1[5-9]|20)\d\d\.?(?:\Z|\s))"
    r"(?=\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:(?:,|\s(?:and|&))\s\d{1,4}(?:[-–]\d{1,4})?)*(?:n\d{1,3}|[nf]{0,2})\.?\s*"
    r"(?:\([^()]*\)\.?|(?<=\.\s)[A-Z“‘].*)?\Z)"
)


def read_unquoted(text: str, url: str) -> Cited | None:
    """The citation of a work without quotation marks, or None if the text is words."""
    imprint = publication_details.imprint(text)
    if imprint is None and is_treaty(text):
        return read_treaty(text, url) or _short_or_page(text, url)
    if imprint is not None and is_dated_treaty(imprint):
        return read_dated_treaty(imprint)
    if imprint is not None:
        by_comma = not _has_stop_after_names(imprint.before)
        return _book(imprint, url, chicago=by_comma)
    if judgment := JUDGMENT.fullmatch(text):
        return read_judgment(judgment)
    return (
        _loose_book(text, url)
        or _dated_work(text)
        or read_treaty(text, url)
        or _short_or_page(text, url)
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
    thesis = take_thesis(source, title, titled=True)
    source.title = title if thesis is None else thesis
    if thesis is not None or _take_review(source):
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


def _take_review(source: Reference) -> bool:
    """Make a review of “review of Three Lagoons, by Ann Lee, Truce Quarterly 3”."""
    review = _REVIEW.fullmatch(source.title)
    if review is None or source.publisher:
        return False
    source.title, source.container_title = review["title"], review["journal"]
    source.volume, source.issue = review["v"] or "", review["n"] or ""
    source.type = "article-journal" if source.volume else "article-newspaper"
    return True


def _loose_book(text: str, url: str) -> Cited | None:
    """MLA: “Alpha, Ann. The Later Peace. Zed, 2005, p. 3”; Chicago's bibliography with a place."""
    before, locator, words = locators.split(text)
    if locator is None and (bare := _BARE_PAGE.search(before)):
        place = locators.unlabelled(before[bare.end() :])
        if place:
            before, locator, words = before[: bare.start()], *place
    source = Reference("")
    thesis = take_thesis(source, before, titled=True)
    shorter = without_imprint(source, before.rstrip(" .")) if thesis is None else thesis
    if shorter == before.rstrip(" .") or not source.issued:
        return None
    authors, title = inverted_author(shorter)
    if not authors or not may_be_names(authors):
        authors, title = author_and_title(shorter)
    if not authors or not title:
        return None
    if thesis is not None:
        source.title = without_stop(title)
        cited = Cited(source, locator, suffix=trailing_words(words))
        return with_names(source, authors, cited, full=True)
    title = take_details(source, without_stop(title))
    if "," in shorter and not source.publisher_place:
        title = without_place(source, title)
    source.title = title
    cited = with_names(
        source, authors, Cited(source, locator, suffix=trailing_words(words)), full=True
    )
    by_body = bool(source.authors) and bool(source.authors[0].literal)
    source.type = (
        "webpage" if url and not source.publisher_place else "report" if by_body else "book"
    )
    return cited


def _dated_work(text: str) -> Cited | None:
    """“League of Nations, Official Journal, September 1921, p. 699”: a body, a title and a date."""
    rest, locator, words = locators.split(text)
    issued, before = publication_details.dated(rest)
    if not issued or not re.match(r"\s?,", rest[len(before) :]):
        return None
    authors, title = author_and_title(before)
    if (
        not authors
        or not is_body(authors)
        or NO_TREATY.match(authors)
        or AGREEMENT.search(title)
        or len(segments(title)) > 1
    ):
        return None
    source = Reference("", type="report", issued=issued)
    source.title = take_details(source, title)
    return with_names(
        source, authors, Cited(source, locator, suffix=trailing_words(words)), full=True
    )


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
    cited = Cited(
        source, locator, suffix=trailing_words(words), tentative=bare and (said or not authors)
    )
    return with_names(source, authors, cited, full=bool(url))
