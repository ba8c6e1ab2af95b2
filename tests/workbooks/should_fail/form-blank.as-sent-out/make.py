"""The form sent back as it came."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import EVIDENCE_SHEET, in_excel, typed


def make(form: bytes) -> bytes:
    inputs = [f"{column}{row}" for column in "FGHKL" for row in range(10, 28)]
    blank = typed(form, dict.fromkeys(inputs))

    def clear(book: Workbook) -> None:
        for cells in book[EVIDENCE_SHEET].iter_rows(min_col=2, max_col=6, min_row=4):
            for cell in cells:
                cell.value = None

    return in_excel(blank, clear)
