"""An .ods with a cell repeated a thousand million times."""

from __future__ import annotations

from tests.workbooks.other_formats import cells_of, open_document


def make(form: bytes) -> dict[str, bytes]:
    cell = '<table:table-cell table:number-columns-repeated="1000000000"/>'
    return {"a.ods": open_document(cells_of(form), f"<table:table-row>{cell}</table:table-row>")}
