"""Cells that do not say where they stand."""

from __future__ import annotations

import re

from tests.workbooks.editing import SHEET, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    sheet = re.sub(rb'<c r="A([0-9]+)"', rb"<c", parts[SHEET])
    return packed({**parts, SHEET: sheet})
