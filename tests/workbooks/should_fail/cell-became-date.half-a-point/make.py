"""4.5 typed where Excel knows days as day.month: it became 4 May."""

from __future__ import annotations

from datetime import datetime

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F14": datetime(2023, 5, 4)})
