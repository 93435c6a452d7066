"""Judges how surely a reference means a source: by document, title, people and container."""

import re

from rapidfuzz.distance import Indel

from .manuscript import Name, Reference
from .name_lists import parse_names
from .names import near, plain, same_family

_MAX_LENGTHS = {
    "title": 500,
    "container_title": 500,
    "publisher": 200,
    "publisher_place": 100,
    "volume": 40,
    "issue": 40,
    "genre": 80,
    "url": 1000,
    "archive_url": 1000,
    "doi": 200,
    "number": 80,
    "symbol": 80,
    "edition": 40,
}
_ARTICLES = ("the ", "a ", "an ")
_SETS_NO_BLANKS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_DOCUMENT = re.compile(r"([AS])/RES/(\d+(?:/\d+)?)")
_RESOLUTION = re.compile(r"(?:resolution|res\.?) (\d+(?:/\d+)?)", re.I)


def document_id(reference: Reference) -> str:
    """What identifies a document of the United Nations, however it is cited; "" for other works."""
    for words in (reference.symbol, reference.url):
        if found := _DOCUMENT.search(words):
            return f"{found[1]} {found[2]}"
    body = plain(str(reference.authors[0])) if reference.authors else ""
    if found := _RESOLUTION.match(reference.title):
        council = re.search(r"security council|unsc\b|\bsc\b", body)
        assembly = re.search(r"general assembly|unga\b|\bga\b", body)
        if council or assembly:
            return f"{'S' if council else 'A'} {found[1]}"
    return re.sub(r" ?\(\d{4}\)\Z", "", reference.symbol)


def without_year(title: str) -> tuple[str, int | None]:
    """The title of a short form without the year at its end, and that: “Alpha 2001”."""
    found = re.search(r" ((?:1[5-9]|20)\d\d)\Z", title)
    return (title[: found.start()], int(found[1])) if found else (title, None)


def is_author_alone(reference: Reference) -> bool:
    """Whether the title of a short form is but its authors, and perhaps the year."""
    bare = plain(without_year(reference.title)[0])
    first = reference.authors[0] if reference.authors else Name()
    whole = (plain(first.family or first.literal)[:40], plain(str(first))[:40])
    if not reference.authors or not bare.startswith(whole):
        return False
    named = {word for name in reference.authors for word in plain(str(name)).split()}
    return bool(reference.issued) or set(bare.split()) <= named | {"and", "et", "und", "y"}


def family_named(text: str) -> Name:
    """The author that a short form names instead of a title."""
    names = parse_names(text, short=True)[0]
    if len(names) == 1 and names[0].family:
        return Name(family=text)
    return names[0] if names else Name(family=text)


def is_too_long(reference: Reference) -> bool:
    names = (*reference.authors, *reference.editors)
    if any(len(n.family) > 120 or len(n.given) > 120 or len(n.literal) > 200 for n in names):
        return True
    return any(len(getattr(reference, name)) > most for name, most in _MAX_LENGTHS.items())


def normalised(title: str) -> str:
    """A title as it is compared: `plain` and without a leading article."""
    words = plain(title)
    for article in _ARTICLES:
        words = words.removeprefix(article)
    return words


def begins_with(whole: str, part: str) -> bool:
    if part and _SETS_NO_BLANKS.match(part[-1]):
        return whole.startswith(part)
    return bool(part) and f"{whole} ".startswith(f"{part} ")


def rank_of(reference: Reference, title: str, source: Reference, whole: str) -> int:
    """How surely `reference` means `source`; 0 if it means another. `title` and `whole` are their
    titles without articles."""
    exact = title == whole
    if reference.quoted != source.quoted and source.full and reference.full:
        return 0
    if reference.issued:
        if not exact or (source.issued and reference.year != source.year):
            return 0
    elif not exact and not _may_be_short_form(title, whole):
        return 0
    one, two = plain(reference.container_title), plain(source.container_title)
    if one and two and not (begins_with(two, one) or begins_with(one, two)):
        return 0
    mine, theirs = (r.authors or r.editors for r in (reference, source))
    if not mine:
        return 0 if theirs and not exact else 6 if exact else 3
    if not theirs:
        return 0
    if same_family(theirs[0], mine[0]):
        rank = 6 if exact else 5 if begins_with(whole, title) else 4
        return 2 * rank + (reference.quoted == source.quoted)
    return 2 if near(mine[0], theirs[0]) and begins_with(whole, title) else 0


def _may_be_short_form(title: str, whole: str) -> bool:
    """Whether a short title is the beginning of the whole one, a part of it, or misspelt."""
    if begins_with(whole, title):
        return True
    if " " in title and f" {title} " in f" {whole} ":
        return True
    lengths = sorted((len(title), len(whole)))
    if lengths[0] < 8 or lengths[0] * 10 < lengths[1] * 8 or lengths[1] > 300:
        return False
    return Indel.normalized_similarity(title, whole, score_cutoff=0.88) >= 0.88


def is_book_of(chapter: Reference, book: Reference, whole: str, people: tuple[Name, ...]) -> bool:
    """Whether the book of an earlier note is the one that contains the chapter."""
    if book.type not in ("chapter", "book", "report"):
        return False
    if chapter.issued and book.issued != chapter.issued:
        return False
    short = normalised(chapter.container_title)
    if not begins_with(normalised(whole), short) or (chapter.issued and short != normalised(whole)):
        return False
    pairs = zip(chapter.editors, people, strict=False)
    return all(same_family(a, b) or near(a, b) for a, b in pairs)
