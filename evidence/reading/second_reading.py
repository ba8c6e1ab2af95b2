"""A second, slow reading of the formulas that have no stored value, to tell what stands in their cells."""

from __future__ import annotations

import io
from collections.abc import Mapping

from evidence.reading.guard import Looked
from evidence.reading.sheet_scan import Position

MOST_TOLD = 2_000  # formulas a sheet; nobody mends more one by one


def formula_texts(looked: Looked) -> dict[str, Mapping[Position, str]]:
    """By sheet, the text of the formulas without stored value whose own XML does not hold it.

    Such are the copies of a formula that was filled down: the text stands in the first cell only. openpyxl
    works it out for the others; it is told how far to read, because it trusts what a sheet declares.
    """
    if looked.kind != "xlsx":
        return {}
    unknown = {
        name: [place for place, text in facts.formulas.items() if not text][:MOST_TOLD]
        for name, facts in looked.sheets.items()
    }
    if not any(unknown.values()):
        return {}
    import openpyxl  # only where it is needed: it takes as long to load as some twenty forms to read

    try:
        book = openpyxl.load_workbook(io.BytesIO(looked.data), read_only=True, keep_links=False)
        return {name: dict(_texts(book[name], places)) for name, places in unknown.items() if places}
    except Exception:  # what it cannot read it names in many ways; the cells stay told without their text
        return {}


def _texts(sheet: object, places: list[Position]) -> list[tuple[Position, str]]:
    rows, columns = (max(place[side] for place in places) + 1 for side in (0, 1))
    wanted = set(places)
    cells = sheet.iter_rows(max_row=rows, max_col=columns)  # type: ignore[attr-defined]
    return [
        ((row, column), cell.value.removeprefix("="))
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if (row, column) in wanted and isinstance(cell.value, str)
    ]
