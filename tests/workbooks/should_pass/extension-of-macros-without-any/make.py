"""The form under the name of a workbook with macros, of which it has none."""

from __future__ import annotations


def make(form: bytes) -> dict[str, bytes]:
    return {"a.xlsm": form}
