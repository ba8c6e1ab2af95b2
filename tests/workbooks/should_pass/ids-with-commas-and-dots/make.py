"""Ids as a Vietnamese Excel shows numbers, or as headings are numbered."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"A10": "1,1", "A11": "1.2.", "A12": "1.3)", "A13": "１.４", "A19": "1,10"})
