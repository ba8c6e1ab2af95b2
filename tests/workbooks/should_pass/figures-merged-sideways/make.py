"""Both cells of a criterion that asks for one figure, merged."""

from __future__ import annotations

from tests.workbooks.editing import CRITERIA_SHEET, in_excel


def make(form: bytes) -> bytes:
    return in_excel(form, lambda book: book[CRITERIA_SHEET].merge_cells("F21:G21"))
