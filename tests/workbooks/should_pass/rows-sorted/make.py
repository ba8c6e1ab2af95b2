"""The criteria sorted by their maximum."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def sort(book: Workbook) -> None:
        sheet = book[CRITERIA_SHEET]
        rows = [[(cell.value, cell.number_format) for cell in row] for row in sheet["A10:L19"]]
        rows.sort(key=lambda cells: -float(str(cells[2][0])))
        for row, cells in zip(sheet["A10:L19"], rows, strict=True):
            for cell, (value, number_format) in zip(row, cells, strict=True):
                cell.value, cell.number_format = value, number_format

    return in_excel(form, sort)
