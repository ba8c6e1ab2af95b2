"""1.10 retyped: Excel makes the number 1.1 of it; the title beside it tells which it is."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"A19": 1.1})
