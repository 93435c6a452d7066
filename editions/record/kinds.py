"""The kinds of value that a record holds: how each is frozen, shown, exported and verified."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from cases.models import Case, CaseContent, Casualties, ExternalId, Party
from cases.models.content import orcids_in, partial_date_in_words, years_in_words
from editions.html_text import one_line
from editions.models import Edition
from organisations.models import names_in
from organisations.naming import csl_names
from revisions.differences import Text, Value

Schema = Mapping[str, Any]  # JSON Schema, draft 2020-12
LICENCE_ADDRESSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-ND-4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def objects(_younger: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """The schema of an object with these properties and no other; older records lack those that are
    `_younger`."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in _younger],
        "additionalProperties": False,
    }


def lists(items: Schema) -> Schema:
    """The schema of a list of such items."""
    return {"type": "array", "items": items}


STRING: Schema = {"type": "string"}


class Kind:
    """A kind of value, as it stands in a record (JSON). `blank` is what a record has where the
    field is blank, or where it is from before there was the field."""

    blank: Any = ""
    schema: Schema = STRING
    is_verified = True  # whether an edition has columns or rows that say the same

    def from_case(self, case: Case, name: str) -> Any:
        """The value to freeze, from the working copy as it stands."""
        return getattr(case, name)

    def shown(self, value: Any) -> Value:
        """As readers see it beside another state of it."""
        return str(value)

    def export(self, value: Any, part: str) -> Any:
        """As a table has it: text, number, flag, None or a list of texts; `part` names one of
        several columns."""
        return one_line(value) if isinstance(value, str) else value

    def completed(self, value: Any) -> Any:
        """A value as an older record has it, in the present form."""
        return value

    def stored(self, edition: Edition, name: str) -> Any:
        """What the columns and rows of an edition say, by what never changes: slugs, codes."""
        return getattr(edition, name)

    def frozen(self, value: Any) -> Any:
        """What its record says, in the same form as `stored`."""
        return value


class Line(Kind):
    """A short text."""


class LongText(Kind):
    """A long text, which is compared word by word."""

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return Text(value)


class Number(Kind):
    """A whole number, or None."""

    blank = None
    schema = {"type": ["integer", "null"]}

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return "" if value is None else str(value)


class Flag(Kind):
    """Yes or no."""

    blank = False
    schema = {"type": "boolean"}

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return _("Yes") if value else _("No")


class Day(Kind):
    """A day as YYYY-MM-DD, or blank."""

    schema = {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}

    def from_case(self, case: Case, name: str) -> str:
        """As `Kind`."""
        return _iso(getattr(case, name))

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT") if value else ""

    def stored(self, edition: Edition, name: str) -> str:
        """As `Kind`."""
        return _iso(getattr(edition, name))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


class Choice(Kind):
    """One of the choices of the column `name`, by its slug."""

    def __init__(self, name: str) -> None:
        self.name = name

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        field = cast(models.Field, CaseContent._meta.get_field(self.name))
        return str(dict(field.flatchoices).get(value, ""))


_TERM = objects(slug=STRING, label=STRING)


class OneTerm(Kind):
    """One term of a vocabulary, by slug and label, or None."""

    blank = None
    schema = {"anyOf": [_TERM, {"type": "null"}]}

    def from_case(self, case: Case, name: str) -> dict[str, str] | None:
        """As `Kind`."""
        term = getattr(case, name)
        return {"slug": term.slug, "label": term.label} if term else None

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return value["label"] if value else ""

    def export(self, value: Any, part: str) -> str:
        """As `Kind`."""
        return value[part] if value else ""

    def stored(self, edition: Edition, name: str) -> str | None:
        """As `Kind`."""
        term = getattr(edition, name)
        return term.slug if term else None

    def frozen(self, value: Any) -> str | None:
        """As `Kind`."""
        return value["slug"] if value else None


class Several(Kind):
    """Several things, each an object with the keys of `parts`: `key` tells one from another,
    `label` is what readers call it. They are compared without regard to order unless they are
    `ordered`. Records from before there were the parts that are `younger` lack them."""

    is_relation = True  # whether it is a many-to-many one

    def __init__(
        self,
        parts: tuple[str, ...] = ("slug", "label"),
        *,
        key: str = "slug",
        label: str = "label",
        ordered: bool = False,
        younger: tuple[str, ...] = (),
    ) -> None:
        self.parts, self.key, self.label, self.ordered = parts, key, label, ordered
        self.younger = younger
        self.blank = []
        self.schema = lists(objects(younger, **dict.fromkeys(parts, STRING)))

    def completed(self, value: Any) -> Any:
        """As `Kind`."""
        return [dict.fromkeys(self.younger, "") | entry for entry in value]

    def rows(self, case: Case, name: str) -> Iterable[Any]:
        """The things, in order."""
        return getattr(case, name).all()

    def from_case(self, case: Case, name: str) -> list[dict[str, Any]]:
        """As `Kind`."""
        return [{part: getattr(row, part) for part in self.parts} for row in self.rows(case, name)]

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """One of them as readers see it."""
        return entry[self.label]

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        labels = [self.in_words(entry) for entry in value]
        return tuple(labels) if self.ordered else frozenset(labels)

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return [one_line(str(entry[part])) for entry in value]

    def stored(self, edition: Edition, name: str) -> set[str]:
        """As `Kind`."""
        return {getattr(row, self.key) for row in getattr(edition, name).all()}

    def frozen(self, value: Any) -> set[str]:
        """As `Kind`."""
        return {entry[self.key] for entry in value}


class Organisations(Several):
    """The main implementing organisations, in order, under their names of that day. They are not
    verified: a merge moves the rows, and the record keeps the names as they stood."""

    is_verified = False

    def __init__(self) -> None:
        super().__init__(("slug", "name", "short_name", "kind"), label="name", ordered=True)

    def from_case(self, case: Case, name: str) -> list[dict[str, str]]:
        """As `Kind`."""
        return [
            {"slug": o.slug, "name": o.name, "short_name": o.short_name, "kind": o.kind.slug}
            for o in case.organisation_list
        ]


class Agreements(Several):
    """Texts that the initiative brought about, by date; an edition has no rows of them."""

    is_verified = False

    def __init__(self) -> None:
        parts = ("title", "date", "address", "pa_x", "peacemaker")
        super().__init__(parts, key="title", ordered=True, younger=("peacemaker",))

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        date_ = partial_date_in_words(entry["date"])
        words = f"{entry['title']} ({date_})" if date_ else entry["title"]
        pa_x = entry["pa_x"] and f"PA-X {entry['pa_x']}"
        return ", ".join(filter(None, (words, entry["address"], pa_x, entry["peacemaker"])))


class Rows(Several):
    """Facts that have rows of their own in the working copy, in order; an edition has none of them.
    Years and figures are whole numbers or None, all else is text."""

    is_verified = False
    numbers: tuple[str, ...] = ()

    def __init__(self, *parts: str) -> None:
        super().__init__(parts, key=parts[0], ordered=True)
        number = Number.schema
        self.schema = lists(
            objects(**{part: number if part in self.numbers else STRING for part in parts})
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

    def __init__(self) -> None:
        super().__init__("role", "slug", "name", "kind", "start_year", "end_year", "citation")

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

    def __init__(self) -> None:
        super().__init__("counted", *self.numbers, "citation")

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

    def __init__(self) -> None:
        super().__init__("date", "line", "citation")

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        return f"{partial_date_in_words(entry['date'])}: {entry['line']}"


class Places(Rows):
    """Points and boxes, in degrees north and east, as decimal fractions written out."""

    def __init__(self) -> None:
        super().__init__("name", "latitude", "longitude", "north", "east", "precision")

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


class ExternalIds(Several):
    """What other databases call the case; an edition has no rows of them."""

    is_verified = False

    def __init__(self) -> None:
        super().__init__(("scheme", "value", "name"), key="value", younger=("name",))

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        schemes = dict(ExternalId.Scheme.choices)
        named = f" ({entry['name']})" if entry["name"] else ""
        return f"{schemes.get(entry['scheme'], entry['scheme'])}: {entry['value']}{named}"

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return [one_line(f"{entry['scheme']}:{entry['value']}") for entry in value]


class Names(Kind):
    """Names of people or bodies, one per line of a column, in order, as credited."""

    blank: list[str] = []
    schema = lists(STRING)

    def from_case(self, case: Case, name: str) -> list[str]:
        """As `Kind`."""
        return names_in(getattr(case, name))

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return tuple(value)

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return [one_line(name) for name in value]

    def stored(self, edition: Edition, name: str) -> list[str]:
        """As `Kind`."""
        return names_in(getattr(edition, name))


class Orcids(Several):
    """ORCID iDs of authors and reviewers, by their names as credited."""

    is_relation = False

    def __init__(self) -> None:
        super().__init__(("name", "orcid"), key="orcid", label="name")

    def from_case(self, case: Case, name: str) -> list[dict[str, str]]:
        """As `Kind`."""
        return [{"name": n, "orcid": id_} for n, id_ in orcids_in(getattr(case, name)).items()]

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        return f"{entry['name']}: {entry['orcid']}"

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return [one_line(self.in_words(entry)) for entry in value]

    def stored(self, edition: Edition, name: str) -> set[str]:
        """As `Kind`."""
        return set(orcids_in(getattr(edition, name)).values())


class AuthorNames(Kind):
    """The credited authors as CSL-JSON has them: persons in parts, bodies whole. An organisation
    that we know by that name is a body, whatever its name looks like."""

    blank: list[dict[str, str]] = []
    schema = lists({"type": "object", "additionalProperties": STRING})
    is_verified = False

    def from_case(self, case: Case, name: str) -> list[dict[str, str]]:
        """As `Kind`."""
        return csl_names(case.author_names)


class Licence(Kind):
    """The licence: its SPDX identifier or “reserved”, its name and its address."""

    blank = {"code": "reserved", "name": "", "url": ""}
    schema = objects(code=STRING, name=STRING, url=STRING)

    def from_case(self, case: Case, name: str) -> dict[str, str]:
        """As `Kind`."""
        licence = CaseContent.Licence(case.licence)
        return {
            "code": licence.value,
            "name": str(licence.label),
            "url": LICENCE_ADDRESSES.get(licence.value, ""),
        }

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return value["name"]

    def export(self, value: Any, part: str) -> str:
        """As `Kind`."""
        return value[part]

    def frozen(self, value: Any) -> str:
        """As `Kind`."""
        return value["code"]
