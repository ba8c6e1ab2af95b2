"""Sheets of an Excel file as tables: what a person sees in each cell, merged areas filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from criteria.exact import NotANumber, plain, thousandths
from criteria.importer.source import Cell, Grid, Line, Source

MOST_ROWS, MOST_COLUMNS = 5_000, 60


def read_excel(path: Path) -> Source:
    """One table a sheet that is not hidden and not empty, named before it as a paragraph."""
    book = openpyxl.load_workbook(path, data_only=True)
    blocks: list[str | Grid] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and (grid := _grid(sheet)).lines:
            blocks.append(grid)
    return tuple(blocks)


def _grid(sheet: Worksheet) -> Grid:
    rows = [row for row in sorted({at[0] for at in sheet._cells}) if row <= MOST_ROWS]
    width = min(sheet.max_column, MOST_COLUMNS)
    merged = dict(_merged(sheet))
    return Grid(tuple(_lines(sheet, rows, width, merged)))


def _lines(
    sheet: Worksheet, rows: list[int], width: int, merged: dict[tuple[int, int], tuple[int, int, int]]
) -> Iterator[Line]:
    for row in rows:
        cells = []
        for column in range(1, width + 1):
            top, left, span = merged.get((row, column), (row, column, 1))
            text = _shown(sheet.cell(top, left))
            cells.append(Cell(text, column > left, row > top, span if row == top else 1))
        if any(cell.text for cell in cells):
            first = next(order for order, cell in enumerate(cells, 1) if cell.text)
            yield Line(f"trang tính “{sheet.title}”, ô {get_column_letter(first)}{row}", tuple(cells))


def _merged(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], tuple[int, int, int]]]:
    """First row, first column and height of the merged area of each cell that lies in one."""
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
            for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                yield (row, column), (area.min_row, area.min_col, area.max_row - area.min_row + 1)


def _shown(cell: Any) -> str:
    """A cell's value as the sheet shows it: 1.10 keeps its zero where the format has two decimals."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (date, datetime)):
        # Excel makes a date of "1.2" and "1/2"; day and month are what was typed
        return f"{value.day}.{value.month}"
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format)
    return str(value).strip()


def _number(value: float, form: str) -> str:
    try:
        text = plain(thousandths(value))
    except NotANumber:
        text = f"{Decimal(str(value)):f}"
    if form.endswith("%"):
        return f"{plain(thousandths(value * 100))}%"
    digits = re.fullmatch(r"#?,?#*0(?:[.](0+))?", form)
    if digits and digits[1] and len(text.partition(".")[2]) <= len(digits[1]):
        whole, _, fraction = text.partition(".")
        return f"{whole}.{fraction:<0{len(digits[1])}}"
    return text
