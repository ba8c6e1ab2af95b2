"""The sheets of a table that an office keeps as a workbook or as text with separators."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from evidence.csv_text import from_csv_text
from evidence.layout import TABLE_CODE, fold
from evidence.reading.workbook import Cell, Sheet, Unreadable, read_workbook


def read_sheets(path: Path) -> list[Sheet]:
    """Sheets of an .xlsx, or the one sheet of a .csv separated by commas, semicolons or tabs.

    An apostrophe that keeps a spreadsheet from computing a field is no part of its text.
    Raises Unreadable.
    """
    if path.suffix.lower() != ".csv":
        return read_workbook(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable("table-unreadable", "tệp không phải văn bản UTF-8") from error
    first = [line for line in text.splitlines()[:50] if line.strip()]
    separator = max(";\t,", key=lambda sign: _regular(first, sign))
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows: list[list[Cell]] = [list(map(from_csv_text, line)) for line in lines]
    except csv.Error as error:
        raise Unreadable("table-unreadable", "có dấu nháy kép không khép lại") from error
    return [Sheet("", rows)]


def _regular(lines: Sequence[str], sign: str) -> tuple[int, int]:
    """How well a sign separates: in how many of the first lines, then how often at the most.

    A decimal comma stands in some lines; the separator stands in (nearly) all, the heading's included.
    """
    counts = [line.count(sign) for line in lines]
    heading = max((line.count(sign) for line in lines if fold(TABLE_CODE) in fold(line)), default=0)
    return heading, sum(count > 0 for count in counts)
