"""One mark for two criteria."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def change(book: Workbook) -> None:
        sheet = book[CRITERIA_SHEET]
        for address in ("F12", "F13"):
            sheet[address].value = None
        sheet["H12"].value = "x"
        sheet.merge_cells("H12:H13")

    return in_excel(form, change)
