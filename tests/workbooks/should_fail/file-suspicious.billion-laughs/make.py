"""Entities that grow to a billion letters."""

from __future__ import annotations

from tests.workbooks.editing import STRINGS, rewritten


def make(form: bytes) -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{laughs}]><sst'.encode()
    return rewritten(form, STRINGS, b"<sst", head)
