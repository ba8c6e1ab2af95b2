"""Numbers typed as text, in the ways people type them."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(
        form,
        {
            "F10": "10",
            "G10": " 10 ",
            "F14": "5,0",
            "F15": "5.00",
            "F17": "１０",
            "G17": "\u00a010\u00a0",
            "F21": "40,000",
            "F24": "1,5",
        },
    )
