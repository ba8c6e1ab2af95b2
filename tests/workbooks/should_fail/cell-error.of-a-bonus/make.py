"""An error where nothing would be owed: it must not pass for nothing."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    return cell_rewritten(form, "F24", b'<c r="F24" t="e"><f>VLOOKUP(1,A1:B2,2)</f><v>#N/A</v></c>')
