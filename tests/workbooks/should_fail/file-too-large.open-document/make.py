"""An .ods whose last row, with something in it, is repeated a million times."""

from __future__ import annotations

from tests.workbooks.other_formats import cells_of, open_document


def make(form: bytes) -> dict[str, bytes]:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    return {"a.ods": open_document(cells_of(form), row)}
