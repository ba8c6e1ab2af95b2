"""A workbook of an old Mac, which counts days from 1904."""

from __future__ import annotations

from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from tests.workbooks.editing import in_excel


def make(form: bytes) -> bytes:
    def count_from_1904(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    return in_excel(form, count_from_1904)
