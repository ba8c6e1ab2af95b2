"""A text by a number that is none: a parser shows the first text of the workbook."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    return cell_rewritten(form, "L14", b'<c r="L14" t="s"><v>-1</v></c>')
