"""How many corrections came, how they were decided, and how soon: in figures that name nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from statistics import median
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Correction

LEAST = 5  # fewer corrections, or fewer days to take a median of, would tell of single senders
_STATUS = Correction.Status
KINDS = {  # how each is counted, and in which words
    "mended": ((_STATUS.MENDED,), _("accepted, and mended in an edition")),
    "accepted": ((_STATUS.ACCEPTED,), _("accepted, edition to come")),
    "declined": ((_STATUS.DECLINED,), _("declined")),
    "answered": ((_STATUS.ANSWERED,), _("comments answered")),
    "joined": ((_STATUS.JOINED,), _("joined to another that says the same")),
    "open": ((_STATUS.NEW, _STATUS.TAKEN), _("not decided yet")),
}


class Row(NamedTuple):
    """What is read of a correction."""

    created_at: datetime
    status: str
    decided_at: datetime | None
    mended_at: datetime | None


@dataclass(frozen=True)
class Count:
    """How many of a period came to one end, and their share of all that were received."""

    kind: str
    label: str
    number: int
    percent: str


@dataclass(frozen=True)
class Period:
    """The corrections sent in some years: one, or several of which one alone would have too few.
    Days are medians, None of fewer than LEAST; spam is not among those received."""

    first_year: int
    last_year: int
    received: int
    spam: int
    counts: tuple[Count, ...]
    days_to_decision: float | None
    days_to_mending: float | None


@dataclass(frozen=True)
class Figures:
    """All that were sent until `day`, and by year, newest first; nothing of fewer than LEAST."""

    day: date
    whole: Period | None
    periods: tuple[Period, ...]
    least: int = LEAST

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "as_of": self.day.isoformat(),
            "fewest_shown": self.least,
            "all": _json(self.whole) if self.whole else None,
            "periods": [_json(period) for period in self.periods],
        }


def figures(day: date) -> Figures:
    """The figures as they stand on `day`. One query; the rows are read one by one."""
    columns = ("created_at", "status", "decided_at", "mended_in__published_at")
    found = Correction.objects.order_by("created_at").values_list(*columns).iterator()
    rows = [Row(*values) for values in found]
    periods = _periods(rows)
    return Figures(day, _period(rows) if periods else None, tuple(reversed(periods)))


def _periods(rows: Sequence[Row]) -> list[Period]:
    """Years with enough; years with too few go together with those after them, the last ones with
    those before."""
    years = [list(group) for _year, group in groupby(rows, key=_year)]
    together: list[list[Row]] = []
    for year in years:
        if together and _received(together[-1]) < LEAST:
            together[-1] += year
        else:
            together.append(year)
    if len(together) > 1 and _received(together[-1]) < LEAST:
        last = together.pop()
        together[-1] += last
    return [_period(period) for period in together if _received(period) >= LEAST]


def _year(row: Row) -> int:
    return timezone.localtime(row.created_at).year


def _received(rows: Iterable[Row]) -> int:
    return sum(row.status != _STATUS.SPAM for row in rows)


def _period(rows: Sequence[Row]) -> Period:
    meant = [row for row in rows if row.status != _STATUS.SPAM]
    return Period(
        first_year=_year(rows[0]),
        last_year=_year(rows[-1]),
        received=len(meant),
        spam=len(rows) - len(meant),
        counts=tuple(_count(kind, meant) for kind in KINDS),
        days_to_decision=_median(
            row.decided_at - row.created_at for row in meant if row.decided_at
        ),
        days_to_mending=_median(row.mended_at - row.created_at for row in meant if row.mended_at),
    )


def _count(kind: str, rows: Sequence[Row]) -> Count:
    statuses, label = KINDS[kind]
    number = sum(row.status in statuses for row in rows)
    return Count(kind, str(label), number, f"{100 * number / len(rows):.1f}%")


def _median(waits: Iterable[Any]) -> float | None:
    days = [wait.total_seconds() / 86_400 for wait in waits]
    return round(median(days), 1) if len(days) >= LEAST else None


def _json(period: Period) -> dict[str, Any]:
    said = asdict(period)
    return said | {"counts": {count.kind: count.number for count in period.counts}}
