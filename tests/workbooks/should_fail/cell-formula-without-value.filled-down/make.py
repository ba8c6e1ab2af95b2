"""Copies of a formula that was filled down: only the first holds its text."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    first = b'<c r="F14"><f t="shared" ref="F14:F15" si="0">C14</f></c>'
    form = cell_rewritten(form, "F14", first)
    return cell_rewritten(form, "F15", b'<c r="F15"><f t="shared" si="0"/></c>')
