"""Ten thousand sheets that are one and the same."""

from __future__ import annotations

from tests.workbooks.editing import rewritten


def make(form: bytes) -> bytes:
    sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(10, 10_010))
    return rewritten(form, "xl/workbook.xml", b"</sheets>", sheets + b"</sheets>")
