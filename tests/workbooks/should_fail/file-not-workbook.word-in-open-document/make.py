"""A text document of LibreOffice."""

from __future__ import annotations

from tests.workbooks.editing import packed


def make(form: bytes) -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})
