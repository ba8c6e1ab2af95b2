"""Rows inserted above the table and within it."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel, unmerged


def make(form: bytes) -> bytes:
    def insert(book: Workbook) -> None:
        sheet = unmerged(book[CRITERIA_SHEET])
        sheet.insert_rows(15, 2)
        sheet.insert_rows(1, 3)

    return in_excel(form, insert)
