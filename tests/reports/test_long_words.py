"""Grades that are sentences ("Hoàn thành xuất sắc nhiệm vụ") and long codes ("534-LDTBXH") can be read.

Rows have given heights; a height that forgets one of them shows the middle of cut lines.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import cli
from evidence.intake import take_in
from evidence.round import Round, load_round, new_round
from reports.ranked.workbook import write_ranked
from reports.sheet.measure import LINE, column_points, line_count
from scoring.results import score

SIZE, PADDING = 12, 5  # points: the letters of tables, what a cell keeps free beside a text


def _duc_pho(folder: Path) -> Round:
    """The round of Đức Phổ with points from one table: all that there is, or none."""
    round_ = new_round(folder, "duc-pho-2022")
    leaves = [leaf.id for leaf in round_.criteria.criteria]
    lines = [";".join(["Mã đơn vị", "Tên đơn vị", "Loại điểm", *leaves])]
    for number, unit in enumerate(round_.units):
        top = {leaf.id: str(leaf.top / 1000) for leaf in round_.criteria.applying(unit.type)}
        points = [("0" if number % 2 else top[id_]) if id_ in top else "" for id_ in leaves]
        lines += [";".join([unit.code, unit.name, kind, *points]) for kind in ("Tự chấm", "Thẩm định")]
    (folder / "bang-diem.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    return load_round(folder)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """The ranked workbook of that round."""
    round_ = _duc_pho(tmp_path_factory.mktemp("dot") / "Đức Phổ")
    intake = take_in(round_)
    results = score(
        round_.criteria, round_.plan, round_.units, intake.answers, judgements=intake.judgements
    )
    path = round_.folder / "xep-hang.xlsx"
    write_ranked(path, round_, results)
    return openpyxl.load_workbook(path, data_only=True)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    """The workbooks of two rounds compared and of rounds gathered, by their file's name."""
    folder = _duc_pho(tmp_path_factory.mktemp("hai") / "Đức Phổ").folder
    cli.run(["score", str(folder)])
    compared, gathered = folder.parent / "so-sanh.xlsx", folder.parent / "tong-hop.xlsx"
    cli.run(["compare", str(folder), str(folder), "--out", str(compared)])
    cli.run(["gather", str(gathered), str(folder)])
    return {path.stem: openpyxl.load_workbook(path, data_only=True) for path in (compared, gathered)}


@pytest.mark.parametrize("name", ["so-sanh", "tong-hop"])
def test_neither_in_what_is_made_of_several_rounds(beside: dict[str, openpyxl.Workbook], name: str) -> None:
    found = 0
    for page in beside[name]:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(("Hoàn thành", "534-LDTBXH")):
                    found += 1
                    needed = line_count(cell.value, _room(page, cell) - PADDING, SIZE) * SIZE * LINE
                    assert page.row_dimensions[cell.row].height >= needed, (page.title, cell.coordinate)
    assert found >= 12


def _room(sheet: Worksheet, cell: Cell) -> float:
    """Points of width that a cell has, with those merged to it."""
    area = next((area for area in sheet.merged_cells.ranges if cell.coordinate in area), None)
    last = area.max_col if area else cell.column
    widths = [sheet.column_dimensions[get_column_letter(at)].width for at in range(cell.column, last + 1)]
    return column_points(widths)


@pytest.mark.parametrize(
    "sheet", ["Xếp hạng - Cơ quan chuyên môn", "Xếp hạng - UBND xã, phường", "Tổng hợp"]
)
def test_a_grade_of_many_words_is_not_cut(book: openpyxl.Workbook, sheet: str) -> None:
    page = book[sheet]
    found = [
        cell
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.endswith("oàn thành xuất sắc nhiệm vụ")
    ]
    assert found
    for cell in found:
        needed = line_count(cell.value, _room(page, cell), SIZE) * SIZE * LINE
        assert page.row_dimensions[cell.row].height >= needed, cell.coordinate


@pytest.mark.parametrize("sheet", ["Xếp hạng - Cơ quan chuyên môn", "Chi tiết", "Chênh lệch"])
def test_a_long_code_is_not_cut(book: openpyxl.Workbook, sheet: str) -> None:
    page = book[sheet]
    [cell] = [cell for row in page.iter_rows() for cell in row if cell.value == "534-LDTBXH"]
    needed = line_count(str(cell.value), _room(page, cell) - PADDING, SIZE) * SIZE * LINE
    assert page.row_dimensions[cell.row].height >= needed
