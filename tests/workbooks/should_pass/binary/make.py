"""The form as .xlsb."""

from __future__ import annotations

from tests.workbooks.other_formats import binary, cells_of


def make(form: bytes) -> dict[str, bytes]:
    return {"a.xlsb": binary(cells_of(form))}
