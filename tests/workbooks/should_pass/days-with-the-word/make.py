"""Days with the word before them, and with dots."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F18": "Ngày 15/10/2023", "F19": "16.10.2023"})
