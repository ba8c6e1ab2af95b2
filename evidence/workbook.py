"""The cells of a workbook that somebody sent, as plain rows; or why it cannot be read."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeAlias

import python_calamine

from evidence.layout import column_letter

Cell: TypeAlias = str | float | bool | date | datetime | time | timedelta | None

# Generous for honest files: a form of 60 criteria and 150 documents takes under 1 MB inflated.
MOST_INFLATED = 200 * 2**20
MOST_ROWS, MOST_COLUMNS = 20_000, 500

_LAST_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_MAGIC = {
    b"%PDF": "tệp PDF",
    b"\xd0\xcf\x11\xe0": "tệp .xls đời cũ hoặc có mật khẩu",
    b"\xff\xd8\xff": "tệp ảnh",
    b"\x89PNG": "tệp ảnh",
    b"{\\rtf": "tệp văn bản RTF",
}


class Unreadable(ValueError):
    """A file that is not taken: `code` of the problems' catalogue and what was found."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code, found)
        self.code, self.found = code, found


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows from A1 on; rows may differ in length."""

    name: str
    rows: list[list[Cell]]

    def cell(self, row: int, column: int) -> Cell:
        """Content of a cell, counted from 0; None outside and for an empty cell."""
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
    _guard(data)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        ]
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable("file-unreadable") from error


def _guard(data: bytes) -> None:
    """Looks into the zip before any parser does; raises Unreadable."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise Unreadable("file-not-workbook", what)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
    except zipfile.BadZipFile as error:
        found = "tệp rỗng" if not data else "không phải dạng tệp Excel"
        raise Unreadable("file-not-workbook", found) from error
    if "xl/workbook.xml" not in names:
        raise Unreadable("file-not-workbook", "tệp nén không chứa bảng tính")
    if sum(item.file_size for item in archive.infolist()) > MOST_INFLATED:
        raise Unreadable("file-too-large", "dung lượng sau khi mở nén quá lớn")
    for name in filter(_SHEET_PART.fullmatch, names):
        try:
            content = archive.read(name)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("file-unreadable") from error
        _guard_extent(content)


def _guard_extent(content: bytes) -> None:
    """One cell far away makes a reader reserve the whole area before it, and die."""
    for letters, digits in _LAST_CELL.findall(content):
        if len(letters) > 2 or len(digits) > 4:
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            if int(digits) > MOST_ROWS or column > MOST_COLUMNS:
                where = f"ô {letters.decode()}{digits.decode()}"
                raise Unreadable("file-too-large", f"có dữ liệu ở tận {where}")
