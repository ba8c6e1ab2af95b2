"""Ten thousand elements within one another."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, rewritten


def make(form: bytes) -> bytes:
    deep = b"<x>" * 10_000 + b"</x>" * 10_000
    return rewritten(form, SHEET, b"</sheetData>", b"</sheetData>" + deep)
