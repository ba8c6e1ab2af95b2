"""The column of the documents' numbers was deleted."""

from __future__ import annotations

from tests.workbooks.editing import CRITERIA_SHEET, in_excel, unmerged


def make(form: bytes) -> bytes:
    return in_excel(form, lambda book: unmerged(book[CRITERIA_SHEET]).delete_cols(11))
