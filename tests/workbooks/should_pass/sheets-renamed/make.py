"""The sheets have the names of a new workbook."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import in_excel


def make(form: bytes) -> bytes:
    def rename(book: Workbook) -> None:
        for number, sheet in enumerate(book.worksheets):
            sheet.title = f"Sheet{number}"

    return in_excel(form, rename)
