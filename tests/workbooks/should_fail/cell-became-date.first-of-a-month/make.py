""" "1.5" became 1 May, "3.22" the first of March 2022."""

from __future__ import annotations

from datetime import datetime

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F14": datetime(2023, 5, 1), "F21": datetime(2022, 3, 1)})
