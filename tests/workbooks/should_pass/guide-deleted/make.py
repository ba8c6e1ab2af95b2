"""The sheet of instructions deleted."""

from __future__ import annotations

from tests.workbooks.editing import in_excel


def make(form: bytes) -> bytes:
    return in_excel(form, lambda book: book.remove(book["Hướng dẫn"]))
