"""Two ids deleted, one with the delete key, one with a blank in its place; the titles are as printed."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"A14": None, "A23": " "})
