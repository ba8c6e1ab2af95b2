"""Facts for limits, objections and decisions, as their registers keep them.

1. A fact is recorded with document, day and person, beside those of `dot.yaml`; withdrawn only by a line
   of its own with a reason; one that no limit looks to is refused, or a problem where it was typed.
2. An objection stays open until a decision on that unit's criterion settles it; a new one is open again.
3. A decision's points are held against the rule; the last one counts, earlier ones stay in the register.
4. Decisions are rows of the judgements' frame, each leading to its line.
5. A mistake in a line is a problem with that line, and costs only that line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from criteria.catalogue import Refusal, UnknownId
from criteria.library import SHIPPED
from evidence.intake import take_in
from evidence.judgements import judgements_frame
from evidence.problems import Problem
from evidence.registers.decisions import (
    DECISIONS,
    Ruling,
    decision_points,
    open_objections,
    read_decisions,
    record_decision,
)
from evidence.registers.facts import FACTS, Fact, record_fact, withdraw_fact
from evidence.registers.objections import OBJECTIONS, Objection, read_objections, record_objection
from evidence.registers.register import Entry
from evidence.registers.values import criterion_of
from evidence.round import Round, load_round, new_round
from reports.known import circumstances

NOW = datetime(2023, 10, 28, 9, 30)
DAY = date(2023, 10, 25)
LIMITS = """limits:
  - {id: ky-luat, when: {fact: bi-ky-luat}, act: {at_most: Khá}, cite: kh49}
  - {id: khieu-kien, when: {fact: khieu-kien-dong-nguoi}, act: {lower_by: 1}, cite: kh49}
groups:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A blank round of TP Tây Ninh 2023 whose criteria have two limits by facts."""
    folder = new_round(tmp_path / "dot", "tay-ninh-city-2023").folder
    name = "tay-ninh-city-815-2022.yaml"
    shipped = (SHIPPED / "decisions" / name).read_text(encoding="utf-8")
    (folder / "tieu-chi").mkdir()
    (folder / "tieu-chi" / name).write_text(shipped.replace("groups:\n", LIMITS, 1), encoding="utf-8")
    return folder


# 1 ----------------------------------------------------------------------------------------------


def fact(name: str, note: str = "") -> Fact:
    """A fact about the unit 25456."""
    return Fact("25456", name, "12/QĐ-UBND", DAY, "Nguyễn Văn A", note)


def test_facts_are_recorded_beside_those_of_the_round_and_withdrawn(folder: Path) -> None:
    with (folder / "dot.yaml").open("a", encoding="utf-8") as file:
        file.write("facts:\n  - {unit: '25459', fact: bi-ky-luat, recorded_by: Trần B}\n")
    round_ = load_round(folder)
    unit, known = round_.by_code["25456"], round_.criteria.facts
    record_fact(folder, unit, fact("bi-ky-luat", "Chủ tịch bị khiển trách"), known, NOW)
    record_fact(folder, unit, fact("khieu-kien-dong-nguoi"), known, NOW)
    round_ = load_round(folder)
    assert [(item.unit, item.fact) for item in round_.facts] == [
        ("25459", "bi-ky-luat"),
        ("25456", "bi-ky-luat"),
        ("25456", "khieu-kien-dong-nguoi"),
    ]
    assert (
        round_.facts[1].text
        == "Chủ tịch bị khiển trách (12/QĐ-UBND ngày 25/10/2023; Nguyễn Văn A ghi nhận)"
    )
    before = (folder / FACTS.file).read_bytes()
    gone = withdraw_fact(folder, unit, fact("bi-ky-luat", "quyết định đã bị hủy"), round_.facts, NOW)
    assert [item.fact for item in gone] == ["bi-ky-luat"]
    assert (folder / FACTS.file).read_bytes().startswith(before)  # history is kept
    round_ = load_round(folder)
    assert [(item.unit, item.fact) for item in round_.facts] == [
        ("25459", "bi-ky-luat"),
        ("25456", "khieu-kien-dong-nguoi"),
    ]
    assert round_.problems == ()
    record_fact(folder, unit, fact("bi-ky-luat"), known, NOW)  # and recorded anew
    assert len(load_round(folder).facts) == 3


def test_facts_that_cannot_be_recorded_or_withdrawn(folder: Path) -> None:
    round_ = load_round(folder)
    unit = round_.by_code["25456"]
    with pytest.raises(UnknownId, match="Có phải ý bạn là “bi-ky-luat”"):
        record_fact(folder, unit, fact("bi-ki-luat"), round_.criteria.facts, NOW)
    with pytest.raises(Refusal, match="Không có sự việc"):
        withdraw_fact(folder, unit, fact("bi-ky-luat", "nhầm"), round_.facts, NOW)
    record_fact(folder, unit, fact("bi-ky-luat"), round_.criteria.facts, NOW)
    with pytest.raises(Refusal, match="phải có lý do"):
        withdraw_fact(folder, unit, fact("bi-ky-luat"), load_round(folder).facts, NOW)
    assert len(load_round(folder).facts) == 1


FACT_HEADINGS = ";".join(heading for _, heading in FACTS.columns)
FACT_LINES = [
    # a line typed by hand, what it makes
    (";;25456;;bi-ky-luat;12/QĐ;1/6/2023;An;", None),
    (";ghi;25456;;bi-ky-luat;12/QĐ;2023-06-01;An;", None),
    (";;25456;;bi-ki-luat;12/QĐ;1/6/2023;An;", "register-unknown-fact"),
    (";;25456;;bi-ky-luat;;1/6/2023;An;", "register-lacking"),
    (";;25456;;bi-ky-luat;12/QĐ;1/6/2023;;", "register-lacking"),
    (";;25456;;bi-ky-luat;12/QĐ;tháng sáu;An;", "register-moment"),
    (";;2545;;bi-ky-luat;12/QĐ;1/6/2023;An;", "register-unknown-unit"),
    (";;25459;UBND phường 1;bi-ky-luat;12/QĐ;1/6/2023;An;", "register-two-units"),
    (";;25456;Ubnd  phường 1;bi-ky-luat;12/QĐ;1/6/2023;An;", None),
    (";;25456;phường một;bi-ky-luat;12/QĐ;1/6/2023;An;", None),
    (";rút;25456;;bi-ky-luat;12/QĐ;1/6/2023;An;nhầm", "fact-not-there"),
]


@pytest.mark.parametrize(("line", "code"), FACT_LINES, ids=[line for line, _ in FACT_LINES])
def test_a_line_of_the_facts(folder: Path, line: str, code: str | None) -> None:
    (folder / FACTS.file).write_text(f"{FACT_HEADINGS}\n{line}\n", encoding="utf-8")
    round_ = load_round(folder)
    assert [(item.code, item.cell) for item in round_.problems] == ([(code, "dòng 2")] if code else [])
    assert [(item.unit, item.day) for item in round_.facts] == (
        [] if code else [("25456", date(2023, 6, 1))]
    )


def test_facts_reach_the_scoring(folder: Path) -> None:
    round_ = load_round(folder)
    record_fact(folder, round_.by_code["25456"], fact("bi-ky-luat"), round_.criteria.facts, NOW)
    round_ = load_round(folder)
    ((recorded,),) = circumstances(round_, take_in(round_)).facts.values()
    assert (recorded.fact, "12/QĐ-UBND" in recorded.text) == ("bi-ky-luat", True)


# 2, 3, 4 ----------------------------------------------------------------------------------------


def objects(folder: Path, unit: str, criterion: str, day: date = DAY) -> str:
    """An objection of a unit, recorded."""
    round_ = load_round(folder)
    leaf = round_.criteria.by_id[criterion]
    said = Objection("", unit, criterion, "=Đề nghị xem lại", "45/CV-UBND", day, "An")
    return record_objection(round_, round_.by_code[unit], leaf, said, NOW)


def decides(folder: Path, unit: str, criterion: str, points: str, day: date = DAY) -> tuple[str, ...]:
    """A decision, recorded; the numbers of the objections that it settles."""
    round_ = load_round(folder)
    leaf = round_.criteria.by_id[criterion]
    text = decision_points(points, round_.criteria, leaf, lambda: (1250, False))
    ruling = Ruling("Minh chứng hợp lệ", "07/BB-HĐ", "Hội đồng", day)
    settled = record_decision(round_, round_.by_code[unit], leaf, text, ruling, NOW)
    return tuple(item.number for item in settled)


def open_numbers(folder: Path) -> Mapping[str, list[str]]:
    """Numbers of the open objections by unit."""
    open_ = open_objections(load_round(folder))
    return {unit: [item.number for item in items] for unit, items in open_.items()}


def test_an_objection_is_open_until_it_is_decided(folder: Path) -> None:
    assert [
        objects(folder, "25456", "6.2"),
        objects(folder, "25456", "3.4"),
        objects(folder, "25459", "6.2"),
    ] == [
        "KN1",
        "KN2",
        "KN3",
    ]
    assert open_numbers(folder) == {"25456": ["KN1", "KN2"], "25459": ["KN3"]}
    assert decides(folder, "25456", "6.2", "4,5") == ("KN1",)
    assert open_numbers(folder) == {"25456": ["KN2"], "25459": ["KN3"]}
    assert decides(folder, "25456", "3.5", "1") == ()
    assert open_numbers(folder) == {"25456": ["KN2"], "25459": ["KN3"]}
    assert objects(folder, "25456", "6.2") == "KN4"  # on the same day, after the decision
    assert open_numbers(folder)["25456"] == ["KN2", "KN4"]
    assert decides(folder, "25456", "6.2", "keep") == ("KN4",)
    assert open_numbers(folder) == {"25456": ["KN2"], "25459": ["KN3"]}
    (first, *_) = read_objections(load_round(folder), [])
    assert (first.text, first.document, first.day, first.line) == ("=Đề nghị xem lại", "45/CV-UBND", DAY, 2)


def test_the_last_decision_counts_and_leads_to_its_line(folder: Path) -> None:
    for unit, criterion, points in (
        ("25456", "6.2", "4,5"),
        ("25459", "2.3", "KPS"),
        ("25456", "6.2", "3.75"),
        ("25456", "3.4", "keep"),
    ):
        decides(folder, unit, criterion, points)
    problems: list[Problem] = []
    rows = read_decisions(load_round(folder), problems)
    assert problems == []
    told = {
        (row["unit"], row["criterion"]): (row["points"], row["not_applicable"], row["cell"]) for row in rows
    }
    assert told == {
        ("25456", "6.2"): (3750, False, "dòng 4"),
        ("25459", "2.3"): (None, True, "dòng 3"),
        ("25456", "3.4"): (1250, False, "dòng 5"),  # what stood then, written out
    }
    frame = judgements_frame(pd.DataFrame(rows))
    assert set(frame["stage"]) == {"decided"}
    assert set(frame["file"]) == {DECISIONS.file}
    assert set(frame["reason"]) == {"Minh chứng hợp lệ"}
    assert set(frame["on"]) == {"2023-10-25"}
    text = (folder / DECISIONS.file).read_text(encoding="utf-8-sig")
    assert (text.count("4,5 điểm"), text.count("Giữ nguyên 1,25 điểm")) == (1, 1)


def test_no_decisions_give_an_empty_frame(folder: Path) -> None:
    columns = list(judgements_frame().columns[1:])
    assert judgements_frame(pd.DataFrame(read_decisions(load_round(folder), []), columns=columns)).empty


GIVEN = [
    # criterion, points typed, what the register says; 6.2 is judged, 5 points by 0,25; 1.1 by a formula
    ("6.2", "4,5", "4,5 điểm"),
    ("6.2", "4.25 điểm", "4,25 điểm"),
    ("6.2", "0", "0 điểm"),
    ("6.2", "5", "5 điểm"),
    ("2.3", "kps", "KPS"),
    ("1.1", "2,78", "2,78 điểm"),
    ("6.2", "keep", "Giữ nguyên 2,78 điểm"),
]
REFUSED = [
    # criterion, points typed, what is said
    ("6.2", "4,6", "mỗi bước 0,25"),
    ("6.2", "5,25", "từ 0 đến 5 điểm"),
    ("6.2", "-1", "từ 0 đến 5 điểm"),
    ("6.2", "bốn", "Không hiểu điểm"),
    ("6.2", "KPS", "không cho phép “không phát sinh”"),
    ("1.1", "2,7777", "Không hiểu điểm"),
]


@pytest.mark.parametrize(("criterion", "typed", "want"), GIVEN, ids=[f"{c} {t}" for c, t, _ in GIVEN])
def test_points_that_can_be_given(tay_ninh: Round, criterion: str, typed: str, want: str) -> None:
    leaf = tay_ninh.criteria.by_id[criterion]
    assert decision_points(typed, tay_ninh.criteria, leaf, lambda: (2780, False)) == want


@pytest.mark.parametrize(("criterion", "typed", "words"), REFUSED, ids=[f"{c} {t}" for c, t, _ in REFUSED])
def test_points_that_cannot_be_given(tay_ninh: Round, criterion: str, typed: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        decision_points(typed, tay_ninh.criteria, tay_ninh.criteria.by_id[criterion], lambda: (2780, False))


def test_nothing_to_keep(tay_ninh: Round) -> None:
    leaf = tay_ninh.criteria.by_id["2.3"]
    assert decision_points("keep", tay_ninh.criteria, leaf, lambda: (None, True)) == "Giữ nguyên KPS"
    with pytest.raises(Refusal, match="chưa có điểm"):
        decision_points("keep", tay_ninh.criteria, leaf, lambda: (None, False))


# 5 ----------------------------------------------------------------------------------------------

DECISION_HEADINGS = ";".join(heading for _, heading in DECISIONS.columns)
DECISION_LINES = [
    # a line typed by hand, the problem it makes, the points it gives
    ("25/10/2023;25456;;6.2;4,5;hợp lệ;07/BB;HĐ;;", None, 4500),
    ("25/10/2023;25456;;6.2 Tên;giữ nguyên 2,78 điểm;hợp lệ;07/BB;HĐ;;", None, 2780),
    ("25/10/2023;25456;;6.2;4,6;hợp lệ;07/BB;HĐ;;", "decision-points", None),
    ("25/10/2023;25456;;6.2;45;hợp lệ;07/BB;HĐ;;", "decision-points", None),
    ("25/10/2023;25456;;6.2;tốt;hợp lệ;07/BB;HĐ;;", "decision-points", None),
    ("25/10/2023;25456;;6.2;KPS;hợp lệ;07/BB;HĐ;;", "decision-points", None),
    ("25/10/2023;25456;;6.2;4,5;;07/BB;HĐ;;", "register-lacking", None),
    ("25/10/2023;25456;;6.2;4,5;hợp lệ;;HĐ;;", "register-lacking", None),
    ("25/10/2023;25456;;6.2;4,5;hợp lệ;07/BB;;;", "register-lacking", None),
    (";25456;;6.2;4,5;hợp lệ;07/BB;HĐ;;", "register-lacking", None),
    ("32/10/2023;25456;;6.2;4,5;hợp lệ;07/BB;HĐ;;", "register-moment", None),
    ("25/10/2023;25456;;6.22;4,5;hợp lệ;07/BB;HĐ;;", "register-unknown-criterion", None),
    ("25/10/2023;2545;;6.2;4,5;hợp lệ;07/BB;HĐ;;", "register-unknown-unit", None),
    ("25/10/2023;703-NV;;5.2;1;hợp lệ;07/BB;HĐ;;", "register-not-for-type", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "points"), DECISION_LINES, ids=[f"{code} {line}" for line, code, _ in DECISION_LINES]
)
def test_a_line_of_the_decisions(folder: Path, line: str, code: str | None, points: int | None) -> None:
    good = "26/10/2023;25459;;6.2 Tên tiêu chí;4,5 điểm;hợp lệ;07/BB;HĐ;;"
    (folder / DECISIONS.file).write_text(f"{DECISION_HEADINGS}\n{line}\n{good}\n", encoding="utf-8")
    problems: list[Problem] = []
    rows = read_decisions(load_round(folder), problems)
    assert [(item.code, item.cell) for item in problems] == ([(code, "dòng 2")] if code else [])
    assert [row["points"] for row in rows] == [*([points] if points is not None else []), 4500]


def test_an_id_whose_zero_excel_may_have_taken_is_not_guessed(tay_ninh: Round) -> None:
    criteria = tay_ninh.criteria
    groups = list(criteria.groups)
    leaf = groups[0].criteria[0]
    ten = replace(leaf, id=f"{leaf.id}0")
    groups[0] = replace(groups[0], criteria=(*groups[0].criteria, ten))
    with_ten = replace(criteria, groups=tuple(groups))
    unit = tay_ninh.units[0]
    for text, want in ((leaf.id, None), (f"{leaf.id} {leaf.title}", leaf.id), (ten.id, ten.id)):
        problems: list[Problem] = []
        found = criterion_of(Entry(DECISIONS, 2, {"criterion": text}), with_ten, unit, problems)
        assert (found and found.id) == want
        assert [item.code for item in problems] == ([] if want else ["register-criterion-unsure"])


def test_objections_and_decisions_typed_by_hand_go_by_their_days(folder: Path) -> None:
    headings = ";".join(heading for _, heading in OBJECTIONS.columns)
    rows = (f";{day};25456;;6.2;Xem lại;45/CV;An;" for day in ("20/10/2023", "27/10/2023"))
    (folder / OBJECTIONS.file).write_text("\n".join([headings, *rows]), encoding="utf-8")
    line = "25/10/2023;25456;;6.2;giữ nguyên;đúng;07/BB;HĐ;;"
    (folder / DECISIONS.file).write_text(f"{DECISION_HEADINGS}\n{line}\n", encoding="utf-8")
    (still,) = open_objections(load_round(folder))["25456"]
    assert still.day == date(2023, 10, 27)
    assert read_decisions(load_round(folder), []) == []  # what was appraised stands
