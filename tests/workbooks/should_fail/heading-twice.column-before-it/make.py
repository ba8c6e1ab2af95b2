"""A column of last year under the same heading, before the one that is meant."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel, unmerged


def make(form: bytes) -> bytes:
    def insert(book: Workbook) -> None:
        sheet = unmerged(book[CRITERIA_SHEET])
        sheet.insert_cols(6)
        sheet["F8"].value = "Kê khai (a)"
        sheet["F14"].value = 4.5
        for row in (*range(10, 14), *range(15, 30)):
            sheet.cell(row, 6).value = sheet.cell(row, 7).value

    return in_excel(form, insert)
