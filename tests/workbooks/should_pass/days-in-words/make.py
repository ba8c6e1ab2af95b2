"""Days as text, in the ways people write them."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F18": "ngày 15 tháng 10 năm 2023", "F19": "16-10-23"})
