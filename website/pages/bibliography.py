"""The works that an edition cites: of each note, and each once with the notes that cite it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import cache

from editions.links.shown import DeadAddress
from editions.models import Edition
from editions.record.field import Record
from sources.citing import reference
from website.exports.references import filed_under

from .dead_links import with_copies

KEPT = 30 * 24 * 60 * 60  # seconds; setting a reference takes a millisecond, an edition has dozens


@dataclass(frozen=True)
class WorkCited:
    """One source, by its key, as its full reference in HTML, and the numbers of the notes."""

    key: str
    title: str
    reference: str
    notes: list[int]


Dead = Mapping[str, DeadAddress]


def bibliography(edition: Edition, record: Record, dead: Dead) -> list[WorkCited]:
    """The works in the order of the names they are filed under: of the first author or editor, or
    the title where there is none. Beside addresses that are `dead` stands an archived copy."""
    references = _references(edition, record)
    notes: dict[str, list[int]] = {}
    for note in record["notes"]:
        for key in dict.fromkeys(citation["key"] for citation in note["citations"]):
            notes.setdefault(key, []).append(note["number"])
    return [
        WorkCited(key, title, with_copies(html, dead), notes.get(key, []))
        for key, title, html in references
    ]


def notes_with_sources(record: Record, dead: Dead) -> list[dict[str, Any]]:
    """The notes of a record, each with its `sources`: key and title of what it cites, each once,
    with the `passages` that bear it out, in the source's own words, and the language of these."""
    items = {item["id"]: item for item in record["sources"]}
    return [
        note
        | {
            "html": with_copies(note["html"], dead),
            "sources": [
                {
                    "key": key,
                    "title": items[key].get("title", key),
                    "language": items[key].get("language", ""),
                    "passages": _passages(note, key),
                }
                for key in dict.fromkeys(citation["key"] for citation in note["citations"])
                if key in items
            ],
        }
        for note in record["notes"]
    ]


def _passages(note: Mapping[str, Any], key: str) -> list[str]:
    found = [cite["passage"] for cite in note["citations"] if cite["key"] == key]
    return list(dict.fromkeys(filter(None, found)))


def _references(edition: Edition, record: Record) -> list[tuple[str, str, str]]:
    def setting() -> list[tuple[str, str, str]]:
        found = [(item, reference(item)) for item in record["sources"]]
        found.sort(key=lambda pair: filed_under(pair[0]))
        return [(item["id"], item.get("title", item["id"]), work.html) for item, work in found]

    key = f"bibliography:{edition.digest}"
    return cast(list[tuple[str, str, str]], cache.get_or_set(key, setting, timeout=KEPT))
