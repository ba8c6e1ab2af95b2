"""50% typed into a cell without a format: Excel keeps 0.5 and shows 50%."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def percent(book: Workbook) -> None:
        cell = book[CRITERIA_SHEET]["F14"]
        cell.value, cell.number_format = 0.5, "0%"

    return in_excel(form, percent)
