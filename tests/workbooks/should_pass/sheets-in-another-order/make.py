"""The sheet to fill stands first, the form's own mark second."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import in_excel


def make(form: bytes) -> bytes:
    def move(book: Workbook) -> None:
        book.move_sheet("Tự chấm", -2)
        book.move_sheet("_danvan", -3)

    return in_excel(form, move)
