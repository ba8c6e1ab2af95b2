"""Rows hidden by hand and by a filter: they are read, and a hint says so."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def hide(book: Workbook) -> None:
        sheet = book[CRITERIA_SHEET]
        sheet.row_dimensions[12].hidden = True
        sheet.auto_filter.ref = "A8:L27"
        sheet.row_dimensions[14].hidden = True

    return in_excel(form, hide)
