"""A cell on a row that no program can count to: a parser asks for all the memory there is."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, rewritten


def make(form: bytes) -> bytes:
    row = b'<row r="9999999999999999999"><c r="A9999999999999999999"><v>1</v></c></row>'
    return rewritten(form, SHEET, b"</sheetData>", row + b"</sheetData>")
