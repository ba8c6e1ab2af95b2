"""The form as .ods."""

from __future__ import annotations

from tests.workbooks.other_formats import cells_of, open_document


def make(form: bytes) -> dict[str, bytes]:
    return {"a.ods": open_document(cells_of(form))}
