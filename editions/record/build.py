"""Makes the public record of an edition: everything needed to show or export it, and its digest."""

import hashlib
import json
from datetime import datetime
from typing import Any

from cases.models import Case, CaseContent
from cases.rendering import Rendered
from organisations.models import Term
from sources.formats import library

RECORD_FORMAT = 2  # 1 had no `conflict`; all else is the same
MIRRORED = (  # the columns of an edition that repeat its record
    *("number", "kind", "change_note", "title", "standfirst", "body", "body_html", "notes"),
    *("start_year", "end_year", "ongoing", "location", "regional_groups_note"),
    *("impact", "impact_note"),
)
LICENCE_ADDRESSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-ND-4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def build_record(
    case: Case,
    rendered: Rendered,
    *,
    number: int,
    kind: str,
    change_note: str,
    published_at: datetime,
) -> dict[str, Any]:
    """The record of edition `number` of `case` as it stands now: plain JSON, names as they stand.

    Notes carry `number`, `html`, `text`, `refs` (ids of the places that use them) and `citations`
    (`key`, `locator`, `label`); sources are CSL-JSON in order of first citation.
    """
    sources = library(case.body)
    return content(case) | {
        "format": RECORD_FORMAT,
        "case": case.slug,
        "number": number,
        "kind": kind,
        "change_note": change_note,
        "published_at": published_at.isoformat(),
        "body_html": rendered.html,
        "notes": [_note(note) for note in rendered.notes],
        "sources": [sources[key] for key in rendered.keys if key in sources],
    }


def content(case: Case) -> dict[str, Any]:
    """The part of a record that editors write, from the working copy as it stands."""
    licence = CaseContent.Licence(case.licence)
    return {
        "title": case.title,
        "standfirst": case.standfirst,
        "body": case.body,
        "aim": _term(case.aim) if case.aim else None,
        "conflict": _term(case.conflict) if case.conflict else None,
        "start_year": case.start_year,
        "end_year": case.end_year,
        "ongoing": case.ongoing,
        "location": case.location,
        "countries": [
            {"alpha3": c.alpha3, "alpha2": c.alpha2, "name": c.name} for c in case.countries.all()
        ],
        "regional_groups": [_term(t) for t in case.regional_groups.all()],
        "regional_groups_note": case.regional_groups_note,
        "conflict_types": [_term(t) for t in case.conflict_types.all()],
        "initiative_types": [_term(t) for t in case.initiative_types.all()],
        "organisations": [
            {"slug": o.slug, "name": o.name, "short_name": o.short_name, "kind": o.kind.slug}
            for o in case.organisation_list
        ],
        "impact": case.impact,
        "impact_note": case.impact_note,
        "authors": case.author_names,
        "licence": {
            "code": licence.value,
            "name": str(licence.label),
            "url": LICENCE_ADDRESSES.get(licence.value, ""),
        },
        "external_ids": [{"scheme": e.scheme, "value": e.value} for e in case.external_ids.all()],
    }


def _term(term: Term) -> dict[str, str]:
    return {"slug": term.slug, "label": term.label}


def _note(note: Any) -> dict[str, Any]:
    return {
        "number": note.number,
        "html": note.html,
        "text": note.text,
        "refs": list(note.refs),
        "citations": [
            {"key": cite.key, "locator": cite.locator, "label": cite.label}
            for cite in note.citations
        ],
    }


def canonical(record: dict[str, Any]) -> bytes:
    """The record as bytes that are the same for the same content: sorted keys, UTF-8, no spaces."""
    return json.dumps(
        record, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(record: dict[str, Any], previous: str) -> str:
    """SHA-256, in hexadecimal, over the canonical record and the digest of the edition before."""
    return hashlib.sha256(canonical(record) + b"\n" + previous.encode()).hexdigest()
