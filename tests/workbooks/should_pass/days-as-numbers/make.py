"""Days whose cells lost their format: Excel shows 45214."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F18": 45214, "F19": "16/10/2023"})
