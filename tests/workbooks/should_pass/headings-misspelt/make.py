"""Headings with slips, or with something behind them; each guess is told."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"A8": "Mã số", "F8": "Kê kai (a)", "H8": "Không phat snh", "K8": "Minh chứng"})
