"""The table copied into Word."""

from __future__ import annotations

from tests.workbooks.editing import packed


def make(form: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
