"""Headings retyped in capitals without accents."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(
        form,
        {
            "A8": "MA",
            "F8": "KE KHAI (A)",
            "G8": "KE KHAI (B)",
            "H8": "KHONG PHAT SINH",
            "K8": "MINH CHUNG SO",
        },
    )
