"""HTML of ours as XHTML for an EPUB: well-formed, its links within the book or whole addresses."""

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

from serving.addresses import absolute

_VOID = frozenset({"br", "hr", "wbr"})
_KEPT = frozenset(
    {"aria-label", "aria-labelledby", "class", "datetime", "dir", "id", "role", "start"}
)
_TYPES = {  # what EPUB calls what ARIA calls so
    "doc-noteref": "noteref",
    "doc-backlink": "backlink",
    "doc-endnotes": "endnotes",
}
_SCHEMES = ("http", "https", "mailto")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Writer(HTMLParser):
    """Writes what it is fed as XML. `chapters` has the file of each case by its address."""

    def __init__(self, chapters: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.chapters = chapters
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":  # nothing is fetched: its words stand for it
            self.out.append(escape(given.get("alt", "")))
            return
        kept = {name: value for name, value in given.items() if name in _KEPT}
        if given.get("lang"):
            kept["lang"] = kept["xml:lang"] = given["lang"]
        if given.get("role") in _TYPES:
            kept["epub:type"] = _TYPES[given["role"]]
        if tag == "a" and (address := self._address(given.get("href", ""))):
            kept["href"] = address
        said = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        self.out.append(f"<{tag}{said}{'/' if tag in _VOID else ''}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and tag != "img":
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data))

    def _address(self, href: str) -> str:
        """Where a link leads from a chapter; blank where a book cannot say it."""
        if href.startswith("#"):
            return href
        if href.startswith("/") and not href.startswith("//"):
            return self.chapters.get(href) or absolute(iri_to_uri(href))
        try:
            parts = urlsplit(href)
            whole = parts.scheme in _SCHEMES and (parts.scheme == "mailto" or bool(parts.hostname))
            _port = parts.port
        except ValueError:
            return ""
        return _strict(href) if whole else ""


def _strict(href: str) -> str:
    """The address as RFC 3986 has it: what browsers put up with, strict readers do not."""
    host, at, rest = iri_to_uri(href).partition("#")
    return re.sub(r"[\[\]]", _percent, host) + at + re.sub(r"[\[\]#]", _percent, rest)


def _percent(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


def legal(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def as_xhtml(html: str, chapters: Mapping[str, str]) -> str:
    """The same as XHTML. Links to a case of `chapters` lead to its file; a picture is its words."""
    writer = _Writer(chapters)
    writer.feed(html)
    writer.close()
    return "".join(writer.out)
