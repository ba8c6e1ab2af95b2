"""Days as letters and other programs write them."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F18": "Chủ nhật, ngày 15–10–2023.", "F19": "2023-10-16 00:00:00"})
