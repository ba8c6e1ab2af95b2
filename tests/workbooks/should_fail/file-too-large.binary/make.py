"""An .xlsb with something in its last cell."""

from __future__ import annotations

from tests.workbooks.other_formats import binary, cells_of


def make(form: bytes) -> dict[str, bytes]:
    cells = cells_of(form)
    cells["Tự chấm"][1_048_575, 16_383] = 1
    return {"a.xlsb": binary(cells)}
