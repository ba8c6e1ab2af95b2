"""The form under the name of an old workbook: a hint says so."""

from __future__ import annotations


def make(form: bytes) -> dict[str, bytes]:
    return {"a.xls": form}
