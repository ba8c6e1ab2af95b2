"""Texts of 40 MB packed into 40 KB."""

from __future__ import annotations

from tests.workbooks.editing import STRINGS, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    blanks = b" " * (40 * 2**20)
    return packed({**parts, STRINGS: parts[STRINGS].replace(b"</sst>", blanks + b"</sst>")}, level=9)
