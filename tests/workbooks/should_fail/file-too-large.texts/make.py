"""A quarter of a million texts that no cell uses."""

from __future__ import annotations

from tests.workbooks.editing import STRINGS, rewritten


def make(form: bytes) -> bytes:
    return rewritten(form, STRINGS, b"</sst>", b"<si><t>a</t></si>" * 250_000 + b"</sst>")
