"""An .xlsb one of whose sheets ends in the middle."""

from __future__ import annotations

from tests.workbooks.editing import packed, parts_of
from tests.workbooks.other_formats import binary, cells_of


def make(form: bytes) -> dict[str, bytes]:
    parts = parts_of(binary(cells_of(form)))
    name = "xl/worksheets/sheet3.bin"
    return {"a.xlsb": packed({**parts, name: parts[name][:-300]})}
