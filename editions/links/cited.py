"""Which addresses a record cites, and the rows that say so of the editions in print."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from editions.models import (
    AddressCitation,
    AddressPassage,
    Edition,
    Rendering,
    WatchedAddress,
    digest_of,
)
from editions.record.field import Record
from editions.record.read import record_of
from editions.turns import one_at_a_time
from serving.site_version import bump
from sources.dates import NotADate, date_text
from sources.links.hosts import host_of

_LONGEST = 1000


def addresses_of(item: Mapping[str, Any]) -> list[str]:
    """The addresses of a source, as a CSL-JSON item of a record has it: its own, or that of its
    DOI, as notes print it; then the others. Archived copies are not among them."""
    doi = item.get("DOI")
    own = item.get("URL") or (f"https://doi.org/{doi}" if doi else "")
    others = (item.get("custom") or {}).get("urls", [])
    named = [str(one) for one in (own, *others) if one]
    return [one for one in dict.fromkeys(named) if len(one) <= _LONGEST]


def take_in() -> int:
    """Write down what editions in print cite that were not looked at yet, and drop what those that
    left print cited. Returns how many editions were new. Verdicts of passages are taken over."""
    listed = Edition.objects.listed()
    new = listed.exclude(pk__in=AddressCitation.objects.values("edition"))
    count = 0
    for pk in list(new.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            one_at_a_time()
            edition = listed.filter(pk=pk).first()
            if edition and not edition.addresses.exists():
                count += _take_in(edition)
    with transaction.atomic():
        one_at_a_time()
        AddressCitation.objects.exclude(edition__in=listed.values("pk")).delete()
    return count


def _take_in(edition: Edition) -> bool:
    record = record_of(edition)
    cited = list(_cited(record))
    addresses = _watched({address for address, _item in cited})
    rows = [
        AddressCitation(
            edition=edition,
            address=addresses[digest_of(address)],
            source_key=item["id"],
            accessed=_day(item.get("accessed")),
        )
        for address, item in cited
    ]
    AddressCitation.objects.bulk_create(rows)
    _take_in_passages(record, rows)
    if any(address.dead_since for address in addresses.values()):
        show_anew([edition.pk])  # it may have died after the pages of this edition were made
    return bool(rows)


def show_anew(editions: Iterable[int]) -> None:
    """What readers are shown of an address that these editions cite has changed: stored parts of
    their pages hold no longer. They are made when they are asked for, until
    `website.pages.fragments.rebuild` has stored them anew; records and digests stay. Call it last
    in a transaction."""
    one_at_a_time()
    Rendering.objects.filter(edition__in=editions).update(stamp="", digest="")
    bump()


def _cited(record: Record) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for item in record["sources"]:
        for address in addresses_of(item):
            yield address, item


def _watched(addresses: set[str]) -> dict[str, WatchedAddress]:
    """The rows of these addresses, by digest; new ones are made."""
    made = [
        WatchedAddress(digest=digest_of(one), address=one, host=host_of(one))
        for one in sorted(addresses)
    ]
    WatchedAddress.objects.bulk_create(made, ignore_conflicts=True)
    found = WatchedAddress.objects.filter(digest__in=[one.digest for one in made])
    return {one.digest: one for one in found}


def _take_in_passages(record: Record, rows: list[AddressCitation]) -> None:
    """The passages that notes quote from these; an address with one that nobody looked for yet is
    to be asked at once."""
    known = _known([row.address_id for row in rows])
    made, new = [], set()
    for row in rows:
        for note in record["notes"]:
            for position, cite in enumerate(note["citations"]):
                if cite["key"] != row.source_key or not cite["passage"]:
                    continue
                place = {"note_number": note["number"], "position": position}
                said = known.get((row.address_id, cite["passage"]), {})
                made.append(AddressPassage(citation=row, passage=cite["passage"], **place, **said))
                if not said:
                    new.add(row.address_id)
    AddressPassage.objects.bulk_create(made)
    WatchedAddress.objects.filter(pk__in=new).update(due_at=timezone.now())


def _known(addresses: list[int]) -> dict[tuple[int, str], dict[str, Any]]:
    """What came of looking for passages at these addresses, for other editions."""
    looked = AddressPassage.objects.filter(citation__address__in=addresses).exclude(looked="")
    return {
        (row.citation.address_id, row.passage): {
            "looked": row.looked,
            "difference": row.difference,
            "looked_at": row.looked_at,
        }
        for row in looked.select_related("citation")
    }


def _day(accessed: Any) -> date | None:
    try:
        text = date_text(accessed)
        return date.fromisoformat(text) if len(text) == 10 else None
    except (NotADate, ValueError):
        return None
