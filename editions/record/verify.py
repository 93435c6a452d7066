"""Proves that editions are as they were published: the chain of digests, columns and relations.

Organisations are left out: a merge moves them, and the record keeps the names as they stood.
"""

from collections.abc import Iterator
from datetime import datetime

from editions.models import Edition
from organisations.models import Term

from .build import MIRRORED, digest

_TERMS = ("regional_groups", "conflict_types", "initiative_types")


def faults() -> Iterator[str]:
    """A sentence for everything that does not hold, case by case."""
    before: Edition | None = None
    for edition in _editions().iterator(chunk_size=200):
        if before and before.case_id != edition.case_id:
            yield from _last(before)
            before = None
        yield from _chained(edition, before)
        yield from _mirrored(edition)
        before = edition
    if before:
        yield from _last(before)


def _editions() -> "Edition.objects":
    return (
        Edition.objects.order_by("case_id", "number")
        .select_related("case", "aim", "conflict")
        .prefetch_related(*_TERMS, "countries", "citations__source")
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


def _mirrored(edition: Edition) -> Iterator[str]:
    record = edition.record
    columns = {field: (getattr(edition, field), record.get(field)) for field in MIRRORED}
    columns |= {
        "authors": (edition.author_names, record["authors"]),
        "licence": (edition.licence, record["licence"]["code"]),
        "aim": (_slug(edition.aim), (record["aim"] or {}).get("slug")),
        "conflict": (_slug(edition.conflict), (record.get("conflict") or {}).get("slug")),
        "published_at": (edition.published_at, datetime.fromisoformat(record["published_at"])),
        "countries": (
            {country.alpha3 for country in edition.countries.all()},
            {country["alpha3"] for country in record["countries"]},
        ),
        "citations": (
            {(c.note_number, c.source.key, c.locator) for c in edition.citations.all()},
            {
                (note["number"], cite["key"], cite["locator"])
                for note in record["notes"]
                for cite in note["citations"]
            },
        ),
    }
    for field in _TERMS:
        slugs = {term.slug for term in getattr(edition, field).all()}
        columns[field] = (slugs, {term["slug"] for term in record[field]})
    for field, (stored, frozen) in columns.items():
        if stored != frozen:
            yield f"{_name(edition)}: {field} differs from the record."


def _slug(term: Term | None) -> str | None:
    return term.slug if term else None


def count() -> int:
    """How many editions there are to verify."""
    return Edition.objects.count()
