"""Scans sent as one compressed folder."""

from __future__ import annotations

from tests.workbooks.editing import packed


def make(form: bytes) -> bytes:
    return packed({"trang 1.jpg": b"\xff\xd8\xff", "trang 2.jpg": b"\xff\xd8\xff"})
