"""The head of an old .xls and nothing behind it."""

from __future__ import annotations


def make(form: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
