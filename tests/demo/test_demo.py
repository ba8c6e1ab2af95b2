"""The example round shows each case that an office will meet, and says everywhere that it is invented.

1. It holds at least one of each: not applicable, a tie, nothing sent, a mistake, a decimal comma typed
   as text, a unit within one point under Tốt, a claim without evidence.
2. The 60 % target is missed by the number of units that a count by hand gives.
3. Every sheet of every form says that the figures are invented.
4. It is the same at every run, and never overwrites a folder.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from demo.tay_ninh import LAPSES, MARK, NO_DOSSIER, make_demo
from evidence.intake import Intake, take_in
from evidence.round import Round, RoundFault
from scoring.results import Results, score
from scoring.trace import next_grade


@pytest.fixture(scope="module")
def intake(demo_round: Round) -> Intake:
    return take_in(demo_round)


@pytest.fixture(scope="module")
def results(demo_round: Round, intake: Intake) -> Results:
    return score(demo_round.criteria, demo_round.plan, demo_round.units, intake.answers, intake.rejected)


def codes(intake: Intake, severity: str) -> set[tuple[str, str]]:
    return {(item.unit, item.code) for item in intake.problems if item.severity == severity}


# 1: one of each ---------------------------------------------------------------------------------


def test_the_roster_is_the_plans(demo_round: Round) -> None:
    roster = Path(__file__).parents[2] / "criteria" / "rosters" / "tay-ninh-city-2023.csv"
    with roster.open(encoding="utf-8-sig", newline="") as file:
        listed = [(row["code"], row["name"]) for row in csv.DictReader(file)]
    assert [(unit.code, unit.name) for unit in demo_round.units] == listed
    assert len(listed) == 17
    assert {unit.type for unit in demo_round.units} == set(demo_round.criteria.unit_types)


def test_criteria_that_do_not_apply(results: Results) -> None:
    ledger = results.ledger[results.ledger["status"] == "not_applicable"]
    kinds = {results.criteria.by_id[id_].not_applicable for id_ in ledger["criterion"]}
    assert kinds == {"exclude", "full"}
    left_out = results.units[results.units["max"] < 100_000]
    assert {"703-NV", "25471"} <= set(left_out["code"])
    ward = left_out.set_index("code").loc["25471"]
    assert ward["max"] == 100_000 - 3_000 - 3_000  # 2.3 and 5.6 of three points each
    assert ward["percent"] > ward["final"] * 100_000 // 100_000


def test_a_tie_within_a_block(results: Results) -> None:
    wards = results.units[results.units["block"] == "xa-phuong"].set_index("code")
    tied = wards.loc[["25459", "25462"]]
    assert tied["final"].nunique() == 1
    assert list(tied["rank"]) == [3, 3]
    assert list(wards["rank"].dropna().sort_values()) == [1, 2, 3, 3, 5, 6, 7, 8, 9]
    claims = results.ledger[results.ledger["unit"].isin(tied.index)]
    assert claims.groupby("criterion")["self"].nunique().max() > 1  # by different ways


def test_a_unit_that_sent_nothing(demo_round: Round, intake: Intake, results: Results) -> None:
    assert intake.missing(demo_round.units) == [NO_DOSSIER]
    row = results.units.set_index("code").loc[NO_DOSSIER]
    assert row["state"] == "not_sent"
    assert row[["self", "final", "percent", "grade", "rank"]].isna().all()


def test_a_unit_with_mistakes_that_check_finds(intake: Intake, results: Results) -> None:
    assert codes(intake, "error") == {("25474", "value-not-understood"), ("25474", "value-over-total")}
    assert results.units.set_index("code").at["25474", "unanswered"] == 2


def test_a_decimal_comma_typed_as_text(demo_round: Round, intake: Intake) -> None:
    sheet = openpyxl.load_workbook(demo_round.folder / "nop" / "25468.xlsx")["Tự chấm"]
    texts = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    assert {"3,25", "2,25", "3,75"} <= texts
    answers = intake.answers.set_index(["unit", "criterion"])["x1"]
    assert [answers["25468", id_] for id_ in ("3.4", "5.5", "6.2")] == [3250, 2250, 3750]


def test_a_unit_within_one_point_under_good(results: Results) -> None:
    above = next_grade(results, "25465")
    assert above is not None
    assert above.label == "Tốt"
    assert 0 < above.missing <= 1000


def test_a_claim_without_evidence(intake: Intake, results: Results) -> None:
    assert codes(intake, "warning") == {("25480", "evidence-missing")}
    (problem,) = (item for item in intake.problems if item.code == "evidence-missing")
    lost = results.ledger[results.ledger["reason"] == "no_evidence"]
    assert list(zip(lost["unit"], lost["criterion"], lost["self"], strict=True)) == [("25480", "4.2", 0)]
    assert problem.found == "4.2"


def test_every_lapse_is_on_a_criterion_of_the_units_type(demo_round: Round) -> None:
    assert set(LAPSES) == {unit.code for unit in demo_round.units} - {NO_DOSSIER}
    for code, lapses in LAPSES.items():
        applying = {leaf.id for leaf in demo_round.criteria.applying(demo_round.by_code[code].type)}
        assert set(lapses) <= applying, code


# 2: the target ----------------------------------------------------------------------------------


def test_the_target_is_missed_by_the_units_counted_by_hand(results: Results) -> None:
    good = 0
    for _, rows in results.ledger.groupby("unit"):
        points, most = int(rows["final"].sum()), int(rows["applicable"].sum())
        good += Fraction(points, most) >= Fraction(90, 100)
    assert good == 8
    needed = 11  # 60 % of 17 units are 10,2 units
    (target,) = (item for item in results.targets if item.target.kind == "grade_share")
    assert (target.have, target.out_of, target.met) == (good, 17, False)
    assert target.short_by == needed - good == 3
    assert target.reached == 47_060  # 8/17 = 47,0588... %
    assert target.of_rated == 50_000  # 8 of the 16 that have a grade


# 3: marks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["bieu-mau", "nop"])
def test_every_sheet_says_that_the_figures_are_invented(demo_round: Round, folder: str) -> None:
    assert "MINH HỌA" in MARK
    paths = sorted((demo_round.folder / folder).glob("*.xlsx"))
    assert len(paths) == (17 if folder == "bieu-mau" else 16)
    for path in paths:
        for sheet in openpyxl.load_workbook(path, read_only=True):
            if sheet.sheet_state == "visible":
                texts = {value for row in sheet.iter_rows(values_only=True) for value in row}
                assert MARK in texts, (path.name, sheet.title)
                assert any(str(text).startswith("BỘ TIÊU CHÍ PHỤC DỰNG") for text in texts)


# 4: the same again ------------------------------------------------------------------------------


def test_the_same_at_every_run(demo_round: Round, tmp_path: Path) -> None:
    again = make_demo(tmp_path / demo_round.folder.name)
    files = {path.relative_to(again.folder) for path in again.folder.rglob("*") if path.is_file()}
    assert len(files) == 1 + 17 + 16 + 1 + 1  # dot.yaml, forms, what came in, the index, the receipts
    for name in files:
        assert (again.folder / name).read_bytes() == (demo_round.folder / name).read_bytes(), name


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ghi-chu.txt").write_text("của người khác", encoding="utf-8")
    with pytest.raises(RoundFault, match="đã có dữ liệu"):
        make_demo(tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == ["ghi-chu.txt"]


def test_two_dossiers_came_late_and_every_file_is_recorded(demo_round: Round) -> None:
    assert demo_round.late == {"25480": 1, "703-SN2": 3}
    assert {item.source for item in demo_round.receipts} == {"register"}
    assert demo_round.problems == ()
