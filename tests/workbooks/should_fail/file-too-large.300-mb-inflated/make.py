"""A sheet of 300 MB of blanks in a file of 0,3 MB."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    blanks = b" " * (300 * 2**20)
    return packed(
        {**parts, SHEET: parts[SHEET].replace(b"</sheetData>", blanks + b"</sheetData>")}, level=1
    )
