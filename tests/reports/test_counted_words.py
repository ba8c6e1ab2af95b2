"""Counts by grade stay right whatever words stand for grades.

1. A limit may put `Chưa xếp loại` in a grade's place: such units are counted with those without a grade.
2. No formula takes a label or an id that people chose for a pattern or a number.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from evidence.round import Round
from reports.official.result_fields import result_fields
from reports.ranked.workbook import write_ranked
from reports.tables import ranking_tables
from reports.upward.gathering import Gathered, counts_of, labels_of
from reports.web.page import write_page
from reports.wording import NOT_GRADED, with_ungraded
from scoring.losses import Loss, dearest_criteria
from scoring.results import Results
from tests.reports.shapes import UNITS, shaped
from tests.reports.workbooks import read

NAMED, SILENT = "xa1", "xa7"  # held by the limit; without any grade


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Round, Results]:
    round_, results, _ = shaped("labels like patterns", tmp_path_factory.mktemp("odd"))
    grades = results.units.set_index("code")["grade"]
    assert grades[NAMED] == NOT_GRADED and not isinstance(grades[SILENT], str)
    return round_, results


def test_both_kinds_without_a_grade_are_counted_together(
    odd: tuple[Round, Results], tmp_path: Path
) -> None:
    round_, results = odd
    block = next(item for item in result_fields(round_, results)["khoi"] if item["ten"] == "UBND xã")
    assert sum(int(grade["so"]) for grade in block["xep_loai"]) == int(block["so_don_vi"]) == 8
    assert block["tom_tat"].endswith(f"{NOT_GRADED}: 2")
    write_page(tmp_path / "trang.html", round_, results, lambda code: ())
    page = (tmp_path / "trang.html").read_text(encoding="utf-8")
    for text in (ranking_tables(round_, results), page):
        assert "chưa xếp loại: 2; tỷ lệ bình quân" in text
        assert f"{NOT_GRADED}: 1; chưa" not in text
    assert page.count(f">{NOT_GRADED}</text>") == 1  # once in the chart's legend


def test_a_block_without_grades_counts_none(odd: tuple[Round, Results]) -> None:
    assert with_ungraded(odd[1], "xa", ()) == {"Tốt": 0, "Khá": 0, "*": 0, ">0": 0}


def test_gathered_rounds_have_one_column_for_them(odd: tuple[Round, Results]) -> None:
    round_, results = odd
    grades = results.units.set_index("code")["grade"]
    units = [{"grade": grades[u.code] if isinstance(grades[u.code], str) else None} for u in UNITS]
    found = Gathered(round_, {"units": units})
    labels = labels_of([found])
    assert labels == ["Tốt", "Khá", "*", ">0"]
    counts = counts_of(found, labels)
    assert counts[""] == sum(unit["grade"] in (None, NOT_GRADED) for unit in units) >= 2
    assert sum(counts.values()) == len(units)


def test_charts_compare_texts_as_texts(odd: tuple[Round, Results], tmp_path: Path) -> None:
    write_ranked(tmp_path / "xep-hang.xlsx", *odd)
    formulas = read(tmp_path / "xep-hang.xlsx").formulas
    charts = [formula for (sheet, _), formula in formulas.items() if sheet == "Biểu đồ"]
    assert len(charts) > 10
    # COUNTIF and SUMIF take `*` and `>0` for patterns, and 1.1 and 1.10 for the same number
    assert not [formula for formula in charts if "COUNTIF(" in formula or "SUMIF(" in formula]


def test_a_criterion_s_cost_is_rounded_once() -> None:
    thirds = [Loss(unit, "1", "1.1", "lost", Fraction(1000, 3)) for unit in "abc"]
    gained = [Loss("a", "1", "1.1", "rounding", 5), Loss("a", "1", "1.2", "lost", 2000)]
    assert dearest_criteria([*thirds, *gained]) == [("1.2", 2000), ("1.1", 1000)]
