"""A sheet that says it is one cell large."""

from __future__ import annotations

import re

from tests.workbooks.editing import SHEET, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    sheet = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', parts[SHEET])
    return packed({**parts, SHEET: sheet})
