"""Blank sheets, and one with notes that look a little like a table."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import in_excel


def make(form: bytes) -> bytes:
    def add(book: Workbook) -> None:
        book.create_sheet("Sheet1")
        book.create_sheet("Ghi chú", 0).append(["Mã", 1.1, "x"])

    return in_excel(form, add)
