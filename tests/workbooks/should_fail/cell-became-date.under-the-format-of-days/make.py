"""A figure typed into a cell copied from a column of days: 38 shows as 07/02/1900."""

from __future__ import annotations

from datetime import datetime

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(
        form, {"F21": datetime(1900, 2, 7), "F17": datetime(1900, 1, 10), "G17": datetime(1900, 1, 10)}
    )
