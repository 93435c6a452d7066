"""Finds, opens and closes the file of a case. Whatever changes a file locks its case first, as
publishing does, so that all of them take turns."""

from django.db.models import Max
from django.utils import timezone

from cases.models import Case
from editions.models import Edition

from .models import ReviewFile


def locked_case(case: Case) -> Case:
    """The case as stored, its row locked until the transaction ends."""
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def current(case: Case) -> ReviewFile | None:
    """The open file of a case; None where nobody has done anything yet. One query."""
    return ReviewFile.objects.open().filter(case=case).select_related("claimed_by").first()


def opened(case: Case) -> ReviewFile:
    """The open file of a case that is locked; a new one where there is none."""
    last = Edition.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    number = (last or 0) + 1
    file, _new = ReviewFile.objects.select_related("claimed_by").get_or_create(
        case=case, closed_at=None, defaults={"number": number}
    )
    if file.number != number:  # a withdrawal has taken the number that this one was for
        file.number = number
        file.save(update_fields=["number"])
    return file


def close(file: ReviewFile, edition: Edition) -> None:
    """What it was for is published: the file stays as it is, and nobody has the case any more."""
    file.number, file.closed_at = edition.number, timezone.now()
    drop_claim(file)


def drop_claim(file: ReviewFile) -> None:
    """Nobody has the case any more."""
    file.claimed_by = file.claimed_at = file.active_at = None
    file.full_clean()
    file.save()
