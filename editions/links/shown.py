"""What readers are shown beside an address that is dead: an archived copy, or since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from editions.models import WatchedAddress, digest_of
from sources.formats import archived_at
from sources.links.archives import day_of

from .cited import addresses_of


@dataclass(frozen=True)
class DeadAddress:
    """Since when an address fails; and its archived copy, "" for none, with its day if known."""

    since: datetime
    copy: str
    day: date | None


def dead_among(addresses: Iterable[str]) -> dict[str, DeadAddress]:
    """Those of the addresses that are dead. One query, none for no addresses."""
    digests = [digest_of(one) for one in set(addresses)]
    if not digests:
        return {}
    rows = WatchedAddress.objects.dead().filter(digest__in=digests)
    return {
        row.address: DeadAddress(row.failing_since, row.archived_url, row.archived_on)
        for row in rows
        if row.failing_since
    }


def dead_in(items: Iterable[Mapping[str, Any]]) -> dict[str, DeadAddress]:
    """Those that are dead of what these sources, CSL-JSON items of a record, cite. An archived copy
    that the record itself names goes before one that was found later."""
    own: dict[str, str] = {}
    for item in items:
        for address in addresses_of(item):
            own[address] = own.get(address, "") or archived_at(item)
    dead = dead_among(own)
    for address, found in dead.items():
        if copy := own[address]:
            dead[address] = DeadAddress(found.since, copy, day_of(copy))
    return dead
