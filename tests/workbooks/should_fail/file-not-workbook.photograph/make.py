"""A photograph of the form on somebody's desk."""

from __future__ import annotations


def make(form: bytes) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500)
