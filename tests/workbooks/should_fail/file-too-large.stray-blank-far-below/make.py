"""A blank typed by accident in row 60.000."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"C60000": " "})
