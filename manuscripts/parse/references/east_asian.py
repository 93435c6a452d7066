"""Reads works as China, Japan and Korea print them: 王明：《书名》，北京：社，2012年，第3页。"""

import re

from .. import locators
from ..manuscript import Cited, Locator, Name, Reference
from ..name_lists import parse_names
from ..names import is_family_first
from ..note_patterns import is_name
from .authorship import add_note

PUNCTUATION = str.maketrans(
    {"，": ", ", "、": ", ", "：": ": ", "；": "; ", "（": " (", "）": ") ", "．": ". ", "。": ". "}
)
_CLOSING = {"《": "》", "〈": "〉", "「": "」", "『": "』"}
_SEE = re.compile(
    r"(?:(?:另|又)?(?:参见|参看|参阅|參見|參看|參閱|参照|見|见)|转引自|轉引自|引自|참조)\s*[：:,，]?\s*"
)
_ROLES = re.compile(
    r"\s*(?:(?P<editors>主编|主編|编著|編著|编|編|엮음|편)|(?P<translators>译|譯|訳|옮김)|著|지음|저)\s*\Z"
)
_IN_A_BOOK = re.compile(r"(?:载于?|載於?|收入|收于|收錄於|所収|所收|[Ii]n:?)\s*[：:]?\s*")
_DATE = re.compile(
    r"(?P<year>(?:1[5-9]|20)\d\d)\s*(?:年度?|년)?(?:\s*(?P<month>1[0-2]|0?[1-9])\s*[月월])?"
    r"(?:\s*(?P<day>[12]\d|3[01]|0?[1-9])\s*[日일])?"
)
_PAGES = re.compile(
    r"(?:第\s*)?\d{1,4}(?:\s*[-–—~～]\s*\d{1,4})?\s*(?:页|頁|쪽|면|ページ)"
    r"|[页頁]\s*\d{1,4}(?:\s?[-–—]\s?\d{1,4})?|第\s*\d{1,4}\s*(?:条|條|款|章|節|节|조|장)|[Pp]{1,2}\.\s?\d{1,4}(?:\s?[-–]\s?\d{1,4})?"
)
_VOLUME = re.compile(r"第?\s*(\d{1,4})\s*(?:卷|巻|권)")
_ISSUE = re.compile(r"(?:总|總)?第?\s*(\d{1,4})\s*(?:期|号|號|호)")
_HOUSE = re.compile(
    r".*(?:社|出版|书局|書局|书店|書店|書房|書林|书馆|書館|书院|書院|大学|大學|대학교|출판부?|문화사"
    r"|Press|Books|Publish(?:ers|ing))\Z"
)


def read_east_asian(text: str) -> Cited | None:
    """The citation of a work whose title stands in 《》, 〈〉, 「」 or 『』; else None."""
    see = _SEE.match(text)
    text = text[see.end() :] if see else text
    found = _titled(text)
    if found is None:
        return None
    before, title, after = found
    source = Reference(title, type="book")
    if not _take_people(source, before):
        return None
    container = _titled(after)
    if container and _take_container(source, container[0], container[1]):
        after = container[2]
    locator = _take_details(source, after)
    if source.type == "chapter" and not (source.editors or source.publisher):
        numbered = source.volume or source.issue
        source.type = "article-journal" if numbered else "article-newspaper"
    if source.authors and all(name.literal for name in source.authors):
        source.type = "report" if source.type == "book" else source.type
    source.full = bool(source.issued or source.publisher or source.container_title)
    source.quoted = bool(source.container_title)
    if not source.full and locator is None:
        return None
    return Cited(source, locator, prefix=see.group().strip() if see else "")


def _titled(text: str) -> tuple[str, str, str] | None:
    """The words before a title in brackets, the title, and the words after it."""
    opening = re.search(r"[《〈「『]", text)
    if opening is None:
        return None
    mark, depth = opening.group(), 0
    for at in range(opening.start(), len(text)):
        depth += (text[at] == mark) - (text[at] == _CLOSING[mark])
        if not depth:
            title = text[opening.end() : at].strip()
            return (text[: opening.start()], title, text[at + 1 :]) if title else None
    return None


def _take_people(source: Reference, printed: str) -> bool:
    """Set who is named before a title, as authors, editors or translators; whether it is nobody or
    names and nothing else."""
    words = printed.translate(PUNCTUATION).strip(" ,:.·")
    if not words:
        return True
    role = _ROLES.search(words)
    words = words[: role.start()] if role else words
    names = _names(words)
    if not names:
        return False
    if role and role["editors"]:
        source.editors = names
    elif role and role["translators"]:
        source.translators = names
    else:
        source.authors = names
    return True


def _names(words: str) -> tuple[Name, ...]:
    """The names in a list; nothing where one of its parts is none."""
    words = re.sub(r"\s*等\s*\Z", "", words)
    names: list[Name] = []
    for part in re.split(r"\s*,\s*|\s*&\s*|(?<=\S)\s*[和与與及]\s*(?=\S)", words):
        if is_family_first(part) and len(part.replace(" ", "")) <= 12:
            names.append(Name(family=part))
        elif is_name(part):
            names += parse_names(part)[0]
        else:
            return ()
    return tuple(names)


def _take_container(source: Reference, before: str, title: str) -> bool:
    """Set the journal, newspaper or book that stands behind the title of an article, and its
    editors; whether it is one."""
    words = before.translate(PUNCTUATION).strip(" ,:.")
    inside = _IN_A_BOOK.match(words)
    words = words[inside.end() :].strip(" ,:.") if inside else words
    editors = Reference("")
    if words and not _take_people(editors, words):
        return False
    source.editors = source.editors or editors.editors or editors.authors
    source.type, source.container_title = "chapter", title
    return True


def _take_details(source: Reference, printed: str) -> Locator | None:
    """Set place, house, date and numbers; the locator. What is none of them stays in the note."""
    rest = printed.translate(PUNCTUATION)
    locator = None
    if found := _last(_PAGES, rest):
        words = found.group().strip()
        labelled = locators.first_in(words) if words[0] in "Pp" else None
        locator = labelled[0] if labelled else Locator(words, words)
        rest = rest[: found.start()] + ", " + rest[found.end() :]
    if found := _last(_DATE, rest):
        parts = [found["year"], found["month"], found["day"]]
        source.issued = "-".join(f"{int(part):02d}" for part in parts if part)
        rest = rest[: found.start()] + ", " + rest[found.end() :]
    for name, pattern in (("volume", _VOLUME), ("issue", _ISSUE)):
        if found := pattern.search(rest):
            setattr(source, name, found[1])
            rest = rest[: found.start()] + ", " + rest[found.end() :]
    parts = [part.strip() for part in re.split(r"[,.()]\s*", rest) if part.strip()]
    if locator is None and parts and (bare := locators.unlabelled(parts[-1])) and not bare[1]:
        locator = bare[0]
        parts.pop()
    _take_imprint(source, parts)
    return locator


def _take_imprint(source: Reference, parts: list[str]) -> None:
    for at, part in enumerate(parts):
        place, colon, house = (piece.strip() for piece in part.partition(":"))
        if colon and place and house and not source.publisher:
            source.publisher_place, source.publisher = place, house
        elif not source.publisher and _HOUSE.fullmatch(part):
            source.publisher = part
            if at == 1 and len(parts[0]) <= 4 and not source.publisher_place:
                source.publisher_place = parts[0]
    known = (source.publisher, source.publisher_place)
    left = [p for p in parts if p not in known and p != ": ".join(reversed(known))]
    if left:
        add_note(source, f"Also printed: {', '.join(left)}.")


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda found: found.start(), default=None)
