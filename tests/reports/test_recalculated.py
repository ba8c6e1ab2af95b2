"""Every formula of the ranked workbook, recalculated by LibreOffice, gives the value stored with it.

1. Over published rounds and an invented one, whatever the decision says of rounding, ranks and ties.
2. The formulas are live: other points typed into `Chi tiết` give the ranks that scoring gives them.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from criteria.exact import as_float
from evidence.round import Round
from reports.ranked.workbook import write_ranked
from reports.standing import standings, whole
from scoring.results import Results
from tests.libreoffice import needs_libreoffice, recalculate
from tests.reports.rounds import at_the_cut_offs, example, tay_ninh
from tests.reports.shapes import SHAPES, shaped
from tests.reports.workbooks import Workbook, read

pytestmark = needs_libreoffice

ROUNDS: dict[str, tuple[str, dict[str, Any]]] = {
    "Huế 2021: three decimals": ("hue-cchc-2021", {}),
    "Bình Dương 2017: no grades": ("binh-duong-cchc-2017", {}),
    "at the cut-offs": ("cut-offs", {}),
    "all kinds of cells, appraised in part": ("tay-ninh", {}),
    "self points only": ("tay-ninh", {"appraised": False}),
    "dense ranks": ("tay-ninh", {"ties": "dense", "seed": 2}),
    "ranked on whole percents, ties dense": (
        "tay-ninh",
        {"ties": "dense", "rank_on": "rounded", "percent_digits": 0, "percent_rounding": "half_even"},
    ),
    "ranked on a percent cut off": (
        "tay-ninh",
        {"rank_on": "rounded", "percent_digits": 1, "percent_rounding": "down", "seed": 3},
    ),
    "grades by points": ("tay-ninh", {"grade_on": "points", "seed": 4}),
    "grades by points, dense": ("tay-ninh", {"grade_on": "points", "ties": "dense", "percent_digits": 3}),
}


SHAPES_FOLDER = Path(tempfile.mkdtemp(prefix="danvan-shapes-"))
atexit.register(shutil.rmtree, SHAPES_FOLDER, ignore_errors=True)
NAMES = (*ROUNDS, *SHAPES)


@cache
def scored(name: str) -> tuple[Round, Results]:
    """The round of a case and its results."""
    if name in SHAPES:
        round_, results, _ = shaped(name, SHAPES_FOLDER)
        return round_, results
    source, changes = ROUNDS[name]
    if source == "cut-offs":
        return at_the_cut_offs()
    return tay_ninh(**changes) if source == "tay-ninh" else example(source)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Workbook, Workbook]]:
    """Each workbook as written and as recalculated; LibreOffice starts once for all of them."""
    folder = tmp_path_factory.mktemp("ranked")
    paths = {name: folder / f"{number}.xlsx" for number, name in enumerate(NAMES)}
    for name, path in paths.items():
        write_ranked(path, *scored(name))
    paths["a wrong value"] = folder / "wrong.xlsx"
    with xlsxwriter.Workbook(str(paths["a wrong value"])) as book:
        book.add_worksheet("S").write_formula("A1", "=1+1", None, 5)
    paths["other points"] = folder / "other.xlsx"
    type_other_points(paths["self points only"], tay_ninh(**OTHER), paths["other points"])
    paths["everything, typed"] = folder / "typed.xlsx"
    type_other_points(paths[EVERYTHING], scored(OTHER_SHAPE), paths["everything, typed"])
    made = recalculate(list(paths.values()), folder / "recalculated")
    return {name: (read(path), read(copy)) for (name, path), copy in zip(paths.items(), made, strict=True)}


OTHER = {"appraised": False, "seed": 7}
EVERYTHING, OTHER_SHAPE = "everything at once", "everything, with other points"


def type_other_points(path: Path, other: tuple[Round, Results], into: Path) -> None:
    """Types the points of another round over those of `Chi tiết`, as a person would, cell by cell."""
    round_, results = other
    entries = {(row["unit"], row["criterion"]): row for row in results.ledger.to_dict("records")}
    book = openpyxl.load_workbook(path)
    sheet = book["Chi tiết"]
    ids = next(row for row in sheet.iter_rows() if any(cell.value == "1.1" for cell in row))
    columns = {str(cell.value): cell.column for cell in ids if cell.value in round_.criteria.by_id}
    codes = {str(cell.value): cell.row for cell in sheet["B"]}
    for unit in round_.units:
        for id_, column in columns.items():
            entry = entries.get((unit.code, id_))
            if entry is not None:
                points = whole(entry["final"])
                shown: Any = None if points is None else float((entry["exact"] or points) / 1000)
                if entry["status"] == "not_applicable" and points is None:
                    shown = "KPS"
                elif entry["status"] == "faulty":
                    shown = "Lỗi"
                sheet.cell(codes[unit.code], column).value = shown
    book.save(into)


def test_libreoffice_really_recalculates(books: dict[str, tuple[Workbook, Workbook]]) -> None:
    written, recalculated = books["a wrong value"]
    assert written.values[("S", "A1")] == 5
    assert recalculated.values[("S", "A1")] == 2


@pytest.mark.parametrize("name", NAMES)
def test_stored_values_are_what_the_formulas_give(
    name: str, books: dict[str, tuple[Workbook, Workbook]]
) -> None:
    written, recalculated = books[name]
    assert len(written.formulas) > 50
    wrong = {
        place: (written.values[place], recalculated.values.get(place, ""), formula)
        for place, formula in written.formulas.items()
        if not same(written.values[place], recalculated.values.get(place, ""))
    }
    assert not wrong


def same(stored: Any, computed: Any) -> bool:
    """Whether two cells show the same; numbers are read back with 15 digits."""
    if isinstance(stored, (int, float)) and isinstance(computed, (int, float)):
        return abs(stored - computed) <= 1e-12 * max(1, abs(stored))
    return bool(stored == computed)


@pytest.mark.parametrize("name", NAMES)
def test_the_sheets_of_blocks_show_what_scoring_gives(
    name: str, books: dict[str, tuple[Workbook, Workbook]]
) -> None:
    assert_ranking_is(books[name][1], scored(name)[1])


def test_grades_at_the_cut_offs_and_ties(books: dict[str, tuple[Workbook, Workbook]]) -> None:
    book = books["at the cut-offs"][1]
    lines = book.table(book.sheets[0], "Mã đơn vị")
    shown = [(line["Hạng"], line["Điểm cuối cùng"], line["Tỷ lệ (%)"], line["Xếp loại"]) for line in lines]
    assert shown[:12] == [
        (1, 90, 90, "Xuất sắc"),
        (2, 89.999, 90, "Tốt"),
        (2, 89.999, 90, "Tốt"),
        (4, 80.001, 80, "Tốt"),
        (5, 80, 80, "Tốt"),
        (6, 79.995, 80, "Khá"),
        (6, 79.995, 80, "Khá"),
        (8, 70, 70, "Khá"),
        (9, 69.999, 70, "Trung bình"),
        (10, 50, 50, "Trung bình"),
        (11, 49.999, 50, "Yếu"),
        (12, 0, 0, "Yếu"),
    ]
    assert set(shown[12:]) == {("", "", "", "")}


def test_other_points_typed_in_give_other_ranks(books: dict[str, tuple[Workbook, Workbook]]) -> None:
    results = tay_ninh(**OTHER)[1]
    assert list(results.units["rank"]) != list(scored("self points only")[1].units["rank"])
    assert_ranking_is(books["other points"][1], results)


def test_other_points_give_other_totals_floors_and_ranks(
    books: dict[str, tuple[Workbook, Workbook]],
) -> None:
    """Bonus, penalty, exact thirds, floors and the chain of ties are all live."""
    assert_ranking_is(books["everything, typed"][1], scored(OTHER_SHAPE)[1], final_grades=False)


def assert_ranking_is(book: Workbook, results: Results, final_grades: bool = True) -> None:
    """The block sheets hold these results, unit by unit; final grades may rest on limits elsewhere."""
    shown = {
        line["Mã đơn vị"]: line
        for sheet in book.sheets
        if sheet.startswith("Xếp hạng")
        for line in book.table(sheet, "Mã đơn vị")
    }
    assert set(shown) == set(results.units["code"])
    for unit in standings(results):
        line = shown[unit.code]
        assert line["Điểm tối đa áp dụng"] == as_float(unit.max)
        for heading, value in (("Điểm cuối cùng", unit.final), ("Tỷ lệ (%)", unit.percent)):
            assert same(line[heading], "" if value is None else as_float(value)), (unit.code, heading)
        assert line["Hạng"] == ("" if unit.rank is None else unit.rank), unit.code
        if results.criteria.labels:
            assert not final_grades or line["Xếp loại"] == (unit.grade or ""), unit.code
            by_points = line.get("Xếp loại theo điểm", line["Xếp loại"])
            assert by_points == (unit.grade_by_points or ""), unit.code
