"""The analysis of a round in the workbook, on the terminal and as plain values.

1. The workbook opens with its two sheets, each part with its method, the marks of the round on both.
2. Sheet, text and values tell the same figures.
3. Names that look like formulas stay text; the same round gives the same bytes.
4. Where there is nothing to say, that is said.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from reports.analysis.sheet import ANALYSIS_SHEET, RANKS_SHEET, write_analysis
from reports.analysis.tables import Table, cell_text, criteria_tables, rank_tables
from reports.analysis.text import analysis_json, analysis_text
from reports.analysis.words import WORDS
from scoring.analysis import Analysis, analyse
from tests.reports.rounds import example, tay_ninh


@cache
def analysed() -> Analysis:
    return analyse(tay_ninh()[1])


def tables() -> list[Table]:
    round_, results = tay_ninh()
    return [*criteria_tables(round_, results, analysed()), *rank_tables(round_, results, analysed())]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[object]]]:
    path = tmp_path_factory.mktemp("phan-tich") / "phan-tich.xlsx"
    round_, results = tay_ninh()
    write_analysis(path, round_, results, analysed())
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [[cell for cell in row if cell not in (None, "")] for row in sheet.values]
        for sheet in book
    }


def test_every_part_stands_with_its_method(sheets: dict[str, list[list[object]]]) -> None:
    assert list(sheets) == [ANALYSIS_SHEET, RANKS_SHEET]
    told = [[row[0] for row in rows if row] for rows in sheets.values()]
    assert len(tables()) == len(WORDS)
    for index, table in enumerate(tables()):
        texts = told[0] if index < 6 else told[1]
        assert any(str(text).endswith(table.title) for text in texts)
        assert table.method in texts
    mark = "Số liệu tự tạo để thử chương trình, không phải số liệu của đơn vị nào."
    assert all(mark in texts for texts in told)


def test_the_sheets_hold_the_figures_of_the_tables(sheets: dict[str, list[list[object]]]) -> None:
    rows = [row for own in sheets.values() for row in own]
    for table in tables():
        kinds = [column.kind for column in table.columns]
        for line in table.rows:
            wanted = [
                cell / 1000 if isinstance(cell, int) and kind in ("points", "percent") else cell
                for cell, kind in zip(line, kinds, strict=True)
                if cell != "" and cell is not None
            ]
            assert wanted in rows


def test_every_row_is_as_wide_as_the_sheet() -> None:
    assert {sum(column.span for column in table.columns) for table in tables()} == {8}


def test_the_terminal_tells_the_same() -> None:
    round_, results = tay_ninh()
    text = analysis_text(round_, results, analysed())
    assert "! Số liệu tự tạo để thử chương trình" in text
    for table in tables():
        assert table.title in text
        for row in table.rows:
            numbers = [
                cell_text(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)
            ]
            assert all(number.split()[0] in text for number in numbers if number)


def test_plain_values_are_whole() -> None:
    round_, results = tay_ninh()
    told = analysis_json(round_, results, analysed())
    assert json.loads(json.dumps(told)) == told
    assert len(told["left_out"]) == len(results.criteria.criteria)
    assert len(told["ranks"]) == told["units"] == int(results.units["percent"].notna().sum())
    assert told["self_against_appraised"]["by_type"]
    assert not any(isinstance(value, float) for part in told["costs"] for value in part.values())


def test_names_like_formulas_stay_text(sheets: dict[str, list[list[object]]]) -> None:
    names = {value for rows in sheets.values() for row in rows for value in row}
    assert {"=1+1", "@SUM(A1)", "a&b <c>"} <= names


def test_same_round_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_analysis(tmp_path / name, *example("hue-cchc-2021"))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_round_that_says_little() -> None:
    round_, results = example("hue-cchc-2021")
    text = analysis_text(round_, results, analyse(results))
    assert WORDS["agreement"].empty in text  # one group only
    assert WORDS["flat"].empty in text
