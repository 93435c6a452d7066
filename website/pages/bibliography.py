"""The works that an edition cites: of each note, and each once with the notes that cite it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import cache

from editions.models import Edition
from editions.record.field import Record
from organisations.naming import folded
from sources.citing import reference

KEPT = 30 * 24 * 60 * 60  # seconds; setting a reference takes a millisecond, an edition has dozens


@dataclass(frozen=True)
class WorkCited:
    """One source, by its key, as its full reference in HTML, and the numbers of the notes."""

    key: str
    title: str
    reference: str
    notes: list[int]


def bibliography(edition: Edition, record: Record) -> list[WorkCited]:
    """The works in the order of the names they are filed under: of the first author or editor, or
    the title where there is none."""
    references = _references(edition, record)
    notes: dict[str, list[int]] = {}
    for note in record["notes"]:
        for key in dict.fromkeys(citation["key"] for citation in note["citations"]):
            notes.setdefault(key, []).append(note["number"])
    return [WorkCited(key, title, html, notes.get(key, [])) for key, title, html in references]


def notes_with_sources(record: Record) -> list[dict[str, Any]]:
    """The notes of a record, each with its `sources`: key and title of what it cites, each once."""
    titles = {item["id"]: item.get("title", item["id"]) for item in record["sources"]}
    return [
        note
        | {
            "sources": [
                {"key": key, "title": titles[key]}
                for key in dict.fromkeys(citation["key"] for citation in note["citations"])
                if key in titles
            ]
        }
        for note in record["notes"]
    ]


def _references(edition: Edition, record: Record) -> list[tuple[str, str, str]]:
    def setting() -> list[tuple[str, str, str]]:
        found = [(item, reference(item)) for item in record["sources"]]
        found.sort(key=lambda pair: _filed_under(pair[0]))
        return [(item["id"], item.get("title", item["id"]), work.html) for item, work in found]

    key = f"bibliography:{edition.digest}"
    return cast(list[tuple[str, str, str]], cache.get_or_set(key, setting, timeout=KEPT))


def _filed_under(item: Mapping[str, Any]) -> tuple[str, str, str]:
    people = item.get("author") or item.get("editor") or [{}]
    name = people[0].get("family") or people[0].get("literal") or item.get("title", "")
    return folded(name), folded(people[0].get("given", "")), folded(item.get("title", ""))
