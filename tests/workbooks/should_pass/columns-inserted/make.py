"""A column for the unit's own notes, before and within the table."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel, unmerged


def make(form: bytes) -> bytes:
    def insert(book: Workbook) -> None:
        sheet = unmerged(book[CRITERIA_SHEET])
        sheet.insert_cols(7)
        sheet.insert_cols(1)
        sheet["A9"].value = "Ghi chú"

    return in_excel(form, insert)
