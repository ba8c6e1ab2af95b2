"""A sheet in another encoding than any program writes."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    text = parts[SHEET].decode().replace("UTF-8", "UTF-16")
    return packed({**parts, SHEET: text.encode("utf-16")})
