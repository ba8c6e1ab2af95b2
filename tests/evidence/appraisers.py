"""Appraisers of tests: they open the workbook that was handed out, type into cells, send it back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evidence.appraisal.handing_out import appraisers_named, hand_out
from evidence.appraisal.layout import DAY, PERSON, Mode
from evidence.intake import Intake, take_in
from evidence.round import Round

# (unit, criterion) -> points, or (points, reason)
Typed = Mapping[tuple[str, str], object]


def handed_out(round_: Round, mode: Mode = "criterion", *ids: str) -> dict[str, Path]:
    """The workbooks of the round's appraisers, by id."""
    items = hand_out(round_, take_in(round_), appraisers_named(round_, ids), mode)
    return {item.appraiser.id: item.path for item in items}


def filled(
    path: Path, typed: Typed, target: Path, person: str = "Trần Thị B", day: object = "18/10/2023"
) -> Path:
    """The workbook with these cells typed, saved as `target` by openpyxl."""
    book = openpyxl.load_workbook(path)
    rows = rows_of_book(book)
    for key, what in typed.items():
        points, reason = what if isinstance(what, tuple) else (what, None)
        cells = rows[key]
        cells["points"].value = points  # type: ignore[assignment]
        if reason is not None:
            cells["reason"].value = reason
    sign(book, person, day)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def sign(book: Workbook, person: str, day: object) -> None:
    """Types the person and the day on the overview."""
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=1, max_row=20, max_col=1):
        if row[0].value in (PERSON, DAY):
            sheet.cell(row[0].row or 1, 3).value = person if row[0].value == PERSON else day  # type: ignore[union-attr]


HEADS = {"Mã đơn vị": "unit", "Mã tiêu chí": "criterion", "Điểm tự chấm": "self", "Điểm thẩm định": "points",
         "Lý do": "reason", "Kiểm tra": "check", "Dấu dữ liệu": "token", "Tình trạng": "status",
         "Minh chứng đơn vị dẫn": "evidence", "Đơn vị kê khai": "claim"}  # fmt: skip


def heads_of(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The heading row of a sheet and the column of each key; row 0 where it has no table."""
    for row in range(1, 40):
        columns = {str(cell.value): cell.column for cell in sheet[row] if cell.value}
        if "Điểm thẩm định" in columns and "Mã đơn vị" in columns:
            return row, {key: columns[head] for head, key in HEADS.items() if head in columns}
    return 0, {}


def rows_of_book(book: Workbook) -> dict[tuple[str, str], dict[str, Cell]]:
    """The cells of each row, by unit and criterion."""
    found: dict[tuple[str, str], dict[str, Cell]] = {}
    for sheet in book.worksheets:
        heading, columns = heads_of(sheet)
        for row in range(heading + 1, sheet.max_row + 1 if heading else 0):
            cells = {key: sheet.cell(row, column) for key, column in columns.items()}
            if cells["unit"].value and cells["criterion"].value:
                found[str(cells["unit"].value), str(cells["criterion"].value)] = cells  # type: ignore[assignment]
    return found


def told(intake: Intake) -> list[tuple[str, str, str, str]]:
    """(code, unit, file, cell) of the problems in what appraisers sent."""
    return [
        (item.code, item.unit, item.file.removeprefix("tham-dinh/"), item.cell)
        for item in intake.problems
        if item.file.startswith("tham-dinh/")
    ]


def granted(intake: Intake) -> dict[tuple[str, str], object]:
    """What was appraised, in thousandths or `KPS`, by unit and criterion."""
    return {
        (row["unit"], row["criterion"]): "KPS" if row["not_applicable"] else int(row["points"])
        for row in intake.judgements.to_dict("records")
        if row["stage"] == "appraised"
    }
