"""Reads works whose titles are in quotation marks: articles, chapters, theses, pages on the web."""

import re

from .. import locators, publication_details
from ..manuscript import Cited, Locator, Reference
from ..name_lists import parse_names
from ..note_patterns import is_one_name, may_be_names
from ..publication_details import Imprint
from .authorship import (
    EDITORS,
    add_note,
    book_and_editors,
    copy_imprint,
    is_edited,
    take_details,
    with_names,
    without_stop,
)
from .imprints import book_without_imprint
from .tails import Place, date_and_place, locator_and_words, trailing_words
from .theses import take_thesis

_VOLUME = re.compile(
    r"\b(?:vol(?:ume|s)?|bd|band|(?-i:t)(?=\.)|tom[eo]|т|том)\b\.?\s*(?P<n>[\w/–-]{1,20})", re.I
)
_ISSUE = re.compile(
    r"(?:\b(?:nos?|n[uú]ms?|issues?|number|nr|h|heft|iss|вып)\b|№|\bn[º°])\.?\s*(?P<n>\d[\w/–&-]{0,20}|[IVXLC]+\b)",
    re.I,
)
_VOLUME_ISSUE = re.compile(
    r"(?P<name>.*\D),?\s+(?P<v>\d{1,4}|[IVXLC]{1,7})\s?(?::|\(|/|\.)\s?(?P<n>[\d/–-]{1,9})\)?\.?"
)
_VOLUME_ALONE = re.compile(r"(?P<name>.*[^\W\d]),?\s+(?P<v>\d{1,3})\.?")
_LAW_JOURNAL = re.compile(
    r"\((?P<year>1[89]\d\d|20\d\d)\)\s+(?:(?P<v>\d{1,3})(?:\((?P<n>[\d/–-]{1,7})\))?\s+)?"
    r"(?P<name>[A-Z][^\d,;()]{2,80}?)\s+(?P<pages>\d{1,5}(?:[-–]\d{1,5})?(?:,\s\d{1,5}(?:[-–]\d{1,5})?)*)"
)
_SPOKEN = re.compile(
    r"(?:(?:opening|closing|keynote|oral|inaugural) )?(?:statement|speech|address|remarks|lecture"
    r"|testimony)\b",
    re.I,
)
_TOWN = re.compile(r"(?!The )[A-Z][\w’-]+(?: [A-Z][\w’-]+)?(?:, [A-Z]{2})?")
_IN = re.compile(r"in:?\s+(?=\S)", re.I)
_NUMBERED_JOURNAL = re.compile(
    r"[^\W\d_][^(),:.“”\"]{2,100}?,? (?:(?:Jg|Bd|vol|t)\. ?)?\d{1,4}(?:[./]\d{1,4})?"
    r"(?:, (?:H|Heft|Nr|no)\.? ?\d{1,4})? ?\((?:[^()]{1,20} )?(?:1[5-9]|20)\d\d\)",
    re.I,
)  # “In: Zeitschrift 12 (1993)”
_IN_ELSEWHERE = re.compile(r"(?:dans|en|em|nel|nella)\s*:?\s+(?=\S)")


def read_quoted(before: str, title: str, after: str, url: str) -> Cited | None:
    """The citation of a title in quotation marks with the words before and after it."""
    stopped = not before or before[-1] in ".,:"
    named = may_be_names(before) and (stopped or is_one_name(before))
    if not named and not (before.endswith(".") and _is_given_in_full(before, after)):
        return None
    title = without_stop(title.rstrip(","))
    comma = before.endswith(",") or not before or not after.startswith((".", "In ", "in "))
    after = after.lstrip(" ,.")
    source = Reference(title, quoted=True)
    if law := _LAW_JOURNAL.fullmatch(after.rstrip(".")):
        return _in_law_journal(source, before, law)
    chapter = _IN.match(after)
    if chapter and _NUMBERED_JOURNAL.match(after[chapter.end() :]):
        after = after[chapter.end() :]
    elif chapter and not re.match(r"In (?:These Times|Context|Focus)\b", after):
        return _chapter(source, before, after[chapter.end() :], comma)
    if elsewhere := _IN_ELSEWHERE.match(after):
        after = after[elsewhere.end() :]
        if _is_book(after):
            return _chapter(source, before, after, comma)
    if is_edited(after) and not _VOLUME.search(after):
        return _chapter(source, before, after, comma)
    imprint = publication_details.imprint(after)
    if (
        imprint is not None
        and re.match(r"[(\[]", after)
        and not imprint.issued
        and not imprint.undated
    ):
        imprint = None
    if imprint is None and not after.strip(" ."):
        return with_names(source, before, Cited(source), full=bool(url))
    if imprint is None and (place := _place_alone(after)):
        return with_names(source, before, Cited(source, place[0], suffix=place[1]), full=bool(url))
    return _article(source, before, after, imprint, url, comma)


def _is_book(text: str) -> bool:
    """Whether editors, or a house and its place, show a book: «en El País» is in a newspaper."""
    if EDITORS.search(text) or is_edited(text):
        return True
    probe = Reference("")
    book_without_imprint(probe, locators.split(text, only_pages=True)[0])
    if imprint := publication_details.imprint(text):
        copy_imprint(probe, imprint)
    numbered = _ISSUE.search(text) or re.search(r"\bvol", text, re.I)
    return bool(probe.publisher_place and probe.publisher) and not numbered


def _in_law_journal(source: Reference, before: str, found: re.Match[str]) -> Cited:
    """“Title” (1999) 12 Journal of Accords 45, 47, as lawyers print it: first page, then place."""
    source.type, source.container_title = "article-journal", found["name"]
    source.issued, source.volume, source.issue = found["year"], found["v"] or "", found["n"] or ""
    place = locators.unlabelled(found["pages"])
    return with_names(source, before, Cited(source, place[0] if place else None), full=True)


def _place_alone(after: str) -> Place | None:
    """The locator and the words that alone follow the title of a short form."""
    found = locators.unlabelled(after)
    if found is None or re.match(r"\w", found[1]):
        return None
    words = trailing_words(found[1])
    return None if words and not re.match(r"\s*(?:[(\[]|[.,]\s)", words) else (found[0], words)


def _is_given_in_full(before: str, after: str) -> bool:
    """Whether an imprint shows that short words before the title are its author after all."""
    return len(before.split()) <= 8 and publication_details.imprint(after) is not None


def _article(
    source: Reference, before: str, after: str, imprint: Imprint | None, url: str, comma: bool
) -> Cited | None:
    if imprint is not None:
        container, (locator, words) = (
            imprint.before,
            locator_and_words(imprint.after, unlabelled=comma),
        )
        copy_imprint(source, imprint)
        if (
            not imprint.issued
            and not source.issued
            and (found := date_and_place(source, container))
        ):
            container = found[0]
        if not container and locator is None and imprint.issued and words:
            container, locator, words = _after_imprint(imprint.after)
    elif found := date_and_place(source, after):
        container, locator, words = found
    else:
        container, locator, words = locators.split(after, only_pages=True)
        if locator is None and (
            place := re.search(r",\s+(?=\d{1,4}(?:[-–]\d{1,4})?\.?\Z)", container)
        ):
            found_at = locators.unlabelled(container[place.end() :])
            if found_at and re.search(r"\d", container[: place.start()]):
                container, locator = container[: place.start()], found_at[0]
        words = trailing_words(words)
    container = _split_numbers(source, container.strip(" ,."))
    return _typed(source, before, container, imprint, url, Cited(source, locator, suffix=words))


def _after_imprint(after: str) -> tuple[str, Locator | None, str]:
    """The container after the year, as Harvard prints it: “(2001) Survival, 4(2), p. 1”."""
    container, locator, words = locators.split(after, only_pages=True)
    return container, locator, trailing_words(words)


def _typed(
    source: Reference, before: str, container: str, imprint: Imprint | None, url: str, cited: Cited
) -> Cited | None:
    numbered = bool(source.volume or source.issue)
    if take_thesis(source, container) is not None:
        return with_names(source, before, cited, full=True)
    if not (imprint or url or numbered or source.issued):
        return None
    elif bracketed := re.fullmatch(r"[(\[](?P<genre>[^()\[\]\d]{2,40})[)\]]", container):
        source.genre, source.type = bracketed["genre"], "webpage" if url else "document"
    elif _SPOKEN.match(source.title) and _TOWN.fullmatch(container) and not numbered:
        source.publisher_place, source.type = container, "document"
    elif container:
        container = take_details(source, container)
        source.container_title = container
        source.type = "article-journal" if numbered else "article-newspaper"
    elif url and not source.publisher_place:
        source.type = "webpage"
    else:
        source.type = "report" if source.publisher else "document"
    return with_names(source, before, cited, full=True)


def _split_numbers(source: Reference, container: str) -> str:
    """Set volume and issue from “Civil Wars, Vol. 4, No. 4” and return the name."""
    volume, issue = _VOLUME.search(container), _ISSUE.search(container)
    if volume or issue:
        source.volume = volume["n"] if volume else ""
        source.issue = issue["n"] if issue else ""
        spans = sorted(found.span() for found in (volume, issue) if found)
        rest, at = "", 0
        for start, end in spans:
            rest, at = rest + container[at:start], end
        name, tail = container[: spans[0][0]], (rest + container[at:])[spans[0][0] :]
        if extra := tail.strip(" ,.()"):
            add_note(source, f"Also printed after the journal’s name: {extra}")
        name = name.strip(" ,.(")
        if not volume and (found := _VOLUME_ALONE.fullmatch(name)):
            source.volume, name = found["v"], found["name"].strip(" ,")
        return name
    if found := _VOLUME_ISSUE.fullmatch(container):
        source.volume, source.issue = found["v"], found["n"]
        return found["name"].strip(" ,")
    if (found := _VOLUME_ALONE.fullmatch(container)) and source.issued:
        source.volume = found["v"]
        return found["name"].strip(" ,")
    return container


def _chapter(source: Reference, before: str, rest: str, comma: bool) -> Cited:
    """A chapter: “in Dan Ames. Book. (…)”, “in Book, ed. Dan Ames (…)”, “in Ames, D. (ed.) Book.
    Place: Publisher, pp. 1-2”, “Book, edited by Dan Ames, Publisher, 2009, pp. 1-2”."""
    source.type = "chapter"
    imprint = publication_details.imprint(rest)
    if imprint is not None and re.search(r"[“\"]", imprint.before):
        imprint = None
    if imprint is not None:
        book, (locator, words) = imprint.before, locator_and_words(imprint.after, unlabelled=comma)
        copy_imprint(source, imprint)
    else:
        book, locator, words = locators.split(rest, only_pages=True)
        words = trailing_words(words)
        if locator is None and (
            bare := re.search(
                r",\s+(?!(?:1[5-9]|20)\d\d\.?\Z)(?=\d{1,4}(?:[-–]\d{1,4})?\.?\Z)", book
            )
        ):
            place = locators.unlabelled(book[bare.end() :])
            if place:
                book, locator = book[: bare.start()], place[0]
        book = book_without_imprint(source, book)
    people, title = book_and_editors(book.strip())
    title = take_details(source, title.strip())
    if people:
        source.editors, _, others = parse_names(people)
        if others:
            add_note(source, "The manuscript names further editors as “et al.”.")
    title = (
        _split_numbers(source, title)
        if re.search(r",?\s+(?:vol|t|Bd)\.|,\s+(?:tom[eo]|Band)\s", title, re.I)
        else title
    )
    source.container_title = without_stop(title)
    return with_names(source, before, Cited(source, locator, suffix=words), full=True)
