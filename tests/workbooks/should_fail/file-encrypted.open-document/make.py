"""The form as .ods under a password."""

from __future__ import annotations

from tests.workbooks.other_formats import cells_of, open_document


def make(form: bytes) -> dict[str, bytes]:
    key = '<manifest:encryption-data manifest:checksum="x"/>'
    return {"a.ods": open_document(cells_of(form), manifest=key)}
