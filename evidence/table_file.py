"""The sheets of a table that an office keeps as a workbook or as text with separators."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from evidence.workbook import Cell, Sheet, Unreadable, read_workbook


def read_sheets(path: Path) -> list[Sheet]:
    """Sheets of an .xlsx, or the one sheet of a .csv separated by commas, semicolons or tabs.

    Raises Unreadable.
    """
    if path.suffix.lower() != ".csv":
        return read_workbook(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable("table-unreadable", "tệp không phải văn bản UTF-8") from error
    head = text.split("\n", 1)[0]
    separator = max(";\t,", key=head.count)
    rows: list[list[Cell]] = [list(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    return [Sheet("", rows)]
