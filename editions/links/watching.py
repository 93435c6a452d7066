"""Asks the addresses that are due, one after the other, until the time is over or all are done.

A run that is killed leaves all it has asked behind it: each address is stored by itself, and the
next run goes on with those that are due. Any number may run at once: a host is asked by one.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from editions.models import AddressCitation, AddressPassage, AskedHost, WatchedAddress
from sources.links.archives import Archive
from sources.links.asking import Door
from sources.links.checker import Checker
from sources.links.verdicts import THERE, Limits, Trouble, Verdict

from . import verdicts
from .cited import take_in
from .verdicts import CopySought

logger = logging.getLogger(__name__)
_LEASE = timedelta(minutes=3)  # of a host; well over what one address may take
_PATIENCE = timedelta(minutes=10)  # of a run without an end, with hosts that want to be left alone
_COPY_AGAIN = timedelta(days=30)


def agent() -> str:
    """Who asks, and where one can read who that is."""
    return f"peacesite (link watch; +{settings.SITE_URL}/about/)"


def configured_archive() -> Archive:
    """The archive that settings name; one that is asked nothing where they name none."""
    return Archive(
        Door(agent(), Limits()),
        lookup=settings.LINK_ARCHIVE_LOOKUP,
        save=settings.LINK_ARCHIVE_SAVE,
        authorization=settings.LINK_ARCHIVE_AUTHORIZATION,
    )


class HostBusy(RuntimeError):
    """A host is being asked by somebody else, or asked to be left alone; the message says so."""


@dataclass
class Watch:
    """What a run needs: who asks, whom to ask for copies, and the clock."""

    checker: Checker = field(default_factory=lambda: Checker(agent()))
    archive: Archive = field(default_factory=configured_archive)
    now: Callable[[], datetime] = timezone.now
    sleep: Callable[[float], None] = time.sleep
    _archive_free_at: float = 0

    def run(self, *, limit: int = 0, seconds: float = 0) -> Iterator[WatchedAddress]:
        """Ask what is due: at most `limit` addresses, and begin none after `seconds`; 0 is without
        bound. What a host wants to be asked much later is left to a later run. Yields each address
        as it is stored."""
        started, done = self.now(), 0
        end = started + timedelta(seconds=seconds) if seconds else None
        take_in()
        while not limit or done < limit:
            now = self.now()
            if end and now >= end:
                return
            address = _next(now)
            if address is None:
                free_at = _next_free(now)
                if free_at is None or free_at >= (end or now + _PATIENCE):
                    return
                self.sleep(max(0.05, (free_at - now).total_seconds()))
                continue
            if _claim(address.host, now):
                done += 1
                if stored := self._checked(address):
                    yield stored

    def check(self, address: WatchedAddress) -> WatchedAddress:
        """Ask one address now, whether it is due or not, and store what came of it."""
        passages = list(
            AddressPassage.objects.filter(citation__address=address)
            .order_by("passage")
            .values_list("passage", flat=True)
            .distinct()
        )
        wait = timedelta(0)
        try:
            verdict = self.checker.check(address.address, passages)
            wait = verdict.leave_alone
            found = dict(zip(passages, verdict.found, strict=False))
            at = self.now()
            sought = self._copy(address, verdict, at)
            stored = verdicts.keep(address, verdict, at=at, found=found, sought=sought)
        finally:  # not before it is stored: another run would find the address due, its host free
            self._release(address.host, wait)
        self._ask_for_copy(stored, at)
        return stored

    def _checked(self, address: WatchedAddress) -> WatchedAddress | None:
        """As `check`; an error, which may be in any page of the web, holds up no other address."""
        try:
            return self.check(address)
        except Exception:
            logger.exception("The link watch goes on after an error at %s", address.address)
            later = self.now() + timedelta(days=settings.LINK_CHECK_DAYS)
            WatchedAddress.objects.filter(pk=address.pk).update(due_at=later)
            return None

    def check_now(self, address: WatchedAddress) -> WatchedAddress:
        """The same at somebody's wish. Raises HostBusy where the host must not be asked now."""
        if address.host and not _claim(address.host, self.now()):
            raise HostBusy(
                _("%(host)s is being asked just now, or wants to be left alone. Try again later.")
                % {"host": address.host}
            )
        return self.check(address)

    def _copy(self, address: WatchedAddress, verdict: Verdict, at: datetime) -> CopySought | None:
        """The archived copy nearest to the day on which the page was read, where one is needed and
        none is known; None where no archive was asked, or none answered."""
        asked = address.copy_looked_at
        wanted = verdict.is_failure or (self.archive.save and address.copy_asked_at is None)
        if not self.archive.lookup or address.archived_url or not wanted:
            return None
        if asked is not None and at < asked + _COPY_AGAIN:
            return None
        self._wait_for_archive()
        try:
            return CopySought(self.archive.nearest(address.address, _day_of_reading(address)))
        except Trouble:
            return None

    def _ask_for_copy(self, address: WatchedAddress, at: datetime) -> None:
        """Once, of what is there and has none."""
        is_there = address.outcome in THERE
        if not self.archive.save or not is_there or address.archived_url or address.copy_asked_at:
            return
        self._wait_for_archive()
        try:
            taken_on = self.archive.ask_for_copy(address.address)
        except Trouble:
            return
        if taken_on:
            WatchedAddress.objects.filter(pk=address.pk).update(copy_asked_at=at)

    def _wait_for_archive(self) -> None:
        """Archives, too, are asked one question after the other."""
        left = self._archive_free_at - self.now().timestamp()
        if left > 0:
            self.sleep(left)
        self._archive_free_at = self.now().timestamp() + settings.LINK_PAUSE_SECONDS

    def _release(self, host: str, wait: timedelta) -> None:
        pause = max(timedelta(seconds=settings.LINK_PAUSE_SECONDS), wait)
        AskedHost.objects.filter(name=host).update(taken_until=None, free_at=self.now() + pause)


def _next(now: datetime) -> WatchedAddress | None:
    """The longest due whose host may be asked now."""
    busy = AskedHost.objects.busy(now).filter(name=OuterRef("host"))
    return WatchedAddress.objects.due(now).exclude(Exists(busy)).first()


def _next_free(now: datetime) -> datetime | None:
    """When to look again: once the first host of those that are due may be asked, or soon where
    somebody else asks it now. None where none is due."""
    due = WatchedAddress.objects.due(now).filter(host=OuterRef("name"))
    busy = AskedHost.objects.busy(now).filter(Exists(due))
    soon = now + timedelta(seconds=1)
    return min(
        (
            max(free_at, min(taken_until or now, soon))
            for free_at, taken_until in busy.values_list("free_at", "taken_until")
        ),
        default=None,
    )


def _claim(host: str, now: datetime) -> bool:
    """Take a host for oneself; whether it was free. An address without a host asks nobody."""
    if not host:
        return True
    AskedHost.objects.get_or_create(name=host, defaults={"free_at": now})
    free = Q(taken_until=None) | Q(taken_until__lte=now)
    row = AskedHost.objects.filter(free, name=host, free_at__lte=now)
    return bool(row.update(taken_until=now + _LEASE))


def _day_of_reading(address: WatchedAddress) -> date | None:
    """The day on which it was read last by those who cite it."""
    return AddressCitation.objects.filter(address=address).aggregate(day=Max("accessed"))["day"]
