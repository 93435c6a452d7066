"""Proves that editions are as they were published: the chain of digests, and the columns."""

from collections.abc import Iterator

from .models import Edition
from .publishing import MIRRORED, digest


def faults() -> Iterator[str]:
    """A sentence for every edition whose digest, number or columns do not hold."""
    case, number, previous = None, 0, ""
    for edition in Edition.objects.order_by("case_id", "number").select_related("case").iterator():
        if edition.case_id != case:
            case, number, previous = edition.case_id, 0, ""
        number += 1
        name = f"{edition.case.slug}, edition {edition.number}"
        if edition.number != number:
            yield f"{name}: edition {number} is missing before it."
            number = edition.number
        if edition.digest != digest(edition.record, previous):
            yield f"{name}: the digest does not fit its record and the edition before it."
        for field in MIRRORED:
            if getattr(edition, field) != edition.record.get(field):
                yield f"{name}: {field} differs from the record."
        previous = edition.digest


def count() -> int:
    """How many editions there are to verify."""
    return Edition.objects.count()
