"""An error in an .ods, where its value is stored as an empty text."""

from __future__ import annotations

from tests.workbooks.other_formats import cells_of, open_document


def make(form: bytes) -> dict[str, bytes]:
    cells = cells_of(form)
    cells["Tự chấm"][20, 5] = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    return {"a.ods": open_document(cells)}
