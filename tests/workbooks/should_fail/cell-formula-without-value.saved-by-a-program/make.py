"""A formula in place of a figure, saved by a program that computes nothing."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def change(book: Workbook) -> None:
        book[CRITERIA_SHEET]["F21"].value = "=20+20"

    return in_excel(form, change)
