"""Reads stored records: one of any format comes out as one of the present format.

Everything that shows, exports, compares, verifies or withdraws an edition reads its record here;
only digests are taken over what was stored.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from editions.models import Edition

from .field import Record
from .fields import FIELDS
from .kinds import Several

_YOUNGER = (
    *((field.name, field.kind.blank) for field in FIELDS if field.since > 1),
    ("fact_refs", {}),
)
_COMPLETED = tuple(
    (field.name, field.kind)
    for field in FIELDS
    if isinstance(field.kind, Several) and field.kind.younger
)


def read(stored: Mapping[str, Any]) -> Record:
    """The record in the present format: fields that it is too old to have are blank in it.

    `format` stays that of the stored one. A record without its long parts, as exports read it, can
    be read as well.
    """
    blank = {name: deepcopy(blank) for name, blank in _YOUNGER if name not in stored}
    completed = {name: kind.completed(stored[name]) for name, kind in _COMPLETED if name in stored}
    if "notes" in stored and stored.get("format", 1) < 5:
        completed["notes"] = [_with_passages(note) for note in stored["notes"]]
    return {**stored, **completed, **blank}


def _with_passages(note: Record) -> Record:
    citations = [{**cite, "accessed": "", "passage": ""} for cite in note["citations"]]
    return {**note, "citations": citations}


def record_of(edition: Edition) -> Record:
    """The record of an edition in the present format."""
    return read(edition.record)
