"""The importer's report on one file, in the format that DESIGN.md fixes."""

from typing import Any

from .manuscript import Cited, Reference
from .understood import Understood

_EMPTY: dict[str, Any] = {
    "file": "",
    "status": "refused",
    "reason": None,
    "case": None,
    "title": None,
    "standfirst": None,
    "start_year": None,
    "end_year": None,
    "ongoing": False,
    "countries": [],
    "regional_groups": [],
    "conflict_types": [],
    "initiative_types": [],
    "organisations": [],
    "impact": None,
    "paragraphs": 0,
    "notes": [],
    "sources": [],
    "warnings": [],
}
_REASONS = {
    "unchanged": "This file was imported before, as the case “{}”.",
    "duplicate-of": "The same text was imported under another name, as the case “{}”.",
}


def report(understood: Understood) -> dict[str, Any]:
    """What was understood of one file, with its status; JSON-ready."""
    manuscript, slug = understood.manuscript, understood.slug
    return {
        "file": manuscript.name,
        "status": understood.status,
        "reason": _REASONS.get(understood.status, "").format(slug) or None,
        "case": slug,
        "title": manuscript.title,
        "standfirst": manuscript.standfirst,
        "start_year": understood.start_year,
        "end_year": understood.end_year,
        "ongoing": understood.ongoing,
        "countries": [country.alpha3 for country in understood.countries],
        "regional_groups": [group.slug for group in understood.regional_groups],
        "conflict_types": [term.slug for term in understood.conflict_types],
        "initiative_types": [term.slug for term in understood.initiative_types],
        "organisations": [named.name for named in understood.organisations],
        "impact": understood.impact or None,
        "paragraphs": manuscript.paragraphs,
        "notes": [
            {"number": note.number, "citations": [_citation(c) for c in note.citations]}
            for note in manuscript.notes
        ],
        "sources": [
            _source(source, key)
            for source, key in zip(manuscript.sources, understood.keys, strict=True)
        ],
        "warnings": [
            {"code": caution.code, "line": caution.line, "text": caution.text}
            for caution in understood.cautions
        ],
    }


def refusal(name: str, reason: str) -> dict[str, Any]:
    """The report on a file that was refused: nothing of it was stored."""
    return {**_EMPTY, "file": name, "reason": reason}


def _citation(cited: Cited) -> dict[str, Any]:
    return {"source": cited.source, "locator": cited.locator.value if cited.locator else None}


def _source(source: Reference, key: str) -> dict[str, Any]:
    people = source.authors or source.editors if source.type != "chapter" else source.authors
    return {
        "key": key,
        "type": source.type,
        "title": source.title,
        "authors": [str(name) for name in people],
        "container_title": source.container_title or None,
        "issued_year": source.year,
        "url": source.url or None,
        "accessed": source.accessed.isoformat() if source.accessed else None,
    }
