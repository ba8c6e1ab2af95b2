"""The cells of a workbook that somebody sent, as plain rows; or why it cannot be read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeAlias

import python_calamine

from evidence.guard import Unreadable, look_into
from evidence.layout import column_letter

Cell: TypeAlias = str | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows from A1 on; rows may differ in length."""

    name: str
    rows: list[list[Cell]]
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """Content of a cell, counted from 0; None outside and for an empty cell.

        An error (`#DIV/0!`), which the parser gives as an empty cell, is the text that Excel shows.
        """
        if (row, column) in self.errors:
            return self.errors[row, column]
        if row < len(self.rows) and column < len(self.rows[row]):
            value = self.rows[row][column]
            return None if isinstance(value, str) and value == "" else value
        return None


def address(row: int, column: int) -> str:
    """Address of a cell counted from 0: (0, 0) is A1."""
    return f"{column_letter(column)}{row + 1}"


def read_workbook(path: Path) -> list[Sheet]:
    """All sheets of a workbook; raises Unreadable."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable("file-unreadable", error.strerror or "") from error
    looked = look_into(data)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Sheet(
                name,
                workbook.get_sheet_by_name(name).to_python(skip_empty_area=False),
                looked.errors.get(name, {}),
            )
            for name in workbook.sheet_names
        ]
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable("file-unreadable") from error
