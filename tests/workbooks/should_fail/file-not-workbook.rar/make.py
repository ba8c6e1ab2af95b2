"""The form inside a RAR archive."""

from __future__ import annotations


def make(form: bytes) -> bytes:
    return b"Rar!\x1a\x07\x01\x00" + form
