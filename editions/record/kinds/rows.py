"""Facts that have rows of their own: parties, casualties, the chronology, places."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, Casualties, Party
from cases.models.content import partial_date_in_words, years_in_words
from editions.html_text import one_line

from .schema import STRING, lists, objects
from .several import Several
from .single import Number


class Rows(Several):
    """Facts that have rows of their own in the working copy, in order; an edition has none of them.
    Of its `parts` the first is the key; `numbers` are whole numbers or None, all else is text."""

    is_verified = False
    parts: tuple[str, ...]
    numbers: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__(self.parts, key=self.parts[0], ordered=True)
        number = Number.schema
        self.schema = lists(
            objects(**{part: number if part in self.numbers else STRING for part in self.parts})
        )

    def from_case(self, case: Case, name: str) -> list[dict[str, Any]]:
        """As `Kind`."""
        rows = self.rows(case, name) if case.pk else ()
        return [{part: self.part(row, part) for part in self.parts} for row in rows]

    def part(self, row: Any, part: str) -> Any:
        """One part of a row, as the record has it."""
        return getattr(row, part)

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return ["" if entry[part] is None else one_line(str(entry[part])) for entry in value]


class Parties(Rows):
    """Who had which part, under the names of that day."""

    numbers = ("start_year", "end_year")
    parts = ("role", "slug", "name", "kind", *numbers, "citation")

    def rows(self, case: Case, name: str) -> Iterable[Any]:
        """As `Several`."""
        return case.parties.select_related("organisation__kind")

    def part(self, row: Any, part: str) -> Any:
        """As `Rows`."""
        match part:
            case "name":
                return row.called
            case "slug":
                return row.organisation.slug if row.organisation else ""
            case "kind":
                return row.organisation.kind.slug if row.organisation else ""
        return getattr(row, part)

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        years = years_in_words(entry["start_year"], entry["end_year"], ongoing=False)
        named = f"{role_in_words(entry)}: {entry['name']}"
        return f"{named} ({years})" if years else named


def role_in_words(entry: Mapping[str, Any]) -> str:
    """The role of one of Parties, as readers see it."""
    return str(dict(Party.Role.choices).get(entry["role"], entry["role"]))


class Counts(Rows):
    """Casualties and displaced, as sources count them."""

    numbers = ("low", "best", "high", "start_year", "end_year")
    parts = ("counted", *numbers, "citation")

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        years = years_in_words(entry["start_year"], entry["end_year"], ongoing=False)
        words = f"{counted_in_words(entry)}: {figures_in_words(entry)}"
        return f"{words} ({years})" if years else words


def counted_in_words(entry: Mapping[str, Any]) -> str:
    """What one of Counts counts, as readers see it."""
    return str(dict(Casualties.Counted.choices).get(entry["counted"], entry["counted"]))


def figures_in_words(entry: Mapping[str, Any]) -> str:
    """“20,000–60,000”, “at least 20,000”, “50,000 (20,000–60,000)”."""
    low, best, high = (
        None if entry[name] is None else f"{entry[name]:,}" for name in ("low", "best", "high")
    )
    if low is not None and high is not None:
        span = low if low == high else f"{low}–{high}"
    elif low is not None:
        span = _("at least %s") % low
    elif high is not None:
        span = _("at most %s") % high
    else:
        span = ""
    if best is None:
        return span
    return f"{best} ({span})" if span and span != best else best


class Events(Rows):
    """The chronology."""

    parts = ("date", "line", "citation")

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        return f"{partial_date_in_words(entry['date'])}: {entry['line']}"


class Places(Rows):
    """Points and boxes, in degrees north and east, as decimal fractions written out."""

    parts = ("name", "latitude", "longitude", "north", "east", "precision")

    def part(self, row: Any, part: str) -> str:
        """As `Rows`."""
        value = getattr(row, part)
        if isinstance(value, Decimal):
            return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
        return "" if value is None else str(value)

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        point = f"{entry['latitude']}, {entry['longitude']}"
        box = f" – {entry['north']}, {entry['east']}" if entry["north"] else ""
        return f"{entry['name']} ({point}{box})"
