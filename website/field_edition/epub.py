"""The collection as an EPUB 3: a chapter for each case, and no script, typeface or picture."""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import IO, Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from editions.models import Edition

from .chapter import chapter
from .contents import Contents, contents
from .xhtml import as_xhtml, legal
from .zipping import put

_FOLDER = "website/field_edition"
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""


class Entry(NamedTuple):
    """A chapter in the lists of the book: its name in the package, its file, the address of the
    case on the site, its title and its countries."""

    id: str
    file: str
    address: str
    title: str
    countries: tuple[str, ...]


class Country(NamedTuple):
    """A country and the chapters about it."""

    name: str
    entries: list[Entry]


def write_epub(file: IO[bytes], *, on: date) -> None:
    """Write the collection as it is in print to `file`, dated `on`. Some 20 ms for each case."""
    found = contents(on)
    with zipfile.ZipFile(file, "w") as book:
        _put(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        _put(book, "META-INF/container.xml", _CONTAINER)
        entries = []
        chapters = _chapters(found)
        for edition in found.editions():
            entry = _entry(edition)
            entries.append(entry)
            _put(book, f"EPUB/{entry.file}", _page("case", chapter(edition), entry.title, chapters))
        for name, text in _around(found, entries, chapters):
            _put(book, f"EPUB/{name}", text)


def _chapters(found: Contents) -> dict[str, str]:
    """The file of each case by its address on the site."""
    slugs = Edition.objects.filter(pk__in=found.keys).values_list("case__slug", flat=True)
    return {reverse("case", args=[slug]): f"{slug}.xhtml" for slug in slugs}


def _entry(edition: Edition) -> Entry:
    names = tuple(country["name"] for country in edition.record["countries"])
    slug = edition.case.slug
    address = edition.get_absolute_url()
    return Entry(f"case-{slug}", f"{slug}.xhtml", address, edition.title, names)


def _around(
    found: Contents, entries: list[Entry], chapters: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What stands before and after the chapters, by the name of its file: that begins with a
    line, as no case's name in addresses does."""
    context = {"found": found, "entries": entries, "countries": _by_country(entries)}
    pages = [("opening", found.site), ("countries", _("Cases by country"))]
    if found.ended:
        pages.append(("ended", _("Withdrawn and removed")))
    pages.append(("colophon", _("Colophon")))
    for name, title in pages:
        yield f"_{name}.xhtml", _page(name, context, title, chapters)
    yield "_nav.xhtml", render_to_string(f"{_FOLDER}/nav.xhtml", context)
    yield "package.opf", render_to_string(f"{_FOLDER}/package.opf", context)
    yield "style.css", render_to_string(f"{_FOLDER}/style.css")


def _by_country(entries: list[Entry]) -> list[Country]:
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in entry.countries:
            by_name.setdefault(name, []).append(entry)
    return [Country(name, by_name[name]) for name in sorted(by_name)]


def _page(name: str, context: dict[str, Any], title: str, chapters: Mapping[str, str]) -> str:
    main = as_xhtml(render_to_string(f"{_FOLDER}/{name}.html", context), chapters)
    return render_to_string(f"{_FOLDER}/page.xhtml", {"main": main, "title": title, "name": name})


def _put(book: zipfile.ZipFile, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    put(book, name, legal(text).encode(), how)
