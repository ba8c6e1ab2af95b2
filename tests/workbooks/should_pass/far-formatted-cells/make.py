"""Borders drawn far beyond the table: cells without anything in them."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, rewritten


def make(form: bytes) -> bytes:
    far = b'<row r="900000"><c r="A900000" s="1"/><c r="XFD900000" s="1"/></row></sheetData>'
    return rewritten(form, SHEET, b"</sheetData>", far)
