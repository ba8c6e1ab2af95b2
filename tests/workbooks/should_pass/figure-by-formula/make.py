"""A figure by a formula whose value is stored."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    return cell_rewritten(form, "F21", b'<c r="F21"><f>20+20</f><v>40</v></c>')
