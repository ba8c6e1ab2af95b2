"""A letter in a text file."""

from __future__ import annotations


def make(form: bytes) -> bytes:
    return "Phường 1 gửi hồ sơ, trân trọng.".encode()
