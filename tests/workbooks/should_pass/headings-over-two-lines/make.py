"""Headings broken into lines, with blanks before and behind."""

from __future__ import annotations

from tests.workbooks.editing import typed


def make(form: bytes) -> bytes:
    return typed(form, {"F8": " Kê khai\n(a) ", "H8": "Không\nphát\nsinh"})
