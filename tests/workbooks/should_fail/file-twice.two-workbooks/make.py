"""Two workbooks of one unit; a scan beside them would be none."""

from __future__ import annotations


def make(form: bytes) -> dict[str, bytes]:
    return {"a.xlsx": form, "a.xls": form, "a.pdf": b"%PDF-1.7"}
