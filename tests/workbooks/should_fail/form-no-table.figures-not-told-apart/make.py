"""Both figures have a heading that is as near to one as to the other."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F8": "Kê khai (c)", "G8": "Kê khai (d)"})
