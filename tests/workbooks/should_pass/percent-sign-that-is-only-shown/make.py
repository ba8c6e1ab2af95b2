"""A format that only writes the sign behind the figure, and a percentage where nothing is read."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    def shown(book: Workbook) -> None:
        sheet = book[CRITERIA_SHEET]
        sheet["F14"].value, sheet["F14"].number_format = 5, '0.0"%"'
        sheet["P14"].value, sheet["P14"].number_format = 0.5, "0%"

    return in_excel(form, shown)
