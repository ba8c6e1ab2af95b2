"""A scan whose name is no unit's code."""

from __future__ import annotations


def make(form: bytes) -> dict[str, bytes]:
    return {"a.xlsx": form, "ký duyệt.pdf": b"%PDF-1.7"}
