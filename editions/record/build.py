"""Builds the record of an edition: everything needed to show or export it, for ever."""

from datetime import datetime
from typing import Any

from cases.models import Case
from cases.rendering import Rendered

from .field import Record
from .fields import FIELDS, FORMAT


def build(
    case: Case,
    rendered: Rendered,
    *,
    number: int,
    kind: str,
    change_note: str,
    published_at: datetime,
) -> Record:
    """The record of edition `number` of `case` as it stands now: plain JSON, names as they stand.

    Notes carry `number`, `html`, `text`, `refs` (ids of the places that use them) and `citations`
    (`key`, `locator`, `label`, `accessed`, `passage`); sources are CSL-JSON in order of first
    citation. `fact_refs` are, by the field of a fact, the ids of the markers of what it rests on,
    "" for none: one, or one for each of its rows.
    """
    return {
        **content(case),
        "format": FORMAT,
        "case": case.slug,
        "number": number,
        "kind": kind,
        "change_note": change_note,
        "published_at": published_at.isoformat(),
        "body_html": rendered.html,
        "notes": [_note(note) for note in rendered.notes],
        "sources": list(rendered.sources),
        "fact_refs": rendered.fact_refs,
    }


def content(case: Case) -> Record:
    """The part of a record that editors write, from the working copy as it stands."""
    return {field.name: field.kind.from_case(case, field.name) for field in FIELDS}


def _note(note: Any) -> dict[str, Any]:
    return {
        "number": note.number,
        "html": note.html,
        "text": note.text,
        "refs": list(note.refs),
        "citations": [cite._asdict() for cite in note.citations],
    }
