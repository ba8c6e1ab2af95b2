"""A note at the far end of what is allowed both ways: together still too much."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"SA15000": "ghi chú"})
