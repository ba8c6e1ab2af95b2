"""Opened and saved by a program that keeps no values of formulas."""

from __future__ import annotations

from tests.workbooks.editing import in_excel


def make(form: bytes) -> bytes:
    return in_excel(form, lambda book: None)
