"""An error in an .xlsb."""

from __future__ import annotations

from tests.workbooks.other_formats import binary, cells_of


def make(form: bytes) -> dict[str, bytes]:
    cells = cells_of(form)
    del cells["Tự chấm"][20, 5]
    return {"a.xlsb": binary(cells, errors={(20, 5): 0x17})}
