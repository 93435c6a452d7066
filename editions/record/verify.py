"""Proves that editions are as they were published: the chain of digests, columns and relations.

Columns and relations are compared with the record by what never changes (slugs, codes, keys), never
by what a name is today. Organisations are left out: a merge moves them, and the record keeps the
names as they stood.

Of an edition that was removed lawfully only the digest is left. It is compared with the one that
the removal names, and the edition after it is chained to it; the rest must be the tombstone.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from editions.models import Edition, Removal

from .digest import digest
from .fields import FIELDS
from .kinds import OneTerm, Several
from .read import record_of
from .tombstone import tombstone

OF_EDITION = ("number", "kind", "change_note", "body_html", "notes")  # columns beside the fields
_VERIFIED = [field for field in FIELDS if field.kind.is_verified]
_TERMS = [field.name for field in _VERIFIED if isinstance(field.kind, OneTerm)]
_RELATIONS = [
    field.name for field in _VERIFIED if isinstance(field.kind, Several) and field.kind.is_relation
]
_CONFIRMED = Removal.objects.exclude(confirmed_at=None)


def faults() -> Iterator[str]:
    """A sentence for everything that does not hold, case by case."""
    before: Edition | None = None
    for edition in _editions().iterator(chunk_size=200):
        if before and before.case_id != edition.case_id:
            yield from _last(before)
            before = None
        yield from _chained(edition, before)
        wrong = list(_removed(edition))
        yield from wrong
        if not (wrong and edition.is_removed):
            yield from _columns(edition)
        before = edition
    if before:
        yield from _last(before)


def _editions() -> "QuerySet[Edition]":
    return (
        Edition.objects.order_by("case_id", "number")
        .select_related("case", *_TERMS)
        .prefetch_related(*_RELATIONS, "citations__source")
        .prefetch_related(Prefetch("removals", _CONFIRMED, to_attr="confirmed"))
    )


def _name(edition: Edition) -> str:
    return f"{edition.case.slug}, edition {edition.number}"


def _chained(edition: Edition, before: Edition | None) -> Iterator[str]:
    expected = before.number + 1 if before else 1
    if edition.number != expected:
        yield f"{_name(edition)}: edition {expected} is missing before it."
    if not edition.is_removed and edition.digest != digest(
        edition.record, before.digest if before else ""
    ):
        yield f"{_name(edition)}: the digest does not fit its record and the edition before it."
    if before and before.is_current:
        yield f"{_name(before)}: it is in print beside a later one."


def _removed(edition: Any) -> Iterator[str]:
    if edition.is_removed and not edition.confirmed:
        yield f"{_name(edition)}: it was removed, and no two people decided that."
    for removal in edition.confirmed:
        removal.edition = edition
        if not edition.is_removed:
            yield f"{_name(edition)}: its removal was decided, and it stands."
        elif edition.digest != removal.digest:
            yield f"{_name(edition)}: the digest is not the one it had when it was removed."
        elif edition.record != tombstone(removal):
            yield f"{_name(edition)}: something else stands in place of its tombstone."


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


def removed() -> Iterator[str]:
    """A sentence for every edition that was removed lawfully."""
    rows = _CONFIRMED.select_related("edition__case").defer("edition__record")
    for removal in rows.order_by("edition__case_id", "edition__number"):
        day = f"{removal.confirmed_at:%Y-%m-%d}"
        yield f"{_name(removal.edition)}: removed lawfully on {day}. {removal.ground}"


def count() -> int:
    """How many editions there are to verify."""
    return Edition.objects.count()
