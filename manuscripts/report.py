"""The importer's report on one file, JSON-ready, with the keys of _EMPTY."""

from typing import Any

from .parse.manuscript import Cited, Reference
from .resolve.resolved import Resolved

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
    "impact_note": None,
    "agreements": [],
    "parties": [],
    "events": [],
    "paragraphs": 0,
    "notes": [],
    "sources": [],
    "warnings": [],
    "first_published": None,
    "first_published_address": None,
    "old_addresses": [],
}
_REASONS = {
    "unchanged": "This file was imported before, as the case “{}”.",
    "duplicate-of": "The same text was imported under another name, as the case “{}”.",
}


def report(resolved: Resolved) -> dict[str, Any]:
    """The report on one file that was read: its status, and everything resolved; JSON-ready."""
    manuscript, slug = resolved.manuscript, resolved.slug
    return {
        "file": manuscript.name,
        "status": resolved.status,
        "reason": _REASONS.get(resolved.status, "").format(slug) or None,
        "case": slug,
        "title": manuscript.title,
        "standfirst": manuscript.standfirst,
        "start_year": resolved.start_year,
        "end_year": resolved.end_year,
        "ongoing": resolved.ongoing,
        "countries": [country.alpha3 for country in resolved.countries],
        "regional_groups": [group.slug for group in resolved.regional_groups],
        "conflict_types": [term.slug for term in resolved.conflict_types],
        "initiative_types": [term.slug for term in resolved.initiative_types],
        "organisations": [named.name for named in resolved.organisations],
        "impact": resolved.impact or None,
        "impact_note": resolved.impact_note or None,
        "agreements": resolved.agreements,
        "parties": [{"role": party.role, "name": party.name} for party in resolved.parties],
        "events": resolved.events,
        "paragraphs": manuscript.paragraphs,
        **_notes_and_warnings(resolved),
    }


def _notes_and_warnings(resolved: Resolved) -> dict[str, Any]:
    manuscript, first = resolved.manuscript, resolved.origin.first_published
    return {
        "notes": [
            {"number": note.number, "citations": [_citation(c) for c in note.citations]}
            for note in manuscript.notes
        ],
        "sources": [
            _source(source, key)
            for source, key in zip(manuscript.sources, resolved.keys, strict=True)
        ],
        "warnings": [
            {"code": caution.code, "line": caution.line, "text": caution.text}
            for caution in resolved.cautions
        ],
        "first_published": first.isoformat() if first else None,
        "first_published_address": resolved.origin.first_published_address or None,
        "old_addresses": resolved.origin.old_addresses,
    }


def again(before: dict[str, Any], name: str, status: str, slug: str) -> dict[str, Any]:
    """The report on a text that was reported on when its case was made: the same, but for what
    became of it now."""
    reason = _REASONS[status].format(slug)
    return {**_EMPTY, **before, "file": name, "status": status, "reason": reason, "case": slug}


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
