"""What the tests of descriptions stand on: a page's head as machines read it."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Head:
    """The <meta> elements as (name, content), the <link> elements, and the data blocks."""

    tags: list[tuple[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    data: list[Any] = field(default_factory=list)
    scripts: int = 0

    def all(self, name: str) -> list[str]:
        """The contents of every <meta> of that name."""
        return [content for tag, content in self.tags if tag == name]

    def one(self, name: str) -> str:
        """The content of the only <meta> of that name."""
        [content] = self.all(name)
        return content

    def node(self, type_: str) -> dict[str, Any]:
        """The only node of that type in the data blocks; what is said of one @id is one node."""
        found: dict[str, Any] = {}
        for node in (node for block in self.data for node in block["@graph"]):
            if node["@type"] == type_:
                assert not found or found["@id"] == node["@id"]
                found |= node
        assert found, type_
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.head = Head()
        self.block: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := values.get("name") or values.get("property")):
            self.head.tags.append((name, values.get("content", "")))
        elif tag == "link":
            self.head.links.append(values)
        elif tag == "script" and values.get("type") == "application/ld+json":
            self.block = ""
        elif tag == "script":
            self.head.scripts += 1

    def handle_data(self, data: str) -> None:
        if self.block is not None:
            self.block += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.block is not None:
            self.head.data.append(json.loads(self.block))
            self.block = None


def head_of(html: str) -> Head:
    """The head of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.head


def zotero_item(head: Head) -> dict[str, Any]:
    """What Zotero's “Embedded Metadata” saves, by the rules it publishes: a tag that names an
    institution of technical reports makes a report; of each field the first tag counts; authors
    are parted at semicolons, and a lone author at a comma that has a blank on either side; a name
    with a comma is family, given, and any other has its family name last."""
    kinds = {
        "citation_journal_title": "journalArticle",
        "citation_technical_report_institution": "report",
        "citation_conference_title": "conferencePaper",
        "citation_book_title": "bookSection",
        "citation_dissertation_institution": "thesis",
    }
    named = [kinds[name] for name, content in head.tags if content and name in kinds]
    kind = named[-1] if named else "journalArticle" if head.all("citation_title") else "webpage"
    fields = {
        "title": "citation_title",
        "date": "citation_publication_date",
        "institution": "citation_technical_report_institution",
        "number": "citation_technical_report_number",
        "url": "citation_public_url",
        "language": "citation_language",
        "abstract": "citation_abstract",
    }
    values = {name: next(iter(head.all(tag)), "") for name, tag in fields.items()}
    return {"type": kind, "authors": _authors(head.all("citation_author"))} | values


def _authors(tags: list[str]) -> list[tuple[str, str]]:
    found = []
    for tag in tags:
        names = [part.strip() for part in tag.split(";")]
        parts = [part.strip(" ") for part in names[0].split(",")]
        if len(tags) == len(names) == 1 and len(parts) > 1 and all(" " in p for p in parts[:2]):
            names = parts
        for name in names:
            family, comma, given = name.partition(",")
            if not comma:
                given, _, family = name.rpartition(" ")
            found.append((given.strip(), family.replace("\xa0", " ")))
    return found
