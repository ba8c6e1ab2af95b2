"""What the tests read from a written workbook: formulas, stored values, the table of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

Place = tuple[str, str]  # sheet, address


@dataclass(frozen=True)
class Workbook:
    """Every cell that is not empty: formulas by place, and values (of formulas, the stored ones)."""

    sheets: tuple[str, ...]
    formulas: dict[Place, str]
    values: dict[Place, Any]

    def texts(self, sheet: str) -> list[str]:
        """All texts of a sheet."""
        return [value for (of, _), value in self.values.items() if of == sheet and isinstance(value, str)]

    def table(self, sheet: str, heading: str) -> list[dict[str, Any]]:
        """The rows below the one that holds `heading`, up to the first without a code, by heading."""
        rows: dict[int, dict[str, Any]] = {}
        for (of, address), value in self.values.items():
            if of == sheet:
                letters = address.rstrip("0123456789")
                rows.setdefault(int(address[len(letters) :]), {})[letters] = value
        head = min(row for row, cells in rows.items() if heading in cells.values())
        names = rows[head]
        table = []
        for row in range(head + 1, max(rows) + 1):
            line = {name: rows.get(row, {}).get(letters, "") for letters, name in names.items()}
            if not line[heading]:
                break
            table.append(line)
        return table


def read(path: Path) -> Workbook:
    """A workbook as a spreadsheet shows it before it computes anything."""
    with_formulas, with_values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    formulas, values = {}, {}
    for sheet in with_formulas:
        for row in sheet.iter_rows():
            for cell in row:
                place = sheet.title, cell.coordinate
                if cell.data_type == "f":
                    formulas[place] = str(cell.value)
                if cell.value is not None:
                    shown = with_values[sheet.title][cell.coordinate].value
                    values[place] = "" if shown is None else shown
    return Workbook(tuple(with_formulas.sheetnames), formulas, values)
