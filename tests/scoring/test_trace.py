"""The trace: for each criterion the figures with their cells, the rule applied, the points, the basis.

1. Each figure is told with its label and the cell it stands in.
2. Each kind of nothing has its sentence; a lost claim says why it was lost.
3. What was lost is what could be had less what was had; the losses add up.
4. What is missing for the next grade earns it exactly, and a thousandth less does not.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_round import (
    USUAL,
    answers_of,
    column,
    criteria_of,
    judged_set,
    judgements_of,
    plan_of,
    results_of,
    units_of,
)

from criteria.exact import vietnamese
from evidence.answers import Source
from evidence.consolidated import read_table
from scoring.results import score
from scoring.trace import Fact, NextGrade, Step, next_grade, trace

MIXED = criteria_of(
    f"""\
scale: 12
{USUAL}\
groups:
  - id: "1"
    title: Nhóm
    max: 12
    cite: vd
    criteria:
      - id: "1.1"
        title: Học tập
        max: 3
        kind: ratio
        inputs: {{done: Số người học, of: Tổng số người}}
        bands: [{{from: 80, points: 3}}, {{from: 0, points: 0}}]
        evidence: required
        without_evidence: zero
        cite: [vd Điều 2, vd]
      - id: "1.2"
        title: Báo cáo
        max: 3
        kind: choice
        inputs: {{level: Thời điểm}}
        options: [{{label: Đúng hạn, points: 3}}, {{label: Chậm, points: 1}}]
        not_applicable: exclude
        cite: vd Điều 3
      - {{id: "1.3", title: Kế hoạch, max: 3, kind: judged, not_applicable: full, cite: vd Điều 4}}
      - id: "1.4"
        title: Vụ việc
        max: 3
        kind: count
        inputs: {{count: Số vụ}}
        each: 1
        direction: take_off
        cite: vd Điều 5
"""
)
FORM = Source("A.xlsx", "Tự chấm", {"x1": "F", "x2": "G", "na": "H"})
TABLE = Source(
    "bang-diem.csv",
    "",
    {"1.1": "D", "1.2": "E", "1.3": "F", "1.4": "G"},
    {("A", "self"): 7, ("A", "appraised"): 8},
)


def steps_of(answers: str, source: Source = FORM) -> dict[str, Step]:
    """The steps of unit A, by criterion."""
    frame = answers_of(answers)
    results = score(MIXED, plan_of(), units_of("A B"), frame, judgements=judgements_of(answers))
    return {step.criterion.id: step for step in trace(results, "A", frame, [source])}


def test_figures_with_their_labels_and_cells() -> None:
    steps = steps_of("A 1.1 44/45 CV-1\nA 1.4 2\nA 1.2 #2\nA 1.3 2,75")  # lines 1, 2, 3, 4
    assert list(steps) == ["1.1", "1.2", "1.3", "1.4"]
    assert steps["1.1"].facts == (Fact("Số người học", "44", "F1"), Fact("Tổng số người", "45", "G1"))
    assert steps["1.2"].facts == (Fact("Thời điểm", "Chậm", "F3"),)
    assert steps["1.3"].facts == (Fact("Điểm đề nghị", "2,75", "F4"),)
    assert steps["1.4"].facts == (Fact("Số vụ", "2", "F2"),)
    assert {(step.file, step.sheet) for step in steps.values()} == {("A.xlsx", "Tự chấm")}


def test_points_of_a_table_with_their_cell() -> None:
    steps = steps_of("A 1.1 tự:3|thẩm:2\nA 1.2 thẩm:0,5", TABLE)
    assert steps["1.1"].facts == (Fact("Điểm tự chấm", "3", "D7"),)
    assert steps["1.1"].sentence == "Điểm lấy từ bảng điểm tổng hợp"
    assert steps["1.2"].facts == ()
    assert steps["1.2"].sentence == "Chưa kê khai; lấy kết quả thẩm định"


def test_self_and_appraised_points_stand_in_different_cells(tmp_path: Path) -> None:
    path = tmp_path / "bang-diem.csv"
    path.write_text(
        'Mã đơn vị,Loại điểm,1.1,1.2,1.3,1.4\nA,Tự chấm,3,3,3,3\nA,Thẩm định,"2,5",3,3,3\n',
        encoding="utf-8",
    )
    units = units_of("A")
    answers, sources, judged, _ = read_table(path, MIXED, units)
    steps = trace(score(MIXED, plan_of(), units, answers, judgements=judged), "A", answers, sources)
    assert steps[0].facts == (Fact("Điểm tự chấm", "3", "C2"),)
    (said,) = steps[0].history
    assert (said.stage, said.points, said.file, said.cell) == ("appraised", 2500, "bang-diem.csv", "C3")


@pytest.mark.parametrize(
    ("answer", "sentence", "points"),
    [
        ("A 1.1 44/45 CV-1", "44/45 = khoảng 97,77%, từ 80% trở lên: 3 điểm", 3000),
        (
            "A 1.1 44/45",
            "44/45 = khoảng 97,77%, từ 80% trở lên: 3 điểm; không dẫn minh chứng nên không được tính điểm",
            0,
        ),
        ("A 1.2 #2", "Mức “Chậm”: 1 điểm", 1000),
        ("A 1.2 KPS", "Không phát sinh: không tính vào điểm tối đa của đơn vị", None),
        ("A 1.3 KPS", "Không phát sinh: được tính điểm tối đa", 3000),
        ("A 1.3 trống", "Chưa kê khai", None),
        ("A 1.3 lỗi", "Số liệu kê khai có lỗi nên chưa tính điểm", None),
        ("A 1.4 2", "2 trường hợp, mỗi trường hợp trừ 1 điểm từ 3", 1000),
    ],
)
def test_why_the_points_are_what_they_are(answer: str, sentence: str, points: int | None) -> None:
    step = steps_of(answer)[answer.split()[1]]
    assert (step.sentence, step.final) == (sentence, points)


def test_a_unit_that_sent_nothing() -> None:
    results = results_of(MIXED, "A B", "A 1.1 44/45")
    steps = trace(results, "B", answers_of("A 1.1 44/45"), [FORM])
    assert {step.sentence for step in steps} == {"Đơn vị chưa gửi hồ sơ"}
    assert {(step.file, step.facts, step.final, step.lost) for step in steps} == {("", (), None, 3000)}
    assert next_grade(results, "B") is None


def test_rule_and_basis_stand_beside_the_points() -> None:
    step = steps_of("A 1.1 44/45")["1.1"]
    assert step.rule == ("Tỷ lệ = Số người học / Tổng số người: từ 80% trở lên: 3 điểm; dưới 80%: 0 điểm.")
    assert step.basis == "Văn bản ví dụ, Điều 2; Văn bản ví dụ"


@pytest.mark.parametrize(
    ("answer", "applicable", "lost"),
    [
        ("A 1.4 0", 3000, 0),
        ("A 1.4 1", 3000, 1000),
        ("A 1.1 44/45", 3000, 3000),  # without evidence
        ("A 1.3 trống", 3000, 3000),
        ("A 1.2 KPS", 0, 0),
        ("A 1.3 KPS", 3000, 0),
        ("A 1.3 tự:3|thẩm:2,125", 3000, 875),
    ],
)
def test_points_lost(answer: str, applicable: int, lost: int) -> None:
    step = steps_of(answer)[answer.split()[1]]
    assert (step.applicable, step.lost) == (applicable, lost)
    assert step.lost == step.applicable - (step.final or 0)


def test_the_losses_are_the_maximum_less_the_total() -> None:
    answers = "A 1.1 44/45\nA 1.2 KPS\nA 1.3 1,125\nA 1.4 1"
    results = results_of(MIXED, "A", answers)
    steps = trace(results, "A", answers_of(answers), [FORM])
    (unit,) = results.units.to_dict("records")
    assert sum(step.lost for step in steps) == unit["max"] - unit["final"] == 9000 - 3125


def test_an_unknown_unit_is_a_key_error() -> None:
    results = results_of(MIXED, "A", "A 1.4 0")
    with pytest.raises(KeyError):
        trace(results, "Z", answers_of("A 1.4 0"), [FORM])


BY_POINTS = USUAL.replace("percent_of_applicable", "points")


@pytest.mark.parametrize(
    ("settings_", "first", "second", "above"),
    [
        (USUAL, "60", "19", NextGrade("Tốt", 1000)),
        (USUAL, "60", "19,999", NextGrade("Tốt", 1)),
        (USUAL, "60", "20", None),  # the top grade already
        (USUAL, "45", "19,5", NextGrade("Khá", 500)),
        (USUAL, "0", "0", NextGrade("Trung bình", 50_000)),
        (USUAL, "50", "KPS", NextGrade("Tốt", 6000)),  # 56 of 70
        (USUAL, "45,499", "KPS", NextGrade("Khá", 1)),  # 45,5 of 70
        (USUAL, "trống", "trống", None),
        (USUAL, "KPS", "KPS", None),
        (BY_POINTS, "60", "KPS", NextGrade("Khá", 5000)),
        (BY_POINTS, "65", "KPS", NextGrade("Tốt", 15_000)),
    ],
)
def test_what_is_missing_for_the_next_grade(
    settings_: str, first: str, second: str, above: NextGrade | None
) -> None:
    criteria = judged_set(["70", "30"], settings_, ", not_applicable: exclude")
    assert next_grade(results_of(criteria, "A", f"A 1.1 {first}\nA 1.2 {second}"), "A") == above


THIRDS = judged_set(["3", "7.001", "0.013"], more=", not_applicable: exclude")


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 3000), st.integers(0, 7001), st.booleans())
def test_the_missing_points_earn_the_grade_and_a_thousandth_less_does_not(
    first: int, second: int, third: bool
) -> None:
    def answers(unit: str, total: int) -> str:
        # the same points spread over the same criteria, as far as they reach
        parts = [min(total, 3000), min(max(total - 3000, 0), 7001), max(total - 10_001, 0)]
        words = [vietnamese(part) for part in parts[:2]] + [vietnamese(parts[2]) if third else "KPS"]
        return "\n".join(f"{unit} 1.{index} {word}" for index, word in enumerate(words, 1))

    total = first + second
    above = next_grade(results_of(THIRDS, "A", answers("A", total)), "A")
    if above is None:
        assert total * 5 >= 4 * (10_014 if third else 10_001)
        return
    reached, less = total + above.missing, total + above.missing - 1
    results = results_of(THIRDS, "A B", f"{answers('A', reached)}\n{answers('B', less)}")
    grades = column(results, "grade")
    assert grades[0] == above.label
    labels = [grade.label for grade in THIRDS.grades]
    assert labels.index(str(grades[1])) > labels.index(above.label)
