"""A sheet that the workbook names is not there."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, packed, parts_of


def make(form: bytes) -> bytes:
    return packed({name: part for name, part in parts_of(form).items() if name != SHEET})
