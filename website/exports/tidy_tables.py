"""An answer as tidy tables in a ZIP: one of cases, and one for each thing a case has several of."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.models import Notice
from editions.models import Edition, Participation
from editions.record.field import Record
from organisations.models import Organisation
from serving.addresses import absolute
from sources.dates import date_text
from sources.formats import archived_at

from .codebook import ABOUT, COLUMNS, about
from .columns import as_text
from .export_set import PIECE, ExportSet
from .tables import BOM, cell, codebook_as_csv

Rows = Iterable[Iterable[Any]]
Columns = tuple[tuple[str, str | Promise], ...]

_CASE: Columns = (
    ("case", _("The case's name in addresses.")),
    ("edition", _("The number of its edition.")),
)
_YEARS: Columns = (("start_year", _("From which year.")), ("end_year", _("Until which year.")))
_CITED: Columns = (("citation", _("What it rests on, by keys of sources, as editors write it.")),)


@dataclass(frozen=True)
class Table:
    """A table whose rows are those of a list of the record: `part` names the list, `columns` its
    parts, which are columns of the same names, each with what it means."""

    name: str
    part: str
    columns: Columns

    def rows(self, edition: Edition) -> Rows:
        """The rows of one edition, each after the case and the number of the edition."""
        for place, entry in enumerate(edition.record[self.part], start=1):
            values = [place if name == "position" else entry[name] for name, _what in self.columns]
            if self.name == "places":
                values = [_degrees(value) for value in values]
            yield [edition.case.slug, edition.number, *values]


def _degrees(value: Any) -> Any:
    """Degrees as a number, which no spreadsheet takes for a formula; other text as it is."""
    return float(value) if re.fullmatch(r"-?\d+(\.\d+)?", str(value)) else value


_TABLES = (
    Table(
        "participations",
        "organisations",
        (
            ("position", _("Its place in the case's order.")),
            ("slug", _("The organisation's name in addresses on that day.")),
            ("name", _("Its name on that day.")),
            ("kind", _("Its kind, by the term's name in addresses.")),
        ),
    ),
    Table(
        "parties",
        "parties",
        (
            ("role", _("What part it had: belligerent, signatory, mediator and so on.")),
            ("slug", _("Its name in addresses, where it is one of the organisations.")),
            ("name", _("Its name.")),
            ("kind", _("Its kind, where it is one of the organisations.")),
            *_YEARS,
            *_CITED,
        ),
    ),
    Table(
        "casualties",
        "casualties",
        (
            ("counted", _("What is counted.")),
            ("low", _("The low figure.")),
            ("best", _("The best figure.")),
            ("high", _("The high figure.")),
            *_YEARS,
            *_CITED,
        ),
    ),
    Table(
        "events",
        "events",
        (
            ("date", _("A day, a month or a year, as YYYY-MM-DD or as much of it.")),
            ("line", _("What happened.")),
            *_CITED,
        ),
    ),
    Table(
        "agreements",
        "agreements",
        (
            ("title", _("Its title.")),
            ("date", _("When it was signed.")),
            ("address", _("Where its text is read.")),
            ("pa_x", _("Its number in PA-X.")),
            ("peacemaker", _("Its page at UN Peacemaker.")),
        ),
    ),
    Table(
        "places",
        "places",
        (
            ("name", _("Its name.")),
            ("latitude", _("Degrees north; of a box, its southern edge.")),
            ("longitude", _("Degrees east; of a box, its western edge.")),
            ("north", _("Its northern edge, of a box.")),
            ("east", _("Its eastern edge, of a box.")),
            ("precision", _("What it stands for.")),
        ),
    ),
    Table(
        "identifiers",
        "external_ids",
        (
            ("scheme", _("The collection that it is of.")),
            ("value", _("The identifier.")),
            ("name", _("What it is called there.")),
        ),
    ),
)
_CITATIONS: Columns = (
    ("note", _("The number of the note.")),
    ("source", _("The key of the source: see the table of sources.")),
    ("locator", _("The place in it.")),
    ("label", _("What the place is: page, or as written.")),
    ("accessed", _("The day on which it was read for this, where that is not the source's.")),
    ("passage", _("What it says there, in its own words.")),
)
_KEPT = ("key", "locator", "label", "accessed", "passage")
_SOURCES: Columns = (
    ("key", _("The key by which notes cite it.")),
    ("type", _("Its type, as CSL has it.")),
    ("title", _("Its title.")),
    ("authors", _("Its authors, joined by semicolons.")),
    ("container", _("The journal, newspaper or book that it stands in.")),
    ("publisher", _("Its publisher.")),
    ("place", _("Where it was published.")),
    ("issued", _("When it was published, as much of it as is known.")),
    ("volume", _("Its volume.")),
    ("issue", _("Its issue.")),
    ("pages", _("Its pages.")),
    ("doi", _("Its DOI.")),
    ("isbn", _("Its ISBN.")),
    ("address", _("Where it is read.")),
    ("accessed", _("The day on which it was read there.")),
    ("cases", _("How many cases of this answer cite it.")),
    ("number", _("Its number or symbol.")),
    ("editors", _("Its editors, joined by semicolons.")),
    ("archived_at", _("The address of an archived copy.")),
)
_ORGANISATIONS: Columns = (
    ("slug", _("Its name in addresses.")),
    ("name", _("Its name.")),
    ("short_name", _("Its short name.")),
    ("kind", _("Its kind, by the term's name in addresses.")),
    ("country", _("Its country, of a national body: ISO alpha-3.")),
    ("parent", _("What it is part of, by its name in addresses.")),
    ("wikidata", _("Its item in Wikidata.")),
    ("ror", _("Its ROR identifier.")),
)
_NOTICES: Columns = (
    ("reference", _("The notice's name in addresses.")),
    ("case", _("The case's name in addresses.")),
    ("kind", _("Its kind, in Crossref's words: correction, expression_of_concern and so on.")),
    ("published_at", _("When it was published.")),
    ("found_in", _("In which edition it was found.")),
    ("mended_in", _("By which edition it was mended; blank for concerns and removals.")),
    ("before", _("What stood there.")),
    ("after", _("What stands there.")),
    ("why", _("Why.")),
    ("address", _("Where it is read.")),
    ("lifts", _("The expression of concern that it lifts.")),
    ("reported_by", _("Who reported it, where they wanted to be named.")),
    ("decided_by", _("Which office decided.")),
)
_OTHERS = {
    "citations": (*_CASE, *_CITATIONS),
    "sources": _SOURCES,
    "organisations": _ORGANISATIONS,
    "notices": _NOTICES,
}


def tables() -> dict[str, Columns]:
    """The columns of each table besides that of cases, with what they mean."""
    return {table.name: (*_CASE, *table.columns) for table in _TABLES} | _OTHERS


def as_zip(export_set: ExportSet) -> Iterator[bytes]:
    """The tables, what the answer is, and what the columns mean, each a CSV. Written to a scratch
    folder, then sent: the directory of a ZIP stands at its end."""
    with TemporaryDirectory(prefix="peacesite-") as folder:
        path = Path(folder) / "tables.zip"
        _write(export_set, Path(folder))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in sorted(Path(folder).glob("*.csv")):
                archive.write(table, table.name)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _write(export_set: ExportSet, folder: Path) -> None:
    told = about(export_set)
    _store(folder / "about.csv", ["name", "value"], ([c.name, told[c.name]] for c in ABOUT))
    (folder / "codebook.csv").write_text(codebook_as_csv(), encoding="utf-8")
    explained = ([name, *column] for name, columns in tables().items() for column in columns)
    _store(folder / "tables.csv", ["table", "column", "explanation"], explained)
    with _Files(folder) as write:
        for name, row in rows_of(export_set):
            write(name, row)


def rows_of(export_set: ExportSet) -> Iterator[tuple[str, Iterable[Any]]]:
    """The rows of all tables, each after the name of its table: edition by edition, then the
    sources and organisations that these name, and their notices."""
    sources: dict[str, tuple[Record, set[str]]] = {}
    slugs: set[str] = set()
    for edition in export_set.editions(whole=True):
        yield from _rows_of_edition(edition)
        for item in edition.record["sources"]:
            sources.setdefault(item["id"], (item, set()))[1].add(edition.case.slug)
        slugs.update(o["slug"] for o in edition.record["organisations"])
        slugs.update(p["slug"] for p in edition.record["parties"] if p["slug"])
    yield from (("sources", _source(*sources[key])) for key in sorted(sources))
    yield from (("organisations", row) for row in _organisations(slugs))
    yield from (("notices", row) for row in _notices(export_set))


def _rows_of_edition(edition: Edition) -> Iterator[tuple[str, Iterable[Any]]]:
    yield "cases", [column.value(edition) for column in COLUMNS]
    for table in _TABLES:
        for row in table.rows(edition):
            yield table.name, row
    for row in citations_of(edition):
        yield "citations", row


class _Files:
    """The tables as files that are written row by row."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Callable[[str, Iterable[Any]], None]:
        heads = {name: [column for column, _what in columns] for name, columns in tables().items()}
        heads["cases"] = [column.name for column in COLUMNS]
        self.files = {
            name: (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            for name in heads
        }
        writers = {name: csv.writer(file) for name, file in self.files.items()}
        for name, file in self.files.items():
            file.write(BOM)
            writers[name].writerow(heads[name])
        return lambda name, row: writers[name].writerow([cell(value) for value in row])

    def __exit__(self, *_error: object) -> None:
        for file in self.files.values():
            file.close()


def _store(path: Path, head: list[str], rows: Rows) -> None:
    lines = io.StringIO()
    csv.writer(lines).writerows([head, *([cell(value) for value in row] for row in rows)])
    path.write_text(BOM + lines.getvalue(), encoding="utf-8", newline="")


def citations_of(edition: Edition) -> Iterator[list[Any]]:
    """The rows of the table of citations that are those of one edition."""
    for note in edition.record["notes"]:
        for cite in note["citations"]:
            where = (note["number"], *(cite[name] for name in _KEPT))
            yield [edition.case.slug, edition.number, *where]


def _source(item: Record, cases: set[str]) -> list[Any]:
    texts = ("container-title", "publisher", "publisher-place")
    numbers = ("volume", "issue", "page", "DOI", "ISBN", "URL")
    return [
        *(item["id"], item["type"], item.get("title", ""), _people(item, "author")),
        *(str(item.get(name, "")) for name in texts),
        _date(item.get("issued")),
        *(str(item.get(name, "")) for name in numbers),
        _date(item.get("accessed")),
        len(cases),
        str(item.get("number", "")),
        _people(item, "editor"),
        archived_at(item),
    ]


def _people(item: Record, role: str) -> list[str]:
    return [
        name.get("literal") or ", ".join(filter(None, (name.get("family"), name.get("given"))))
        for name in item.get(role, [])
    ]


def _date(value: Record | None) -> str:
    return date_text({**value, "circa": False}) if value else ""


def _organisations(slugs: set[str]) -> Rows:
    """Those of these slugs; a parent that no edition names is not public, and left out."""
    public = set(Participation.objects.values_list("organisation__slug", flat=True).distinct())
    names = ("slug", "name", "short_name", "kind__slug", "country__alpha3", "parent__slug")
    found = Organisation.objects.kept().order_by("slug").values_list(*names, "wikidata", "ror")
    for *values, parent, wikidata, ror in found.iterator(chunk_size=500):
        if values[0] in slugs:
            yield [*values, parent if parent in public else "", wikidata, ror]


def _notices(export_set: ExportSet) -> Rows:
    cases = {edition.case_id for edition in export_set.editions()}
    for notice in Notice.objects.public():
        if notice.case_id in cases:
            yield [
                *(notice.reference, notice.case.slug, notice.kind, as_text(notice.published_at)),
                *(notice.found_in.number, notice.mended_in.number if notice.mended_in else ""),
                *(notice.before, notice.after, notice.why),
                absolute(notice.get_absolute_url()),
                notice.lifts.reference if notice.lifts else "",
                *(notice.credit, str(notice.decided_by)),
            ]
