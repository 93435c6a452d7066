"""Sets notes and references in the house style: house.csl by citeproc-py, and what CSL cannot say.

Ours are: the short form of a book whose other chapter was cited before, the full stop after a
title that ends in a question mark, locators printed as typed, escaping, and links.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import citeproc
from citeproc.source.json import CiteProcJSON
from django.utils.translation import gettext as _

from .csl_items import CHAPTERS, container, plain, prepared, shortened

Item = Mapping[str, Any]

_STYLE = Path(__file__).with_name("house.csl")
_LOCK = Lock()  # citeproc-py keeps its state on the parsed style, which threads share
_ITALIC, _ROMAN, _LINK, _UNLINK, _TYPED = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014"
_MARKS = str.maketrans("", "", _ITALIC + _ROMAN + _LINK + _UNLINK)
_STOP_TOO_MANY = re.compile(f"([?!]{_ROMAN}?|\\.{_ROMAN})\\.(?=[”\\s]|$)")
_LINKED = re.compile(f"{_LINK}([^{_UNLINK}]*){_UNLINK}")
_PAGES = re.compile(r"(pp?(?:\.|(?=[\s0-9]))|pages?(?=\s))\s*(?=[0-9]|[ivxlc]+\b)(.+)", re.I)
_NUMBERS = re.compile(r"[0-9]+[a-z]?(?:\s*[-–,&]\s*[0-9]+[a-z]?)*")


class Setting(NamedTuple):
    """Words set in type: as plain text, and as safe HTML that reads the same."""

    text: str
    html: str


class Locator(NamedTuple):
    """Where in a source: `value` without p. or pp. when `label` is "page", else as written.

    `typed`, where given, is printed in its stead to the letter.
    """

    value: str
    label: str = ""
    typed: str = ""


class Cite(NamedTuple):
    """One source in a note, and the place in it."""

    key: str
    locator: Locator | None = None


def read_locator(words: str, *, verbatim: bool = False) -> Locator:
    """The locator that an editor's words mean: "pp. 52-4", "52-4", "para. 76", "Art. 2".

    Page numbers are set p. or pp. by how many there are; everything else stands as typed, and so
    do page numbers where `verbatim` is set.
    """
    words = plain(words)
    pages = _PAGES.fullmatch(words)
    value = pages[2] if pages else words
    if _NUMBERS.fullmatch(value):
        return Locator(value.replace("–", "-"), "page", words if verbatim else "")
    if pages:
        return Locator(value, "page", words if verbatim else f"{pages[1]}{value}")
    return Locator(words)


def set_notes(
    notes: Iterable[Sequence[Cite | Setting]], library: Mapping[str, Item]
) -> list[Setting]:
    """Every note set in type, in order: full at a source's first mention, short at later ones.

    A note is a sequence of citations and of words between them. `library` has CSL-JSON items by
    key. A key it lacks is named in square brackets.
    """
    notes = [list(note) for note in notes]
    cited = dict.fromkeys(part.key for note in notes for part in note if isinstance(part, Cite))
    with _LOCK:
        galley = _Galley({key: library[key] for key in cited if key in library})
        return [_joined(galley.cite(p) if isinstance(p, Cite) else p for p in n) for n in notes]


def reference(item: Item) -> Setting:
    """The full reference to one CSL-JSON item, without a locator."""
    return set_notes([[Cite("item")]], {"item": item})[0]


def bibliography(items: Iterable[Item]) -> list[Setting]:
    """The full references to CSL-JSON items, in order of author and title."""
    with _LOCK:
        case = _TypeCase(dict(enumerate(map(prepared, items))))
        return case.bibliography()


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


class _Galley:
    """The notes of one text on their way: remembers which sources and books were cited."""

    def __init__(self, library: Mapping[str, Item]) -> None:
        items = {key: prepared(item) for key, item in library.items()}
        _tell_apart(items.values())
        books = {
            (key, "chapter"): shortened(item)
            for key, item in items.items()
            if item["type"] in CHAPTERS
        }
        self.items = items
        self.case = _TypeCase(items | books)
        self.cited: set[str] = set()
        self.containers: set[tuple] = set()

    def cite(self, cite: Cite) -> Setting:
        item = self.items.get(cite.key)
        if item is None:
            words = _("[unknown source: %s]") % cite.key
            return Setting(words, escape(words))
        subsequent = cite.key in self.cited
        book = container(item)
        in_known_book = item["type"] in CHAPTERS and book in self.containers
        setting = self.case.cite(
            (cite.key, "chapter") if in_known_book and not subsequent else cite.key,
            subsequent=subsequent,
            locator=cite.locator,
        )
        self.cited.add(cite.key)
        self.containers.add(book)
        return setting


def _tell_apart(items: Iterable[dict[str, Any]]) -> None:
    """Give the full title as short title to items whose short forms would read the same."""
    short_forms: dict[tuple, list[dict[str, Any]]] = {}
    for item in items:
        names = item.get("author") or item.get("editor") or []
        families = tuple(n.get("literal") or n.get("family") for n in names)
        short_forms.setdefault((families, item["title-short"].casefold()), []).append(item)
    for alike in short_forms.values():
        if len(alike) > 1:
            for item in alike:
                item["title-short"] = item["title"]


class _Formatter:
    """What citeproc-py asks of a formatter; marks italics, escapes nothing (we do, afterwards)."""

    preformat = Oblique = Bold = Light = Underline = Superscript = Subscript = SmallCaps = str

    @staticmethod
    def Italic(text: Any) -> str:
        return f"{_ITALIC}{text}{_ROMAN}"


@cache
def _style() -> citeproc.CitationStylesStyle:
    return citeproc.CitationStylesStyle(str(_STYLE), validate=False)


class _TypeCase:
    """The items of one text in citeproc-py, which lower-cases ids: so they are numbered here.

    To be used under the lock.
    """

    def __init__(self, items: Mapping[Any, dict[str, Any]]) -> None:
        self.ids = {key: str(number) for number, key in enumerate(items)}
        numbered = [
            item | {"id": self.ids[key]} | _marked_address(item) for key, item in items.items()
        ]
        self.press = citeproc.CitationStylesBibliography(
            _style(), CiteProcJSON(numbered), _Formatter
        )
        for number in self.ids.values():
            self.press.register(citeproc.Citation([citeproc.CitationItem(number)]))
        self.done: dict[tuple, str] = {}

    def cite(self, key: Any, *, subsequent: bool, locator: Locator | None) -> Setting:
        typed = "" if locator is None else locator.typed
        if locator is not None and not typed and locator.label != "page":
            typed = locator.value
        place = _TYPED if typed else locator and locator.value
        job = (key, subsequent, place)
        if job not in self.done:
            self.done[job] = self._press(self.ids[key], subsequent, place)
        return _finished(self.done[job].replace(_TYPED, typed))

    def _press(self, number: str, subsequent: bool, place: str | None) -> str:
        label = "as typed" if place == _TYPED else "page"
        where = {"locator": citeproc.Locator(label, place)} if place else {}
        citation = citeproc.Citation([citeproc.CitationItem(number, **where)])
        self.press.register(citation)
        before = citeproc.Citation([citeproc.CitationItem(number)] if subsequent else []).cites
        return str(_style().render_citation(citation, before, None))

    def bibliography(self) -> list[Setting]:
        self.press.sort()
        return [_finished(str(entry)) for entry in self.press.bibliography()]


def _marked_address(item: dict[str, Any]) -> dict[str, str]:
    return {"URL": f"{_LINK}{item['URL']}{_UNLINK}"} if "URL" in item else {}


def _finished(marked: str) -> Setting:
    marked = _STOP_TOO_MANY.sub(r"\1", marked)
    html = escape(marked).replace(_ITALIC, "<i>").replace(_ROMAN, "</i>")
    return Setting(marked.translate(_MARKS), _LINKED.sub(_link, html))


def _link(address: re.Match[str]) -> str:
    """A link where the (escaped) address is one of the web; the bare address otherwise."""
    if not address[1].lower().startswith(("http://", "https://")):
        return address[1]
    return f'<a href="{address[1]}" rel="noopener">{address[1]}</a>'
