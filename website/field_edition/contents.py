"""What the field edition holds: editions in print; of cases without a text only that they ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import Prefetch, Q

from corrections.models import Notice
from editions.log.appending import head_line
from editions.models import Edition, Removal
from serving.addresses import absolute
from website.exports.codebook import RIGHTS

BATCH = 50  # editions in memory at once


@dataclass(frozen=True)
class Ended:
    """A case that was withdrawn, or whose edition was removed: when, and why."""

    title: str
    is_removed: bool
    day: date
    why: str
    address: str


@dataclass(frozen=True)
class Contents:
    """The collection on the day `on`; `keys` are the editions in print with a text, by title."""

    on: date
    keys: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def editions(self) -> Iterator[Edition]:
        """Each edition with its case, in order, and with what `notices_of` gives. Two
        queries for each BATCH."""
        notices = Prefetch("case__notices", Notice.objects.public(), to_attr="field_notices")
        for start in range(0, len(self.keys), BATCH):
            batch = self.keys[start : start + BATCH]
            found = Edition.objects.filter(pk__in=batch).order_by().prefetch_related(notices)
            rows = {e.pk: e for e in found.select_related("case", "aim").defer("case__body")}
            yield from (rows[key] for key in batch)

    @cached_property
    def ended(self) -> list[Ended]:
        """The cases that are in print without a text, by title. Two queries."""
        found = (
            Edition.objects.current()
            .filter(Q(kind=Edition.Kind.WITHDRAWAL) | ~Q(removed_at=None))
            .select_related("case")
            .order_by("title", "pk")
        )
        removals = Removal.objects.filter(edition__in=found).exclude(confirmed_at=None)
        grounds = dict(removals.values_list("edition", "ground"))
        return [_ended(edition, grounds) for edition in found]

    @property
    def address(self) -> str:
        """Where the collection is read."""
        return absolute("/")

    @property
    def identifier(self) -> str:
        """The name of the book, which stays: its day tells one making from another."""
        return uuid5(NAMESPACE_URL, self.address).urn

    @property
    def site(self) -> str:
        """What the collection is called."""
        return settings.SITE_NAME

    @property
    def rights(self) -> str:
        """What the collection says of sharing."""
        return str(RIGHTS)

    @cached_property
    def log_head(self) -> str:
        """The head of the log; blank where that has not begun."""
        return head_line()


def notices_of(edition: Edition) -> list[Notice]:
    """The public notices of its case, the newest first, as `Contents.editions` read them."""
    read: list[Notice] = edition.case.field_notices  # type: ignore[attr-defined]
    return read


def contents(on: date) -> Contents:
    """What is in print now, on the day `on`. One query; the rest is read when it is asked for."""
    listed = Edition.objects.listed().order_by("title", "pk")
    return Contents(on, tuple(listed.values_list("pk", flat=True)))


def _ended(edition: Edition, grounds: dict[int, str]) -> Ended:
    removed_at = edition.removed_at
    return Ended(
        edition.title,
        is_removed=removed_at is not None,
        day=(removed_at or edition.published_at).date(),
        why=grounds.get(edition.pk, "") if removed_at else edition.change_note,
        address=absolute(edition.get_absolute_url()),
    )
