"""The second half of a sheet is lost."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    return packed({**parts, SHEET: parts[SHEET][: len(parts[SHEET]) // 2]})
