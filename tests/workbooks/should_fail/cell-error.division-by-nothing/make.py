"""A formula in place of a figure, which divides by nothing."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    return cell_rewritten(form, "F21", b'<c r="F21" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
