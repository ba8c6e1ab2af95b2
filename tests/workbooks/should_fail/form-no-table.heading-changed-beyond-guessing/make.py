"""The heading of the figures is another word."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F8": "Số liệu"})
