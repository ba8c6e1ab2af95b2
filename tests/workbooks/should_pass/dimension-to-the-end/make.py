"""A sheet that says it reaches to the last cell there is."""

from __future__ import annotations

import re

from tests.workbooks.editing import SHEET, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    sheet = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', parts[SHEET])
    return packed({**parts, SHEET: sheet})
