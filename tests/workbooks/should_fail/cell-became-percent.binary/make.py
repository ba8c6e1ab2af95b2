"""Percentages in an .xlsb: under a format of the office's own; beside them a sign that is only shown."""

from __future__ import annotations

from tests.workbooks.other_formats import binary, cells_of


def make(form: bytes) -> dict[str, bytes]:
    cells = cells_of(form)
    cells["Tự chấm"][13, 5] = 0.855
    formats = {(13, 5): "[>=0]0.0%;-0.0%", (20, 5): '0"%"'}
    return {"a.xlsb": binary(cells, formats=formats)}
