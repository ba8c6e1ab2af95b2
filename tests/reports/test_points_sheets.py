"""The sheets `Mất điểm`, `Chênh lệch` and `Biểu đồ`.

1. The rows of a unit on `Mất điểm` add up exactly to its maximum less its final points.
2. Each row names criterion, rule, reason, basis and appraiser.
3. `Chênh lệch` compares only what has both points; its sums are those of the ledger.
4. Counts of `Biểu đồ` are those of the results.
That formulas equal their stored values is held in test_recalculated.py.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from reports.ranked.workbook import write_ranked
from reports.standing import standings
from scoring.reasons import Reasons
from scoring.results import Results
from tests.reports.rounds import answers_of_tay_ninh, tay_ninh
from tests.reports.shapes import SHAPES, shaped
from tests.reports.workbooks import Workbook, read


def lost_by_unit(book: Workbook) -> dict[str, Fraction]:
    """What the sheet adds up to by unit, in thousandths; divisions taken as written."""
    places = {value: place[1] for place, value in book.values.items() if place[0] == "Mất điểm"}
    letters = {name: places[name].rstrip("0123456789") for name in ("Mã đơn vị", "Điểm mất")}
    first = int(places["Điểm mất"].lstrip("ABCDEFGHIJK")) + 1
    sums: dict[str, Fraction] = {}
    row = first
    while code := book.values.get(("Mất điểm", f"{letters['Mã đơn vị']}{row}")):
        at = ("Mất điểm", f"{letters['Điểm mất']}{row}")
        formula = book.formulas.get(at)
        points = Fraction(formula.lstrip("=")) if formula else Fraction(Decimal(str(book.values[at])))
        sums[str(code)] = sums.get(str(code), Fraction(0)) + points * 1000
        row += 1
    return sums


@pytest.mark.parametrize("name", [*SHAPES, "tay-ninh"])
def test_lost_points_add_up(name: str, tmp_path: Path) -> None:
    round_, results = tay_ninh() if name == "tay-ninh" else shaped(name, tmp_path)[:2]
    write_ranked(tmp_path / "x.xlsx", round_, results)
    sums = lost_by_unit(read(tmp_path / "x.xlsx"))
    for unit in standings(results):
        if unit.final is not None:
            assert sums.get(unit.code, 0) == unit.max - unit.final, unit.code


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbook, Results]:
    """The workbook of the invented round, with reasons."""
    round_, results = tay_ninh()
    path = tmp_path_factory.mktemp("points") / "x.xlsx"
    write_ranked(path, round_, results, Reasons(results, answers_of_tay_ninh()).of)
    return read(path), results


def test_each_row_says_why(book: tuple[Workbook, Results]) -> None:
    read_, results = book
    lines = read_.table("Mất điểm", "Mã đơn vị")
    leaves = results.criteria.by_id
    assert len(lines) > 50
    for line in lines:
        leaf = leaves[line["Mã tiêu chí"]]
        assert (line["Nội dung"], line["Cách chấm điểm"]) == (leaf.title, leaf.rule.describe())
        assert line["Vì sao"] and line["Căn cứ"] and line["Cơ quan thẩm định"]


def test_claims_against_appraisal(book: tuple[Workbook, Results]) -> None:
    read_, results = book
    ledger = results.ledger
    both = ledger[ledger["self"].notna() & ledger["appraised"].notna()]
    lines = {line["Mã đơn vị"]: line for line in read_.table("Chênh lệch", "Mã đơn vị")}
    for code, rows in both.groupby("unit"):
        line = lines[str(code)]
        assert line["Số tiêu chí đã thẩm định"] == len(rows)
        assert round(line["Tự chấm"] * 1000) == rows["self"].sum()
        assert round(line["Thẩm định"] * 1000) == rows["appraised"].sum()
        assert line["Số tiêu chí giảm"] == (rows["appraised"] < rows["self"]).sum()
        assert line["Số tiêu chí tăng"] == (rows["appraised"] > rows["self"]).sum()
    silent = next(code for code in lines if code not in set(both["unit"]) and code != "Cộng")
    assert lines[silent]["Tự chấm"] == ""
    by_leaf = {line["Mã tiêu chí"]: line for line in read_.table("Chênh lệch", "Mã tiêu chí")}
    one = both[both["criterion"] == "1.1"]
    assert by_leaf["1.1"]["Số đơn vị đã thẩm định"] == len(one)
    assert round(by_leaf["1.1"]["Chênh lệch"] * 1000) == one["appraised"].sum() - one["self"].sum()


def test_without_appraisal_there_is_no_comparison(tmp_path: Path) -> None:
    write_ranked(tmp_path / "x.xlsx", *tay_ninh(appraised=False))
    assert "Chênh lệch" not in read(tmp_path / "x.xlsx").sheets


def test_counts_of_the_charts(book: tuple[Workbook, Results]) -> None:
    read_, results = book
    by_block = {line["Khối"]: line for line in read_.table("Biểu đồ", "Khối")}
    units = standings(results)
    good = sum(unit.grade == "Tốt" and unit.block == "xa-phuong" for unit in units)
    assert by_block["UBND xã, phường"]["Tốt"] == good
    bands = read_.table("Biểu đồ", "Tỷ lệ so với điểm tối đa áp dụng")
    assert sum(line["Số đơn vị"] for line in bands) == sum(unit.percent is not None for unit in units)
    assert bands[0]["Số đơn vị"] == sum((unit.percent or 0) >= 90_000 for unit in units)
