"""Comments, CDATA and references within values, which parsers read differently."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, cell_rewritten, rewritten


def make(form: bytes) -> bytes:
    form = cell_rewritten(form, "F14", b'<c r="F14"><v><!-- 4 -->5</v></c>')
    form = cell_rewritten(form, "F15", b'<c r="F15"><v>&#53;</v></c>')
    form = cell_rewritten(form, "F21", b'<c r="F21"><v><![CDATA[40]]></v></c>')
    return rewritten(form, SHEET, b"</sheetData>", b"<!-- <c r='F14'><v>1</v></c> --></sheetData>")
