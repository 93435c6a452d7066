"""An answer as a workbook for spreadsheets: XLSX."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .codebook import ABOUT, CODEBOOK_HEADER, COLUMNS, about, codebook
from .columns import as_text
from .export_set import PIECE, ExportSet

LONGEST = 32_767  # characters in a cell of XLSX
MOST_ROWS = 1_048_575  # below the header
_WIDTHS = {"text": 24, "list": 24, "number": 10, "flag": 10, "moment": 18, "address": 24}


def as_xlsx(export_set: ExportSet) -> Iterator[bytes]:
    """Three sheets: Cases, About, Codebook. Written row by row to a scratch folder, then sent: the
    directory of a ZIP stands at its end, so nothing can be sent before all is written."""
    with TemporaryDirectory(prefix="peacesite-") as folder:
        path = Path(folder) / "cases.xlsx"
        _write(export_set, path, folder)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _write(export_set: ExportSet, path: Path, folder: str) -> None:
    told = about(export_set)
    options = {
        "constant_memory": True,
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(str(path), options) as book:
        book.set_properties(
            {
                "title": told["question"][:255],
                "company": told["collection"],
                "comments": f"{told['rights']} {told['codebook']}",
                "created": export_set.at,
            }
        )
        head = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        _cases(book.add_worksheet("Cases"), export_set, head, moment)
        _about(book.add_worksheet("About"), told, head, moment)
        _codebook(book.add_worksheet("Codebook"), head)


def _cases(sheet: Worksheet, export_set: ExportSet, head: Format, moment: Format) -> None:
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS[column.type])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(export_set), 1), len(COLUMNS) - 1)
    _row(sheet, 0, [column.name for column in COLUMNS], head)
    for number, edition in zip(range(1, MOST_ROWS + 1), export_set.editions(), strict=False):
        for place, column in enumerate(COLUMNS):
            _cell(sheet, number, place, column.value(edition), moment)


def _about(sheet: Worksheet, told: dict[str, Any], head: Format, moment: Format) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    for number, column in enumerate(ABOUT):
        sheet.write_string(number, 0, str(column.label), head)
        _cell(sheet, number, 1, told[column.name], moment)


def _codebook(sheet: Worksheet, head: Format) -> None:
    sheet.set_column(0, len(CODEBOOK_HEADER) - 1, 30)
    sheet.freeze_panes(1, 0)
    _row(sheet, 0, CODEBOOK_HEADER, head)
    for number, row in enumerate(codebook()[: len(COLUMNS)], start=1):  # About explains itself
        _row(sheet, number, row)


def _row(sheet: Worksheet, number: int, texts: list[str], style: Format | None = None) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(number, place, text[:LONGEST], style)


def _cell(sheet: Worksheet, row: int, place: int, value: Any, moment: Format) -> None:
    """Numbers, truths and moments as what they are; everything else as text, never as a formula or
    a link. What is not known stays an empty cell."""
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int):
        sheet.write_number(row, place, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.astimezone(UTC).replace(tzinfo=None), moment)
    elif value:
        text = as_text(value)
        sheet.write_string(row, place, text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
