"""The same with prefixes, as some libraries write it."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, cell_rewritten, packed, parts_of, prefixed


def make(form: bytes) -> bytes:
    form = cell_rewritten(form, "F21", b'<c r="F21" t="e"><v>#REF!</v></c>')
    parts = parts_of(form)
    return packed({**parts, SHEET: prefixed(parts[SHEET])})
