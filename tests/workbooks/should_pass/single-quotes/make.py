"""XML with single quotes."""

from __future__ import annotations

import re

from tests.workbooks.editing import SHEET, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    head, data = parts[SHEET].split(b"<sheetData>")
    cells, tail = data.split(b"</sheetData>")
    cells = re.sub(rb' (r|s|t)="([^"]*)"', rb" \1='\2'", cells)
    return packed({**parts, SHEET: head + b"<sheetData>" + cells + b"</sheetData>" + tail})
