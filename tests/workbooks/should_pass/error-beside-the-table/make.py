"""An error in a cell that nobody reads."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, rewritten


def make(form: bytes) -> bytes:
    error = b'<row r="60"><c r="C60" t="e"><v>#DIV/0!</v></c></row></sheetData>'
    return rewritten(form, SHEET, b"</sheetData>", error)
