"""Proves that editions are as they were published: the chain of digests, columns and relations.

Columns and relations are compared with the record by what never changes (slugs, codes, keys), never
by what a name is today. Organisations are left out: a merge moves them, and the record keeps the
names as they stood.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from editions.models import Edition

from .digest import digest
from .fields import FIELDS
from .kinds import OneTerm, Several
from .read import record_of

OF_EDITION = ("number", "kind", "change_note", "body_html", "notes")  # columns beside the fields
_VERIFIED = [field for field in FIELDS if field.kind.is_verified]
_TERMS = [field.name for field in _VERIFIED if isinstance(field.kind, OneTerm)]
_RELATIONS = [
    field.name for field in _VERIFIED if isinstance(field.kind, Several) and field.kind.is_relation
]


def faults() -> Iterator[str]:
    """A sentence for everything that does not hold, case by case."""
    before: Edition | None = None
    for edition in _editions().iterator(chunk_size=200):
        if before and before.case_id != edition.case_id:
            yield from _last(before)
            before = None
        yield from _chained(edition, before)
        yield from _columns(edition)
        before = edition
    if before:
        yield from _last(before)


def _editions() -> "QuerySet[Edition]":
    return (
        Edition.objects.order_by("case_id", "number")
        .select_related("case", *_TERMS)
        .prefetch_related(*_RELATIONS, "citations__source")
    )


def _name(edition: Edition) -> str:
    return f"{edition.case.slug}, edition {edition.number}"


def _chained(edition: Edition, before: Edition | None) -> Iterator[str]:
    expected = before.number + 1 if before else 1
    if edition.number != expected:
        yield f"{_name(edition)}: edition {expected} is missing before it."
    if edition.digest != digest(edition.record, before.digest if before else ""):
        yield f"{_name(edition)}: the digest does not fit its record and the edition before it."
    if before and before.is_current:
        yield f"{_name(before)}: it is in print beside a later one."


def _last(edition: Edition) -> Iterator[str]:
    if not edition.is_current:
        yield f"{_name(edition)}: it is the last edition that is left, and it is not in print."


def _columns(edition: Edition) -> Iterator[str]:
    record = record_of(edition)
    pairs: dict[str, tuple[Any, Any]] = {
        field.name: (
            field.kind.stored(edition, field.name),
            field.kind.frozen(record[field.name]),
        )
        for field in _VERIFIED
    }
    pairs |= {name: (getattr(edition, name), edition.record.get(name)) for name in OF_EDITION}
    pairs["published_at"] = (
        edition.published_at,
        datetime.fromisoformat(record["published_at"]),
    )
    pairs["citations"] = (
        {(c.note_number, c.source.key, c.locator, c.passage) for c in edition.citations.all()},
        {
            (note["number"], cite["key"], cite["locator"], cite["passage"])
            for note in record["notes"]
            for cite in note["citations"]
        },
    )
    for name, (stored, frozen) in pairs.items():
        if stored != frozen:
            yield f"{_name(edition)}: {name} differs from the record."


def count() -> int:
    """How many editions there are to verify."""
    return Edition.objects.count()
