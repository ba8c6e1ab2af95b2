"""What the tests read from a written workbook: formulas, stored values, the table of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

Place = tuple[str, str]  # sheet, address
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


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
    """A workbook as a spreadsheet shows it before it computes anything.

    Straight from the XML: openpyxl takes two passes for the same, and several times as long.
    """
    with ZipFile(path) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        targets = {
            item.get("Id"): str(item.get("Target"))
            for item in ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        }
        shared = _shared_strings(parts)
        formulas: dict[Place, str] = {}
        values: dict[Place, Any] = {}
        names = []
        for entry in book.iter(f"{_MAIN}sheet"):
            name = str(entry.get("name"))
            names.append(name)
            sheet = ElementTree.fromstring(parts.read(f"xl/{targets[entry.get(_ID)].removeprefix('/xl/')}"))
            for cell in sheet.iter(f"{_MAIN}c"):
                formula, value = cell.find(f"{_MAIN}f"), _value(cell, shared)
                if formula is not None:
                    formulas[name, str(cell.get("r"))] = f"={formula.text}"
                if formula is not None or value is not None:
                    values[name, str(cell.get("r"))] = "" if value is None else value
    return Workbook(tuple(names), formulas, values)


def _shared_strings(parts: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    table = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in table]


def _value(cell: ElementTree.Element, shared: list[str]) -> Any:
    kind, value = cell.get("t"), cell.find(f"{_MAIN}v")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    if value is None or value.text is None:
        return None
    if kind == "s":
        return shared[int(value.text)]
    if kind in ("str", "e"):
        return value.text
    number = float(value.text)
    return int(number) if number.is_integer() else number
