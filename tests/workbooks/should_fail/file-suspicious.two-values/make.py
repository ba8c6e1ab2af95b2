"""Two values in one cell: parsers take one or the other."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    return cell_rewritten(form, "F14", b'<c r="F14"><v>4</v><v>5</v></c>')
