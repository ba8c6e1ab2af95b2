"""Results made elsewhere (an index, a survey): tables of the round's folder `chi-so/`.

1. A value of the table becomes the answer of its unit, with the cell that it comes from.
2. What a unit typed itself does not count; points that the office gives in its own table do.
3. A unit without a value is told, and has no points rather than zero; so is every mistake in a table.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from evidence.form.filling import Filling, FormEntry
from evidence.form.writer import write_form
from evidence.intake import Intake, take_in
from evidence.round import Round, load_round
from scoring.results import score
from tests.evidence.other_rules import PLAN

CRITERIA = """\
criteria: thu-nghiem
title: Có kết quả của nơi khác
decision: {number: null, date: null, issuer: Không có, in_force: {from: 2023-01-01}}
provenance: {status: example, sources: {tu-dat: Tự đặt}}
scale: 100
policy: {percent: {digits: 2, rounding: half_up}, grade_on: points}
unit_types: {xa: Xã}
grades: [{label: Đạt, from: 50}, {label: Không đạt, from: 0}]
groups:
  - id: "1"
    title: Nhóm một
    max: 100
    cite: tu-dat
    criteria:
      - {id: "1.1", title: Chỉ số, max: 60, kind: imported, table: chi-so-cchc, as: percent, cite: tu-dat}
      - {id: "1.2", title: Tự chấm, max: 40, kind: judged, step: 1, cite: tu-dat}
"""
HEAD = "Mã đơn vị;Tên đơn vị;Giá trị;Năm trước\n"
TABLE = HEAD + "a;Xã a;87,25;85\nb;Xã b;50.5;60\n"


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    """A round of three units that have all claimed 30 points of criterion 1.2."""
    (tmp_path / "tieu-chi").mkdir()
    (tmp_path / "tieu-chi" / "thu-nghiem.yaml").write_text(CRITERIA, encoding="utf-8")
    (tmp_path / "tieu-chi" / "ke-hoach-thu.yaml").write_text(PLAN, encoding="utf-8")
    units = "".join(f"  - {{code: {code}, name: Xã {code}, type: xa}}\n" for code in "abc")
    text = f"round: thu\nplan: ke-hoach-thu\nyear: 2023\nunits:\n{units}"
    (tmp_path / "dot.yaml").write_text(text, encoding="utf-8")
    made = load_round(tmp_path)
    for unit in made.units:
        write_form(tmp_path / "nop" / f"{unit.code}.xlsx", made, unit, Filling({"1.2": FormEntry(30)}))
    return made


def put(round_: Round, text: str, name: str = "chi-so-cchc.csv") -> None:
    (round_.folder / "chi-so").mkdir(exist_ok=True)
    (round_.folder / "chi-so" / name).write_text(text, encoding="utf-8")


def told(intake: Intake) -> list[tuple[str, str, str, str]]:
    return [(item.code, item.unit, item.file, item.cell) for item in intake.problems]


def points(round_: Round, intake: Intake) -> dict[str, int | None]:
    """Final points (thousandths) of criterion 1.1 by unit."""
    ledger = score(round_.criteria, round_.plan, round_.units, intake.answers).ledger
    rows = ledger[ledger["criterion"] == "1.1"]
    return {unit: None if value != value or value is None else int(value) for unit, value in
            zip(rows["unit"], rows["final"].astype(object).where(rows["final"].notna(), None), strict=True)}  # fmt: skip


def test_values_become_points_with_their_cells(round_: Round) -> None:
    put(round_, TABLE + "c;Xã c;100;\n")
    intake = take_in(round_)
    assert told(intake) == []
    assert points(round_, intake) == {"a": 52_350, "b": 30_300, "c": 60_000}  # 60 points of 87,25 %, 50,5 %
    assert intake.outside == {
        "chi-so-cchc": {"a": (87_250, 85_000), "b": (50_500, 60_000), "c": (100_000, None)}
    }
    row = intake.answers.set_index(["unit", "criterion"]).loc[("b", "1.1")]
    source = intake.sources[row["source"]]
    assert (source.file, source.cell("x1", row["line"])) == ("chi-so/chi-so-cchc.csv", "C3")


def test_a_workbook_does_as_well(round_: Round) -> None:
    book = openpyxl.Workbook()
    for line in (TABLE + "c;Xã c;100;\n").splitlines():
        book.active.append(line.split(";"))  # type: ignore[union-attr]
    (round_.folder / "chi-so").mkdir()
    book.save(round_.folder / "chi-so" / "chi-so-cchc.xlsx")
    assert points(round_, take_in(round_)) == {"a": 52_350, "b": 30_300, "c": 60_000}


@pytest.mark.parametrize("table", [True, False])
def test_a_unit_without_a_value_is_told_and_has_no_points(round_: Round, table: bool) -> None:
    if table:
        put(round_, TABLE)
    intake = take_in(round_)
    without = "c" if table else "abc"
    expected_file = "chi-so/chi-so-cchc.csv"
    assert told(intake) == [("outside-missing", unit, expected_file, "") for unit in without]
    assert {unit for unit, value in points(round_, intake).items() if value is None} == set(without)


def test_what_a_unit_typed_itself_does_not_count(round_: Round) -> None:
    unit = round_.by_code["c"]
    entries = {"1.1": FormEntry(99), "1.2": FormEntry(30)}
    write_form(round_.folder / "nop" / "c.xlsx", round_, unit, Filling(entries))
    put(round_, TABLE)
    assert points(round_, take_in(round_))["c"] is None
    put(round_, TABLE + "c;Xã c;10;\n")
    assert points(round_, take_in(round_))["c"] == 6000


def test_points_of_the_offices_own_table_stand(round_: Round) -> None:
    (round_.folder / "bang-diem.csv").write_text("Mã đơn vị;1.1;1.2\na;41,5;30\nb;;30\n", encoding="utf-8")
    put(round_, TABLE)
    found = points(round_, take_in(round_))
    assert (found["a"], found["b"]) == (41_500, 30_300)


MISTAKES = [
    (HEAD + "a;Xã a;87,25 điểm;\n", ("value-not-understood", "a", "C2"), "a"),
    (HEAD + "a;Xã a;87,25;tốt\n", ("value-not-understood", "a", "D2"), ""),
    (HEAD + "a;Xã a;100,5;\n", ("value-range", "a", "C2"), "a"),
    (HEAD + "a;Xã a;-3;\n", ("value-range", "a", "C2"), "a"),
    (HEAD + "a;Xã a;87,25;\nx;Xã x;90;\n", ("table-unknown-unit", "", "A3"), ""),
    (HEAD + "a;Xã a;87,25;\nA;Xã a;90;\n", ("table-unit-twice", "a", "A3"), "a"),
    ("Đơn vị;Điểm\na;3\n", ("table-unreadable", "", ""), "a"),
]


@pytest.mark.parametrize(
    ("text", "want", "lost"), MISTAKES, ids=[" ".join(want) for _, want, _ in MISTAKES]
)
def test_mistakes_in_a_table(round_: Round, text: str, want: tuple[str, str, str], lost: str) -> None:
    put(round_, text)
    intake = take_in(round_)
    found = [
        (item.code, item.unit, item.cell) for item in intake.problems if item.code != "outside-missing"
    ]
    assert found == [want]
    assert (points(round_, intake)["a"] is None) == bool(lost)
