"""The forms in which the whole answer to a question can be had."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .answers import Answer
from .feeds import CONTENT_TYPE
from .news import as_atom
from .references import as_bibtex_entries, as_ris_entries
from .tables import as_csv, as_json
from .workbooks import as_xlsx


@dataclass(frozen=True)
class AnswerFormat:
    """A form in which an answer can be had: written in pieces, the editions in the order of the
    question unless `order` names another."""

    label: str
    content_type: str
    write: Callable[[Answer], Iterator[str] | Iterator[bytes]]
    order: str = ""


ANSWERS = {
    "csv": AnswerFormat("CSV", "text/csv; charset=utf-8; header=present", as_csv),
    "xlsx": AnswerFormat(
        "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx
    ),
    "json": AnswerFormat("JSON", "application/json; charset=utf-8", as_json),
    "ris": AnswerFormat(
        "RIS", "application/x-research-info-systems; charset=utf-8", as_ris_entries
    ),
    "bib": AnswerFormat("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex_entries),
    "atom": AnswerFormat("Atom", CONTENT_TYPE, as_atom, order="newest"),
}
