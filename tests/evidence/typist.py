"""Types into a form as a person at a keyboard would: finds the cell by what stands around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from evidence.form.filling import FormDocument, FormEntry

Typed: TypeAlias = str | int | float | date | None

# the columns by the words on the sheet, not by the layout's own table of them
A, B, NOT_APPLICABLE = "Kê khai (a)", "Kê khai (b)", "Không phát sinh"
EVIDENCE, EXPLANATION = "Minh chứng số", "Giải trình"
FIELDS = {"x1": A, "x2": B, "na": NOT_APPLICABLE, "evidence": EVIDENCE, "explanation": EXPLANATION}


def heading_row(sheet: Worksheet, first: str) -> int:
    """The row (from 1) that has this heading."""
    for row in sheet.iter_rows():
        if any(cell.value == first for cell in row):
            return row[0].row
    raise LookupError(first)


def headings(sheet: Worksheet, first: str = "Mã") -> dict[str, int]:
    """Column (from 1) of each heading of the sheet's table."""
    return {
        str(cell.value): cell.column for cell in sheet[heading_row(sheet, first)] if cell.value is not None
    }


def rows(sheet: Worksheet) -> dict[str, int]:
    """Row (from 1) of each group and criterion of the criteria sheet."""
    start, column = heading_row(sheet, "Mã"), headings(sheet)["Mã"]
    cells = (sheet.cell(row, column) for row in range(start + 1, sheet.max_row + 1))
    return {str(cell.value): cell.row for cell in cells if cell.value is not None}


def find(sheet: Worksheet, id_: str, heading: str) -> Cell:
    """The cell of a criterion under a heading."""
    return sheet.cell(rows(sheet)[id_], headings(sheet)[heading])


def put(cell: Cell, typed: Typed) -> None:
    """Types into a cell; text stays text, even with a leading `=`."""
    cell.value = typed
    if isinstance(typed, str):
        cell.data_type = "s"


def fill(
    path: Path,
    entries: Mapping[str, FormEntry],
    documents: Sequence[FormDocument] = (),
    saved_as: Path | None = None,
) -> None:
    """Opens a form, types the entries and the documents, saves it."""
    book = openpyxl.load_workbook(path)
    sheet = book["Tự chấm"]
    row, column = rows(sheet), headings(sheet)
    for id_, entry in entries.items():
        for field, heading in FIELDS.items():
            typed = getattr(entry, field)
            if typed not in (None, ""):
                put(sheet.cell(row[id_], column[heading]), typed)
    sheet = book["Minh chứng"]
    first = heading_row(sheet, "Số thứ tự") + 1
    for index, document in enumerate(documents):
        texts = (document.number, document.date, document.issuer, document.summary, document.file)
        for offset, text in enumerate(texts):
            put(sheet.cell(first + index, 2 + offset), text)
    book.save(saved_as or path)
