"""What of a reference is compared, folded once."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..csl_items import CHAPTERS
from . import identifiers
from .folding import numbers, romanised, telling, text, words
from .names import Bodies, Name, names

_SUBTITLE = re.compile(r"(?:\s?:|[?!])\s")
_ARTICLES = frozenset({"article-journal", "article-newspaper", "article-magazine", "article"})
_RESOLUTION = re.compile(r"(?:un |united nations )?(security council )?resolution (\d+)(?: \d{4})?")
_SECURITY_COUNCIL = re.compile(r"(?:un|united nations|un united nations)? ?security council")
_DIGITS = re.compile(r"\d+")


class Title:
    """A title as words: in its own script (`own`), in Latin letters, sorted, with its numbers."""

    __slots__ = ("latin", "numbers", "own", "run", "sorted", "words")

    def __init__(self, title: str) -> None:
        own = telling(words(title))
        self.words = romanised(own)
        self.own = "".join(own)
        self.run = "".join(self.words)
        self.latin = " ".join(self.words)
        self.sorted = " ".join(sorted(self.words))
        self.numbers = numbers(self.words)


class Facts:
    """A reference as it is compared. Fields that are missing or of a wrong type are empty."""

    def __init__(self, item: Mapping[str, Any], bodies: Bodies, key: str = "") -> None:
        item = item if isinstance(item, Mapping) else {}
        title = text(item.get("title"))
        main = _SUBTITLE.split(title, maxsplit=1)[0]
        self.key = key or text(item.get("id"))
        self.shown = title
        self.type = text(item.get("type")) or "document"
        self.title = Title(title)
        self.main = Title(main) if main and main != title else None
        self.authors = names(item, "author", bodies)
        if not self.authors and not self.is_part and not self.is_article:
            self.authors = names(item, "editor", bodies)
        self.day, self.until = identifiers.days(item.get("issued"))
        self.container = Title(text(item.get("container-title")))
        self.container_short = Title(text(item.get("container-title-short")))
        self.publisher = bodies.name_of(text(item.get("publisher")))
        self.volume, self.issue = _plain(item, "volume"), _plain(item, "issue")
        self.edition = _digits(text(item.get("edition")))
        self.page = _digits(text(item.get("page")))[:1]
        number = text(item.get("number"))
        self.symbols, self.annex = identifiers.symbols(number)
        self.number = () if self.symbols else _digits(number)
        self.symbols = self.symbols or self._resolution()
        self.doi = identifiers.doi(text(item.get("DOI"))) or identifiers.doi(text(item.get("URL")))
        self.isbns = identifiers.isbns(text(item.get("ISBN")))
        self.addresses = identifiers.addresses(item)

    def _resolution(self) -> frozenset[str]:
        """The symbol that “Resolution 968 (1994)” of the Security Council has, and no number."""
        found = _RESOLUTION.fullmatch(self.title.latin)
        author = self.authors[0].full if self.authors else ""
        if found and (found[1] or _SECURITY_COUNCIL.fullmatch(author)):
            return frozenset({f"S/RES/{found[2]}"})
        return frozenset()

    @property
    def year(self) -> int | None:
        return self.day[0] if self.day else None

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a book, told by its own title."""
        return self.type in CHAPTERS

    @property
    def is_article(self) -> bool:
        return self.type in _ARTICLES

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        """The title, and the title without its subtitle."""
        return (self.title, self.main) if self.main else (self.title,)

    @property
    def author(self) -> Name | None:
        return self.authors[0] if self.authors else None


def _plain(item: Mapping[str, Any], field: str) -> str:
    return "".join(words(text(item.get(field))))


def _digits(value: str) -> tuple[str, ...]:
    """The numbers in a text (“2nd ed.” and “2” are one), or its words where it has none."""
    return tuple(number.lstrip("0") or "0" for number in _DIGITS.findall(value)) or words(value)
