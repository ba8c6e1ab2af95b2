"""A document type that names another file to be read."""

from __future__ import annotations

from tests.workbooks.editing import SHEET, rewritten


def make(form: bytes) -> bytes:
    return rewritten(
        form, SHEET, b"<worksheet", b'<!DOCTYPE worksheet SYSTEM "file:///etc/passwd"><worksheet'
    )
