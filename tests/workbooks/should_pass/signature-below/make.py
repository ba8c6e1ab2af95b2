"""A name and a note under the table."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"A40": "Nguyễn Văn A", "F40": "ký thay"})
