"""A cell of a what-if table has no formula of its own to be shown."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    return cell_rewritten(form, "F14", b'<c r="F14"><f t="dataTable" ref="F14:F15" r1="A1"/><v></v></c>')
