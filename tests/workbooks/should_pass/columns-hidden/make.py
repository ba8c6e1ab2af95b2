"""The columns of the rules hidden, to have more room."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def hide(book: Workbook) -> None:
        for letter in "DEFGH":
            book[CRITERIA_SHEET].column_dimensions[letter].hidden = True

    return in_excel(form, hide)
