"""A file of no bytes, as a full disk leaves it."""

from __future__ import annotations


def make(form: bytes) -> bytes:
    return b""
