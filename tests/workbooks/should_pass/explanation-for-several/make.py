"""One explanation and one list of documents, merged over three criteria."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def merge(book: Workbook) -> None:
        sheet = book[CRITERIA_SHEET]
        sheet["L12"].value = "Báo cáo chung"
        sheet.merge_cells("L12:L14")
        sheet.merge_cells("K12:K14")

    return in_excel(form, merge)
