"""XML as Microsoft's own library writes it: every element with a prefix."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, packed, parts_of, prefixed


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    return packed({**parts, SHEET: prefixed(parts[SHEET])})
