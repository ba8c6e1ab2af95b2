"""Figures copied from a web page, with signs of no width among them."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(
        form, {"F14": "5\u200b", "F15": "\ufeff5", "F21": "4\u20600", "F24": "1\u00ad,5", "L14": "\u200b"}
    )
