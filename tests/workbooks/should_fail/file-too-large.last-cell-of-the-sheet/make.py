"""Something typed into XFD1048576, the last cell there is: a parser would reserve all before it."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, rewritten


def make(form: bytes) -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return rewritten(form, SHEET, b"</sheetData>", far)
