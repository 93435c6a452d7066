"""Keeps what came of asking an address, and decides whether it is dead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from editions.models import AddressPassage, WatchedAddress
from sources.links.archives import Copy
from sources.links.passages import Found
from sources.links.verdicts import Outcome, Verdict

from .cited import show_anew

_BUSY = timedelta(hours=1)  # that a server is left alone that says "in a second", for ever
KEPT = 20  # checks of an address
_LONGEST = 2000


@dataclass(frozen=True)
class CopySought:
    """That an archive was asked for a copy, and what it said."""

    copy: Copy | None


def keep(
    address: WatchedAddress,
    verdict: Verdict,
    *,
    at: datetime,
    found: Mapping[str, Found] | None = None,
    sought: CopySought | None = None,
) -> WatchedAddress:
    """Store what came of asking `address`; `found` is what came of looking for passages, by their
    text. Where what readers are shown changes, pages of the cases that cite it are made anew."""
    with transaction.atomic():
        stored = WatchedAddress.objects.select_for_update().get(pk=address.pk)
        before = stored.as_shown
        _take(stored, verdict, at)
        if sought:
            stored.copy_looked_at = at
            if sought.copy:
                stored.archived_url, stored.archived_on = sought.copy.url, sought.copy.day
        stored.full_clean()
        stored.save()
        _add_to_history(stored, at)
        _keep_passages(stored, found or {}, at)
        if stored.as_shown != before:
            show_anew(stored.citations.values_list("edition", flat=True))
    return stored


def _take(stored: WatchedAddress, verdict: Verdict, at: datetime) -> None:
    stored.outcome, stored.status = verdict.outcome, verdict.status
    stored.detail = verdict.detail[:300]
    stored.final_address, stored.moved_to = _kept(verdict.final), _kept(verdict.moved_to)
    stored.checked_at = at
    if verdict.is_there:
        stored.title = verdict.title or stored.title
        stored.failures, stored.failing_since, stored.failed_at = 0, None, None
        stored.dead_since = None
    elif verdict.is_failure:
        _count_failure(stored, at)
    is_doubtful = verdict.is_failure and not stored.dead_since
    days = settings.LINK_FAILURE_DAYS if is_doubtful else settings.LINK_CHECK_DAYS
    stored.due_at = at + max(timedelta(days=days), verdict.leave_alone)
    if verdict.outcome == Outcome.REFUSED and verdict.leave_alone:
        stored.due_at = at + max(verdict.leave_alone, _BUSY)  # it says itself when to come again


def _count_failure(stored: WatchedAddress, at: datetime) -> None:
    """A failure counts when it is days after the last that did: one bad evening is one failure."""
    apart = timedelta(days=settings.LINK_FAILURE_DAYS)
    if stored.failed_at is not None and at < stored.failed_at + apart:
        return
    stored.failures = min(stored.failures + 1, 1000)
    stored.failing_since = stored.failing_since or at
    stored.failed_at = at
    if stored.failures >= settings.LINK_FAILURES and stored.dead_since is None:
        stored.dead_since = at


def _kept(address: str) -> str:
    return address if len(address) <= _LONGEST else ""


def _add_to_history(stored: WatchedAddress, at: datetime) -> None:
    stored.checks.create(
        at=at,
        outcome=stored.outcome,
        status=stored.status,
        detail=stored.detail,
        final_address=stored.final_address,
    )
    old = list(stored.checks.order_by("-at", "-pk").values_list("pk", flat=True)[KEPT:])
    stored.checks.filter(pk__in=old).delete()


def _keep_passages(stored: WatchedAddress, found: Mapping[str, Found], at: datetime) -> None:
    rows = AddressPassage.objects.filter(citation__address=stored)
    for row in rows if found else ():
        if one := found.get(row.passage):
            row.looked, row.difference, row.looked_at = one.looked, one.difference, at
            row.save(update_fields=["looked", "difference", "looked_at"])
