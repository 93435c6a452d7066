"""The formats in which an edition, or all that was found, can be had, each defined once: addresses,
links, pages and metadata are made from this list. To add one, add an entry (docs/changing.md)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from editions.models import Edition

from .atom import CONTENT_TYPE
from .atom_entries import as_atom
from .edition_formats import as_bibtex, as_csl_json, as_json, as_markdown, as_ris
from .export_set import ExportSet
from .reference_managers import as_bibtex_entries, as_ris_entries
from .tables import as_csv, as_json_rows
from .tidy_tables import as_zip
from .workbooks import as_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """One format. `edition` writes an edition; `results` writes all that was found, in pieces, in
    the order that was asked for unless `order` names another. `is_download`: browsers store it,
    and do not show it."""

    label: str
    content_type: str
    edition: Callable[[Edition], str] | None = None
    results: Callable[[ExportSet], Iterator[str] | Iterator[bytes]] | None = None
    order: str = ""
    is_download: bool = True

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.content_type.partition(";")[0]


FORMATS = {  # by extension
    "csv": Format("CSV", "text/csv; charset=utf-8; header=present", results=as_csv),
    "xlsx": Format("Excel", _XLSX, results=as_xlsx),
    "zip": Format("Tidy tables (ZIP)", "application/zip", results=as_zip),
    "json": Format("JSON", "application/json; charset=utf-8", as_json, as_json_rows),
    "csl.json": Format(
        "CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", as_csl_json
    ),
    "ris": Format(
        "RIS", "application/x-research-info-systems; charset=utf-8", as_ris, as_ris_entries
    ),
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex, as_bibtex_entries),
    "md": Format("Markdown", "text/markdown; charset=utf-8", as_markdown),
    "atom": Format("Atom", CONTENT_TYPE, results=as_atom, order="newest", is_download=False),
}
EDITION_FORMATS = {extension: form for extension, form in FORMATS.items() if form.edition}
RESULT_FORMATS = {extension: form for extension, form in FORMATS.items() if form.results}
