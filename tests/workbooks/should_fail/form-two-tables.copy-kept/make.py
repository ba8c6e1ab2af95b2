"""A copy of the sheet with other figures, kept behind the form's own."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def copy(book: Workbook) -> None:
        sheet = book.copy_worksheet(book[CRITERIA_SHEET])
        sheet.title = "Tự chấm (2)"
        sheet["F21"].value = 20

    return in_excel(form, copy)
