"""An answer as a table for programs: CSV and JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from .codebook import CODEBOOK_HEADER, COLUMNS, about, codebook
from .columns import as_text
from .export_set import ExportSet, in_pieces

BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine
# What a spreadsheet would take for a formula: at the start of a cell (OWASP's "CSV injection", the
# wide forms included), and after a semicolon, which parts cells where the comma is for decimals.
_SIGNS = "=+-@\t\r\n＝＋－＠"
_FORMULA = re.compile(rf"(?:^|(?<=;))([^\S\t\r\n]*)(?=[{re.escape(_SIGNS)}])")


def as_csv(export_set: ExportSet) -> Iterator[str]:
    """RFC 4180 with a byte order mark: a header, then a row for each case. What the answer is
    stands in the name and the headers of the file, and in the ZIP as a table (docs/adr/0012)."""
    yield BOM
    yield from in_pieces(_csv_lines(export_set))


def _csv_lines(export_set: ExportSet) -> Iterator[str]:
    lines = io.StringIO()
    writer = csv.writer(lines)

    def line(cells: list[str]) -> str:
        lines.seek(0)
        lines.truncate()
        writer.writerow(cells)
        return lines.getvalue()

    yield line([column.name for column in COLUMNS])
    for edition in export_set.editions():
        yield line([cell(column.value(edition)) for column in COLUMNS])


def cell(value: Any) -> str:
    """The value as text that no spreadsheet runs; a number is a number, also below zero."""
    if isinstance(value, int | float):  # true and false are, too
        return as_text(value)
    return harmless(as_text(value))


def harmless(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet would begin to read a formula."""
    if not text or (";" not in text and not text[0].isspace() and text[0] not in _SIGNS):
        return text  # nearly all: a quarter of the time of a file is saved here
    return _FORMULA.sub(r"\1'", text)


def as_json_rows(export_set: ExportSet) -> Iterator[str]:
    """An object: `about`, and `cases`, a list with an object a line that has the columns' names."""
    yield '{"about": ' + _json(about(export_set)) + ',\n"cases": ['
    yield from in_pieces(_json_lines(export_set))
    yield "\n]}\n"


def _json_lines(export_set: ExportSet) -> Iterator[str]:
    before = "\n"
    for edition in export_set.editions():
        yield before + _json({column.name: column.value(edition) for column in COLUMNS})
        before = ",\n"


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=as_text)


def codebook_as_csv() -> str:
    """The codebook as a table: one row for each column of the CSV."""
    lines = io.StringIO()
    csv.writer(lines).writerows([CODEBOOK_HEADER, *([*map(cell, row)] for row in codebook())])
    return BOM + lines.getvalue()
