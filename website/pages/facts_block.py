"""The facts beside the text of an edition, from the table of the fields of a record."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from cases.models.content import partial_date_in_words
from editions.models import Edition
from editions.record.field import Field, Record
from editions.record.fields import FACTS, FIELDS
from editions.record.kinds import Choice, OneTerm, Several

_NOTES = ("impact_note",)  # they explain what stands above them


class Entry(NamedTuple):
    """One of several things: what it is called, where it leads, and what is said after it."""

    label: str
    address: str = ""
    after: str = ""


class Value(NamedTuple):
    """What one field says: a text, or entries in a list. `style` is the class of either; `one` is
    an entry that needs no list, `isolated` a text whose direction of writing is its own."""

    text: str = ""
    entries: tuple[Entry, ...] = ()
    style: str = ""


class Fact(NamedTuple):
    """A row of the facts; `defined_at` is where its terms are defined."""

    name: str
    label: str
    defined_at: str
    values: tuple[Value, ...]


def facts(edition: Edition, record: Record) -> list[Fact]:
    """The facts of an edition in order, without those of which the record says nothing. `record`
    is that of the edition in the present format."""
    found = []
    for name, label in FACTS.items():
        fields = [field for field in FIELDS if field.fact == name]
        values = tuple(v for field in fields for v in _values(field, edition, record))
        if values:
            found.append(Fact(name, str(label), _defined_at(fields[0]), values))
    return found


def _defined_at(field: Field) -> str:
    vocabulary = field.exports[0].vocabulary if field.exports else ""
    return reverse("vocabulary") + vocabulary if vocabulary.startswith("#") else ""


def _values(field: Field, edition: Edition, record: Record) -> Iterator[Value]:
    value = record[field.name]
    if field.name in _SPECIAL:
        yield from _SPECIAL[field.name](edition, record)
    elif not value:
        return
    elif isinstance(field.kind, Several):
        yield _chips(field, [(entry["slug"], entry["label"]) for entry in value])
    elif isinstance(field.kind, OneTerm):
        yield _chips(field, [(value["slug"], value["label"])])
    elif isinstance(field.kind, Choice):
        yield _chips(field, [(value, str(field.shown(record)))])
    else:
        style = "note-on" if field.name in _NOTES else ""
        yield Value(text=str(field.shown(record)), style=style)


def _chips(field: Field, terms: list[tuple[str, str]]) -> Value:
    """Terms as links to the cases that the catalogue finds for them."""
    found = reverse("catalogue")
    entries = (Entry(label, f"{found}?{urlencode({field.facet: slug})}") for slug, label in terms)
    return Value(entries=tuple(entries), style="chips")


def _years(edition: Edition, record: Record) -> Iterator[Value]:
    if edition.years:
        yield Value(text=edition.years, style="isolated")


def _nothing(edition: Edition, record: Record) -> Iterator[Value]:
    yield from ()


def _location(edition: Edition, record: Record) -> Iterator[Value]:
    """The place in words, unless it is that of the one country, which follows."""
    if record["location"] and [c["name"] for c in record["countries"]] != [record["location"]]:
        yield Value(text=record["location"])


def _groups_note(edition: Edition, record: Record) -> Iterator[Value]:
    if record["regional_groups"] and record["regional_groups_note"]:
        yield Value(text=record["regional_groups_note"], style="note-on")


def _conflict(edition: Edition, record: Record) -> Iterator[Value]:
    if conflict := record["conflict"]:
        address = reverse("term", args=["conflicts", conflict["slug"]])
        yield Value(entries=(Entry(conflict["label"], address),), style="one")


def _pages(name: str, view: str, key: str) -> Callable[[Edition, Record], Iterator[Value]]:
    """Things that have a page of their own."""

    def values(edition: Edition, record: Record) -> Iterator[Value]:
        pages = (Entry(e["name"], reverse(view, args=[e[key].lower()])) for e in record[name])
        if entries := tuple(pages):
            yield Value(entries=entries, style="plain")

    return values


def _agreements(edition: Edition, record: Record) -> Iterator[Value]:
    entries = tuple(_agreement(agreement) for agreement in record["agreements"])
    if entries:
        yield Value(entries=entries, style="plain")


def _agreement(agreement: dict[str, Any]) -> Entry:
    pa_x = agreement["pa_x"] and f"PA-X {agreement['pa_x']}"
    after = ", ".join(filter(None, (partial_date_in_words(agreement["date"]), pa_x)))
    return Entry(agreement["title"], agreement["address"], after)


_SPECIAL: dict[str, Callable[[Edition, Record], Iterator[Value]]] = {
    "start_year": _years,
    "end_year": _nothing,
    "ongoing": _nothing,
    "location": _location,
    "countries": _pages("countries", "country", "alpha3"),
    "regional_groups_note": _groups_note,
    "conflict": _conflict,
    "organisations": _pages("organisations", "organisation", "slug"),
    "agreements": _agreements,
}
