"""The authoring workbook read: rows of texts by column, whatever a person moved or typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Never

import openpyxl
from openpyxl.utils import get_column_letter

from criteria.authoring.cells import typed
from criteria.authoring.layout import Column
from criteria.authoring.table_rows import Cells
from criteria.catalogue import Refusal

HEADING_ROWS = 10  # the headings stand in one of the first rows
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class BadAuthoring(Refusal):
    """An authoring workbook that cannot be read; every fault with sheet and row, in Vietnamese."""

    exit_code = 3

    def __init__(self, name: str, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([f"Bảng soạn “{name}” có chỗ chưa đọc được:", *faults]))


class Sheets:
    """The sheets of a workbook by name, and all faults found so far."""

    def __init__(self, path: Path) -> None:
        self.path, self.faults = path, list[str]()
        try:
            self.book: Any = openpyxl.load_workbook(path, data_only=True)
        except Exception as error:  # damaged files fail in many ways
            raise BadAuthoring(path.name, ["không mở được tệp; xin mở bằng Excel, lưu lại."]) from error

    def has(self, *names: str) -> bool:
        """Whether all these sheets are there."""
        return set(names) <= set(self.book.sheetnames)

    def rows(self, name: str, columns: tuple[Column, ...]) -> list[tuple[int, Cells]]:
        """The rows that hold something, each with its number in the sheet, by column key."""
        found = list(self.lines(name, tuple(column.heading for column in columns)))
        keys = [column.key for column in columns]
        return [(row, dict(zip(keys, texts, strict=True))) for row, texts in found]

    def lines(self, name: str, headings: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
        """The texts under these headings, row by row; a missing sheet or heading is a fault."""
        if name not in self.book.sheetnames:
            self.faults.append(f"- thiếu trang “{name}”.")
            return
        sheet = self.book[name]
        by_row: dict[int, dict[int, str]] = {}
        for (row, column), cell in sheet._cells.items():
            if text := _text(cell.value):
                by_row.setdefault(row, {})[column] = text
        wanted = [" ".join(heading.casefold().split()) for heading in headings]
        for row in sorted(by_row)[:HEADING_ROWS]:
            where = {" ".join(text.casefold().split()): column for column, text in by_row[row].items()}
            if wanted[0] in where and sum(heading in where for heading in wanted) > 1:
                break
        else:
            self.faults.append(f"- trang “{name}”: không thấy dòng tiêu đề có cột “{headings[0]}”.")
            return
        missing = [head for head, key in zip(headings, wanted, strict=True) if key not in where]
        if missing:
            named = ", ".join(f"“{heading}”" for heading in missing)
            self.faults.append(f"- trang “{name}”: thiếu cột {named}.")
        columns = [where.get(heading, 0) for heading in wanted]
        for number in sorted(by_row):
            texts = [by_row[number].get(column, "") for column in columns]
            if number > row and any(texts):
                yield number, texts

    def fault(self, name: str, row: int, message: str) -> None:
        """Notes a fault of a row."""
        self.faults.append(f"- trang “{name}”, dòng {row}: {message}.")

    def stop(self) -> Never:
        """Raises BadAuthoring with all faults."""
        raise BadAuthoring(self.path.name, self.faults)


def _text(value: object) -> str:
    """Text of a cell, with what Excel escapes in its files turned back."""
    return typed(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), value) if isinstance(value, str) else value)


def column_letter(columns: tuple[Column, ...], key: str) -> str:
    """Letter of a column, for messages."""
    return str(get_column_letter([column.key for column in columns].index(key) + 1))
