"""A format given to all rows of the sheet."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, rewritten


def make(form: bytes) -> bytes:
    rows = b"".join(b'<row r="%d" s="1" customFormat="1" ht="15"/>' % n for n in range(100, 1_048_577))
    return rewritten(form, SHEET, b"</sheetData>", rows + b"</sheetData>")
