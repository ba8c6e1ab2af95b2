"""50% typed in LibreOffice: the .ods says that it is a percentage."""

from __future__ import annotations

from tests.workbooks.other_formats import cells_of, open_document


def make(form: bytes) -> dict[str, bytes]:
    cells = cells_of(form)
    cells["Tự chấm"][20, 5] = (
        '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>'
    )
    return {"a.ods": open_document(cells)}
