"""One cell with two values."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    return cell_rewritten(form, "F21", b'<c r="F21"><v>40</v></c><c r="F21"><v>20</v></c>')
