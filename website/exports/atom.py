"""Atom feeds (RFC 4287), written entry by entry."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.xmlutils import SimplerXMLGenerator

from serving.addresses import absolute

ATOM = "http://www.w3.org/2005/Atom"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Category:
    """A term under which an entry is filed; `scheme` is the address of its list."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True)
class Link:
    """A link of a feed or an entry."""

    rel: str
    href: str
    type: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry; `id` is its address for ever, `updated` an aware datetime."""

    id: str
    title: str
    updated: datetime
    summary: str
    links: list[Link]
    authors: list[str] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    rights: str = ""


@dataclass(frozen=True)
class Feed:
    """What stands before the entries; its author is the collection. `id` is its own address."""

    id: str
    title: str
    subtitle: str
    updated: datetime
    links: list[Link]
    rights: str = ""
    head: str = ""  # of the log of what was published


def atom(feed: Feed, entries: Iterable[Entry]) -> Iterator[str]:
    """The feed as XML: its head, each entry, its end, one after the other."""
    out = io.StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")

    def taken() -> str:
        text = out.getvalue()
        out.seek(0)
        out.truncate()
        return text

    xml.startDocument()
    xml.startElement(
        "feed", _attributes({"xmlns": ATOM, "xml:lang": get_language() or settings.LANGUAGE_CODE})
    )
    _element(xml, "id", feed.id)
    _element(xml, "title", feed.title)
    _element(xml, "subtitle", feed.subtitle)
    _element(xml, "updated", _moment(feed.updated))
    _authors(xml, [settings.SITE_NAME])
    _links(xml, feed.links)
    _element(xml, "rights", feed.rights)
    if feed.head:
        xml.addQuickElement("log:head", feed.head, {"xmlns:log": absolute(reverse("record"))})
    yield taken()
    for entry in entries:
        _entry(xml, entry)
        yield taken()
    xml.endElement("feed")
    xml.endDocument()
    yield taken() + "\n"


def _attributes(values: dict[str, str]) -> AttributesImpl:
    return AttributesImpl(values)


def _entry(xml: SimplerXMLGenerator, entry: Entry) -> None:
    xml.ignorableWhitespace("\n")
    xml.startElement("entry", _attributes({}))
    _element(xml, "id", entry.id)
    _element(xml, "title", entry.title)
    _element(xml, "updated", _moment(entry.updated))
    _element(xml, "published", _moment(entry.updated))
    _authors(xml, entry.authors)
    _links(xml, entry.links)
    for category in entry.categories:
        _empty(xml, "category", vars(category))
    _element(xml, "summary", entry.summary)
    _element(xml, "rights", entry.rights)
    xml.endElement("entry")


def _authors(xml: SimplerXMLGenerator, names: list[str]) -> None:
    for name in names:
        xml.startElement("author", _attributes({}))
        _element(xml, "name", name)
        xml.endElement("author")


def _links(xml: SimplerXMLGenerator, links: list[Link]) -> None:
    for link in links:
        _empty(xml, "link", vars(link))


def _element(xml: SimplerXMLGenerator, name: str, text: str) -> None:
    if text:
        xml.addQuickElement(name, _plain(text))


def _empty(xml: SimplerXMLGenerator, name: str, attributes: dict[str, str]) -> None:
    xml.addQuickElement(name, attrs={k: _plain(v) for k, v in attributes.items() if v})


def _plain(text: str) -> str:
    """The text without the characters that XML has no way to write."""
    return _NOT_XML.sub("", str(text))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
