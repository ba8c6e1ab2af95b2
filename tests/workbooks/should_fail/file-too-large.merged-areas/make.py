"""Thirty thousand merged areas."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, rewritten


def make(form: bytes) -> bytes:
    areas = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(100, 30_100))
    return rewritten(form, SHEET, b"</mergeCells>", areas + b"</mergeCells>")
