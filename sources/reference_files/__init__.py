"""References as reference managers have them: CSL-JSON, BibTeX and RIS, written from CSL items and
read into them.

Pure functions; an item has the fields of `sources.models.Source` under their CSL names.
"""

from collections.abc import Callable, Iterable

from .bibtex_write import as_bibtex
from .csl_json import as_csl_json
from .dates import MONTHS
from .latex import BIBTEX
from .names import bibtex_name
from .reader import read
from .references import Item, NotReadable, ReadReference
from .ris_write import RisWriter, as_ris

FORMATS: dict[str, tuple[str, str, Callable[[Iterable[Item]], str]]] = {
    # extension: label, media type, writer of a whole file
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "csl.json": (
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json; charset=utf-8",
        as_csl_json,
    ),
}
NOT_SAID: dict[str, frozenset[str]] = {  # what a file of the format does not say; the rest it does
    "csl.json": frozenset(),
    "bib": frozenset(),
    "ris": frozenset(
        (
            "custom.archive-url",
            "custom.orcid",
            "interviewer outside an interview",
            "archive_location without archive",
            "family name without given names",  # is read as a body
            "comma in a person's name",  # RIS parts names by commas
        )
    ),
}

__all__ = [
    "BIBTEX",
    "FORMATS",
    "MONTHS",
    "NOT_SAID",
    "NotReadable",
    "ReadReference",
    "RisWriter",
    "bibtex_name",
    "read",
]
