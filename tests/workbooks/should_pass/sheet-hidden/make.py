"""A hidden sheet with the unit's own computation: a hint says so."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import in_excel


def make(form: bytes) -> bytes:
    def add(book: Workbook) -> None:
        book.create_sheet("Tính thử").sheet_state = "veryHidden"

    return in_excel(form, add)
