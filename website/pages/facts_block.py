"""The facts beside the text of an edition, from the table of the fields of a record."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import CaseContent, ExternalId
from cases.models.content import partial_date_in_words, years_in_words
from cases.rendering import note_marker
from editions.models import Edition
from editions.record.field import Field, Record
from editions.record.fields import FACTS, FIELDS
from editions.record.kinds import (
    Choice,
    OneTerm,
    Several,
    counted_in_words,
    figures_in_words,
    role_in_words,
)
from website.charts.endings import Ending, ending_of
from website.metadata.bodies import with_a_page

_NOTES = ("interests",)  # they are sentences


class Entry(NamedTuple):
    """One of several things: what it is called, where it leads, what is said after it, the marker
    of the note on what it rests, as HTML, and the address of its term in the vocabulary."""

    label: str
    address: str = ""
    after: str = ""
    marker: str = ""
    term: str = ""


class Value(NamedTuple):
    """What one field says: a text, or entries in a list under a `heading`. `style` is the class of
    either; `one` is an entry that needs no list, `isolated` a text whose direction of writing is
    its own, `ending` the judgement of impact with its mark."""

    text: str = ""
    entries: tuple[Entry, ...] = ()
    style: str = ""
    heading: str = ""
    marker: str = ""
    ending: Ending | None = None


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
    list_ = _defined_at(field).partition("#")[2]
    entries = (
        Entry(
            label,
            f"{found}?{urlencode({field.facet: slug})}",
            term=reverse("term", args=[list_, slug]) if list_ else "",
        )
        for slug, label in terms
    )
    return Value(entries=tuple(entries), style="chips")


def markers(record: Record, name: str) -> list[str]:
    """The markers of the notes on what a fact rests, as HTML: one, or one for each of its rows."""
    return [
        note_marker(int(ref.split("-")[1]), ref) if ref else ""
        for ref in record["fact_refs"].get(name, [])
    ]


def _marker(record: Record, name: str) -> str:
    return next(iter(markers(record, name)), "")


def _impact(edition: Edition, record: Record) -> Iterator[Value]:
    """The judgement, its sentence, how it was reached, and who judges otherwise."""
    impact = record["impact"]
    if impact:
        address = f"{reverse('catalogue')}?{urlencode({'impact': impact})}"
        label = str(dict(CaseContent.Impact.choices).get(impact, impact))
        entry = Entry(label, address, term=reverse("term", args=["impacts", impact]))
        yield Value(entries=(entry,), style="ending", ending=ending_of(impact))
    if note := record["impact_note"]:
        yield Value(text=note, style="sentence", marker=_marker(record, "impact_note"))
    if ground := _ground(record):
        yield Value(text=ground, style="note-on")
    if dissent := record["impact_dissent"]:
        marker = _marker(record, "impact_dissent")
        yield Value(text=dissent, heading=_("Who disagrees"), marker=marker, style="sentence")


def _ground(record: Record) -> str:
    """“Judged by non-recurrence, looking at 10 years, on 1 November 2026.”"""
    parts = []
    if labels := [term["label"] for term in record["impact_criteria"]]:
        listed = get_text_list([label[:1].lower() + label[1:] for label in labels], _("and"))
        parts.append(_("judged by %(criteria)s") % {"criteria": listed})
    if (years := record["impact_horizon"]) is not None:
        words = ngettext("looking at %(years)d year", "looking at %(years)d years", years)
        parts.append(words % {"years": years})
    if day := record["impact_judged"]:
        parts.append(_("on %(day)s") % {"day": partial_date_in_words(day)})
    return f"{capfirst(', '.join(parts))}." if parts else ""


def _parties(edition: Edition, record: Record) -> Iterator[Value]:
    by_role: dict[str, list[Entry]] = {}
    public = with_a_page(record)
    found = markers(record, "parties") or [""] * len(record["parties"])
    for party, marker in zip(record["parties"], found, strict=True):
        years = years_in_words(party["start_year"], party["end_year"], ongoing=False)
        address = reverse("organisation", args=[party["slug"]]) if party["slug"] in public else ""
        entry = Entry(party["name"], address, years, marker)
        by_role.setdefault(role_in_words(party), []).append(entry)
    for role, entries in by_role.items():
        yield Value(entries=tuple(entries), style="plain", heading=role)


def _casualties(edition: Edition, record: Record) -> Iterator[Value]:
    rows = record["casualties"]
    found = markers(record, "casualties") or [""] * len(rows)
    entries = []
    for row, marker in zip(rows, found, strict=True):
        years = years_in_words(row["start_year"], row["end_year"], ongoing=False)
        after = ", ".join(filter(None, (figures_in_words(row), years)))
        entries.append(Entry(counted_in_words(row), "", after, marker))
    if entries:
        yield Value(entries=tuple(entries), style="plain counts")


_COLLECTIONS = {  # where an identifier of a scheme is looked up
    "ucdp-conflict": "https://ucdp.uu.se/conflict/%s",
    "ucdp-dyad": "https://ucdp.uu.se/statebased/%s",
    "pa-x": "https://pax.peaceagreements.org/agreements/%s",
    "pam": "https://peaceaccords.nd.edu/accord/%s",
    "wikidata": "https://www.wikidata.org/wiki/%s",
}


def _elsewhere(edition: Edition, record: Record) -> Iterator[Value]:
    entries = []
    for found in record["external_ids"]:
        scheme = str(dict(ExternalId.Scheme.choices).get(found["scheme"], found["scheme"]))
        at = _COLLECTIONS.get(found["scheme"])
        address = at % quote(found["value"], safe="") if at else ""
        label = f"{scheme} {found['value']}"
        entries.append(Entry(label, address, found["name"]))
    if entries:
        yield Value(entries=tuple(entries), style="plain")


def _reviewers(edition: Edition, record: Record) -> Iterator[Value]:
    if names := record["reviewers"]:
        yield Value(entries=tuple(Entry(name) for name in names), style="plain")


def _years(edition: Edition, record: Record) -> Iterator[Value]:
    if edition.years:
        yield Value(text=edition.years, style="isolated")


def _nothing(edition: Edition, record: Record) -> Iterator[Value]:
    """What is shown elsewhere."""
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
    """An agreement leads to its text, else to where it is described."""
    pa_x = agreement["pa_x"] and f"PA-X {agreement['pa_x']}"
    after = ", ".join(filter(None, (partial_date_in_words(agreement["date"]), pa_x)))
    described = _COLLECTIONS["pa-x"] % agreement["pa_x"] if agreement["pa_x"] else ""
    address = agreement["address"] or agreement["peacemaker"] or described
    return Entry(agreement["title"], address, after)


def _first_published(edition: Edition, record: Record) -> Iterator[Value]:
    """“3 May 2019 at example.org/a-case”, which leads there."""
    day = record["first_published"]
    words = partial_date_in_words(day)
    address = record["first_published_address"]
    if words:
        yield Value(text=_("%(day)s at") % {"day": words} if address else words)
    if address:
        shown = address.partition("://")[2].removesuffix("/")
        yield Value(entries=(Entry(shown, address),), style="plain")


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
    "impact": _impact,
    "parties": _parties,
    "casualties": _casualties,
    "places": _nothing,
    "external_ids": _elsewhere,
    "reviewers": _reviewers,
    "first_published": _first_published,
    "first_published_address": _nothing,
    **dict.fromkeys(  # what is said beside the impact
        (
            *("impact_note", "impact_citation", "impact_criteria", "impact_horizon"),
            *("impact_judged", "impact_dissent", "impact_dissent_citation"),
        ),
        _nothing,
    ),
}
