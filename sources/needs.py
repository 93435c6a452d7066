"""Which fields each type of source needs so that a reader can find it again, and which it may have.

After the required fields of BibLaTeX (manual, 2.1.1) and what the house style prints. The form of
a source shows what is needed first; what is missing is said, and stops nothing.
"""

from collections.abc import Mapping
from typing import Any

from .models import Source

_Type = Source.Type
NAMES = "contributors"  # stands for the rows of authors, editors and the like

NEEDED: Mapping[str, tuple[str, ...]] = {
    _Type.BOOK: (NAMES, "title", "publisher", "publisher_place", "issued"),
    _Type.CHAPTER: (NAMES, "title", "container_title", "publisher", "issued", "page"),
    _Type.ARTICLE_JOURNAL: (NAMES, "title", "container_title", "volume", "issued", "page"),
    _Type.ARTICLE_NEWSPAPER: ("title", "container_title", "issued"),
    _Type.ARTICLE_MAGAZINE: ("title", "container_title", "issued"),
    _Type.REPORT: (NAMES, "title", "issued"),
    _Type.WEBPAGE: ("title", "url", "accessed"),
    _Type.TREATY: ("title", "issued"),
    _Type.THESIS: (NAMES, "title", "genre", "publisher", "issued"),
    _Type.PAPER_CONFERENCE: (NAMES, "title", "container_title", "issued"),
    _Type.LEGISLATION: ("title", "issued"),
    _Type.INTERVIEW: (NAMES, "title", "issued"),
    _Type.BROADCAST: ("title", "publisher", "issued"),
    _Type.DOCUMENT: ("title", "issued"),
}
_FOUND_AT = ("url", "accessed", "archive_url", "doi", "language")
_KEPT_AT = ("archive", "archive_location", "call_number")
_PERIODICAL = ("volume", "issue", "page", *_FOUND_AT)
USEFUL: Mapping[str, tuple[str, ...]] = {
    _Type.BOOK: ("title_short", "edition", "volume", "isbn", "original_date", *_FOUND_AT),
    _Type.CHAPTER: ("title_short", "publisher_place", "edition", "volume", "isbn", *_FOUND_AT),
    _Type.ARTICLE_JOURNAL: ("title_short", "issue", *_FOUND_AT),
    _Type.ARTICLE_NEWSPAPER: (NAMES, "publisher_place", *_PERIODICAL),
    _Type.ARTICLE_MAGAZINE: (NAMES, *_PERIODICAL),
    _Type.REPORT: ("symbol", "number", "publisher", "publisher_place", "genre", *_FOUND_AT),
    _Type.WEBPAGE: (NAMES, "container_title", "publisher", "issued", "archive_url", "language"),
    _Type.TREATY: ("symbol", "number", "publisher", *_FOUND_AT),
    _Type.THESIS: ("publisher_place", *_KEPT_AT, *_FOUND_AT),
    _Type.PAPER_CONFERENCE: ("publisher", "publisher_place", "page", *_FOUND_AT),
    _Type.LEGISLATION: (NAMES, "symbol", "number", *_FOUND_AT),
    _Type.INTERVIEW: ("container_title", "genre", *_KEPT_AT, *_FOUND_AT),
    _Type.BROADCAST: (NAMES, "container_title", "genre", *_FOUND_AT),
    _Type.DOCUMENT: (NAMES, "symbol", "number", "genre", *_KEPT_AT, *_FOUND_AT),
}

_CSL_NAMES = {
    "container_title": "container-title",
    "publisher_place": "publisher-place",
    "url": "URL",
}
_ROLES = ("author", "editor", "translator", "interviewer")


def lacks(source: Source) -> list[str]:
    """The needed fields that a stored source has not; NAMES where nobody is named."""
    return [
        name
        for name in NEEDED[source.type]
        if not (source.contributors.all() if name == NAMES else getattr(source, name))
    ]


def lacks_in(item: Mapping[str, Any]) -> list[str]:
    """The same of a source as a CSL-JSON item. No query."""
    return [
        name
        for name in NEEDED.get(item["type"], ())
        if not any(
            item.get(csl) for csl in (_ROLES if name == NAMES else (_CSL_NAMES.get(name, name),))
        )
    ]
