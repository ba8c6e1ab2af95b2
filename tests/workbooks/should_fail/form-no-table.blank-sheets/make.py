"""A new workbook with three blank sheets."""

from __future__ import annotations

import io

import openpyxl


def make(form: bytes) -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("Sheet2")
    book.create_sheet("Sheet3")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
