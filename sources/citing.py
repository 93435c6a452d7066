"""Formats notes and references in the house style: house.csl by citeproc-py, and what CSL lacks.

CSL cannot express: the short form of a book whose other chapter was cited before, the full stop
after a title that ends in a question mark, locators printed as typed, escaping, and links.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import citeproc
import citeproc.model
from citeproc.source.json import CiteProcJSON
from django.utils.translation import gettext as _

from .csl_items import CHAPTERS, book_identity, prepared, shortened
from .plain_text import plain
from .short_forms import disambiguate

Item = Mapping[str, Any]

_STYLE = Path(__file__).with_name("house.csl")
_LOCK = Lock()  # citeproc-py keeps its state on the parsed style, which threads share
# Private-use characters stand for mark-up and the locator until the text has been escaped.
_ITALIC, _END_ITALIC, _LINK, _END_LINK, _LOCATOR = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014"
_NO_MARKERS = str.maketrans("", "", _ITALIC + _END_ITALIC + _LINK + _END_LINK)
_DOUBLE_STOP = re.compile(
    f"((?:[?!…][’”»]*{_END_ITALIC}?|\\.(?:[’”»]+{_END_ITALIC}?|{_END_ITALIC})))\\.(?=[’”»\\s]|$)"
)
_MARKED_LINK = re.compile(f"{_LINK}([^{_END_LINK}]*){_END_LINK}")
_PAGES = re.compile(r"(pp?(?:\.|(?=[\s0-9]))|pages?(?=\s))\s*(?=[0-9]|[ivxlc]+\b)(.+)", re.I)
_PAGE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3}\b)+|[0-9]+)[a-z]?"
_PAGE_NUMBERS = re.compile(rf"{_PAGE}(?:\s*[-–,&]\s*{_PAGE})*")
_NOT_COUNTED = re.compile(r"[0-9],[0-9]{3}\b|\b0[0-9]")  # numbers that CSL would print otherwise
_NUMBER = re.compile(_PAGE)
_PLAIN_PAGES = re.compile(r"[1-9][0-9]*(?:(?:-|, )[1-9][0-9]*)*")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,2})(?=\S)([^*_]+)(?<=\S)\1(?![\w*_])")


class Setting(NamedTuple):
    """A formatted note or reference: as plain text, and as safe HTML that reads the same."""

    text: str
    html: str


class Locator(NamedTuple):
    """A place in a source: `value` without p. or pp. when `label` is "page", else as written.

    `typed`, where given, is printed instead, to the letter.
    """

    value: str
    label: str = ""
    typed: str = ""


class Cite(NamedTuple):
    """One source in a note, and the place in it; the day on which it was read for this, where that
    is not the source's; and the passage there, in its own words, which is not printed."""

    key: str
    locator: Locator | None = None
    accessed: date | None = None
    passage: str = ""


def read_locator(words: str, *, verbatim: bool = False) -> Locator:
    """Parses a locator as editors write it: "pp. 52-4", "52-4", "para. 76", "Art. 2".

    Page numbers are printed with p. or pp. depending on how many there are; everything else is
    printed as typed, and so are page numbers where `verbatim` is true. A comma before three digits
    belongs to the number ("1,024"), and noughts before it are kept ("007"). Words in asterisks or
    underscores are set in italics.
    """
    words = _EMPHASIS.sub(f"{_ITALIC}\\2{_END_ITALIC}", plain(words))
    locator = _read_locator(words, verbatim)
    if _ITALIC not in locator.value:
        return locator
    value = locator.value.translate(_NO_MARKERS)
    return Locator(value, locator.label, locator.typed or locator.value)


def _read_locator(words: str, verbatim: bool) -> Locator:
    pages = _PAGES.fullmatch(words)
    value = pages[2] if pages else words
    if _PAGE_NUMBERS.fullmatch(value):
        value = value.replace("–", "-")
        label = "pp." if len(_NUMBER.findall(value)) > 1 else "p."
        typed = f"{label}{value}" if _NOT_COUNTED.search(value) else ""
        return Locator(value, "page", words if verbatim else typed)
    if pages:
        return Locator(value, "page", words if verbatim else f"{pages[1]}{value}")
    return Locator(words)


def set_notes(
    notes: Iterable[Sequence[Cite | Setting]], library: Mapping[str, Item]
) -> list[Setting]:
    """Formats all notes of a text, in order: a source in full at its first mention, then short.

    A note is a sequence of citations and of words between them. `library` has CSL-JSON items by
    key. A key that it lacks is printed in square brackets.
    """
    notes = [list(note) for note in notes]
    cited = dict.fromkeys(part.key for note in notes for part in note if isinstance(part, Cite))
    with _LOCK:
        formatter = _NoteFormatter({key: library[key] for key in cited if key in library})
        return [
            _joined(formatter.cite(part) if isinstance(part, Cite) else part for part in note)
            for note in notes
        ]


def reference(item: Item) -> Setting:
    """The full reference to one CSL-JSON item, without a locator."""
    return set_notes([[Cite("item")]], {"item": item})[0]


def bibliography(items: Iterable[Item]) -> list[Setting]:
    """The full references to CSL-JSON items, in order of author and title."""
    with _LOCK:
        return _CslProcessor(dict(enumerate(map(prepared, items)))).bibliography()


def _joined(parts: Iterable[Setting]) -> Setting:
    text, html = "", ""
    for part in parts:
        if text.endswith(".") and part.text.startswith(".") and part.html.startswith("."):
            part = Setting(part.text[1:], part.html[1:])
        if part.text.startswith(";") and html.endswith(".") and not _ABBREVIATED.search(text):
            text, html = text[:-1], html[:-1]  # a short form is followed by another: no “.;”
        text, html = text + part.text, html + part.html
    return Setting(text, html)


_ABBREVIATED = re.compile(r"(?:\bet al|\bn\.d|\b[A-Z])\.\Z")


class _NoteFormatter:
    """Formats the citations of one text; remembers which sources and books it has cited."""

    def __init__(self, library: Mapping[str, Item]) -> None:
        items = {key: prepared(item) for key, item in library.items()}
        disambiguate(items.values())
        books = {
            (key, "chapter"): shortened(item)
            for key, item in items.items()
            if item["type"] in CHAPTERS
        }
        self.items = items
        self.processor = _CslProcessor(items | books)
        self.cited_keys: set[str] = set()
        self.cited_books: set[tuple] = set()

    def cite(self, cite: Cite) -> Setting:
        item = self.items.get(cite.key)
        if item is None:
            words = _("[unknown source: %s]") % cite.key
            return Setting(words, escape(words))
        subsequent = cite.key in self.cited_keys
        book = book_identity(item)
        book_was_cited = item["type"] in CHAPTERS and book in self.cited_books
        setting = self.processor.cite(
            (cite.key, "chapter") if book_was_cited and not subsequent else cite.key,
            subsequent=subsequent,
            locator=cite.locator,
        )
        self.cited_keys.add(cite.key)
        self.cited_books.add(book)
        return _read_on(cite.accessed, setting) if cite.accessed else setting


_ACCESSED = re.compile(r" \(Accessed [0-9/]+\)\Z")


def _read_on(day: date, setting: Setting) -> Setting:
    """With that day in place of the source's, or after what has none."""
    words = f" (Accessed {day:%d/%m/%Y})"
    return Setting(*(_ACCESSED.sub("", text) + words for text in setting))


@lru_cache(maxsize=2_000)
def _found(part: Any, expression: str) -> Any:
    """What an expression finds in the style, which stays as it is: citeproc-py searches it anew for
    each macro, option and term, which is half of the time that a note takes."""
    return _search(part, expression)


_search = citeproc.model.CitationStylesElement.xpath_search
citeproc.model.CitationStylesElement.xpath_search = _found


class _MarkerFormatter:
    """The formatter for citeproc-py: marks italics, and escapes nothing (we do, afterwards)."""

    preformat = Oblique = Bold = Light = Underline = Superscript = Subscript = SmallCaps = str

    @staticmethod
    def Italic(text: Any) -> str:
        return f"{_ITALIC}{text}{_END_ITALIC}"


_MOST_RENDERED = 2_000
_RENDERED: dict[tuple[str, bool, str | None], str] = {}
"""How an item is cited, by its content, whether it was cited before, and the place: an article is
set when it is imported, counted, read, reviewed and published, and its sources seldom change."""


@cache
def _style() -> citeproc.CitationStylesStyle:
    return citeproc.CitationStylesStyle(str(_STYLE), validate=False)


class _CslProcessor:
    """citeproc-py with the items of one text; numbers serve as ids, since it lower-cases them.

    Only to be used while holding _LOCK.
    """

    def __init__(self, items: Mapping[Any, dict[str, Any]]) -> None:
        self.ids = {key: str(number) for number, key in enumerate(items)}
        self.contents = {
            self.ids[key]: json.dumps(item | {"id": ""}, sort_keys=True, default=repr)
            for key, item in items.items()
        }
        numbered = [item | {"id": self.ids[key]} | _marked_url(item) for key, item in items.items()]
        self.engine = citeproc.CitationStylesBibliography(
            _style(), CiteProcJSON(numbered), _MarkerFormatter
        )
        for number in self.ids.values():
            self.engine.register(citeproc.Citation([citeproc.CitationItem(number)]))

    def cite(self, key: Any, *, subsequent: bool, locator: Locator | None) -> Setting:
        typed = _as_printed(locator) if locator else ""
        value = _LOCATOR if typed else locator and locator.value
        number = self.ids[key]
        known = (self.contents[number], subsequent, value)
        if known not in _RENDERED:
            if len(_RENDERED) >= _MOST_RENDERED:
                _RENDERED.clear()
            _RENDERED[known] = self._render(number, subsequent, value)
        return _setting(_RENDERED[known].replace(_LOCATOR, typed))

    def _render(self, number: str, subsequent: bool, value: str | None) -> str:
        label = "as typed" if value == _LOCATOR else "page"
        where = {"locator": citeproc.Locator(label, value)} if value else {}
        citation = citeproc.Citation([citeproc.CitationItem(number, **where)])
        self.engine.register(citation)
        before = citeproc.Citation([citeproc.CitationItem(number)] if subsequent else []).cites
        return str(_style().render_citation(citation, before, None))

    def bibliography(self) -> list[Setting]:
        self.engine.sort()
        return [_setting(str(entry)) for entry in self.engine.bibliography()]


def _as_printed(locator: Locator) -> str:
    """A place as the style prints it, so that a source is set once for all its pages; "" where that
    is left to the style."""
    if locator.typed or locator.label != "page":
        return locator.typed or locator.value
    if not _PLAIN_PAGES.fullmatch(locator.value):
        return ""
    return f"{'p.' if locator.value.isdigit() else 'pp.'}{locator.value}"


def _marked_url(item: dict[str, Any]) -> dict[str, str]:
    return {"URL": f"{_LINK}{item['URL']}{_END_LINK}"} if "URL" in item else {}


def _setting(marked: str) -> Setting:
    """The plain text and the HTML of a text with markers."""
    marked = _DOUBLE_STOP.sub(r"\1", marked)
    html = escape(marked).replace(_ITALIC, "<i>").replace(_END_ITALIC, "</i>")
    return Setting(marked.translate(_NO_MARKERS), _MARKED_LINK.sub(_link, html))


def _link(address: re.Match[str]) -> str:
    """A link where the (escaped) address is http or https; the bare address otherwise."""
    if not address[1].lower().startswith(("http://", "https://")):
        return address[1]
    return f'<a href="{address[1]}" rel="noopener">{address[1]}</a>'
