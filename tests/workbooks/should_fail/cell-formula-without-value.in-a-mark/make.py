"""A formula in place of the mark."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten


def make(form: bytes) -> bytes:
    return cell_rewritten(form, "H13", b'<c r="H13"><f>IF(F13=0,&quot;x&quot;,&quot;&quot;)</f></c>')
