"""A day where no figure of it would be taken."""

from __future__ import annotations

from datetime import datetime

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F13": datetime(2023, 10, 25)})
