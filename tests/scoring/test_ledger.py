"""The ledger: points claimed, appraised and final, for each unit and criterion, exactly.

1. A whole unit, recomputed by hand from the definition.
2. The kinds of nothing stay apart: not answered, not applicable, zero, faulty, not sent.
3. Not applicable: excluded from the maximum, or full points, as the criterion says.
4. Without evidence: no points, or only a flag, as the criterion says.
5. Appraised points win over claimed ones; none is invented where neither is known.
6. A criterion counts only for the kinds of unit it applies to.
7. Points of a criterion are rounded once, as the decision says.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pandas as pd
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
    results_of,
    units_of,
)

from criteria.exact import thousandths
from scoring.ledger import build_ledger

COLUMNS = ["status", "applicable", "self", "appraised", "final", "reason"]

WHOLE = criteria_of(
    f"""\
scale: 20
{USUAL}\
groups:
  - id: "1"
    title: Triển khai
    max: 9
    cite: vd
    criteria:
      - {{id: "1.1", title: Kế hoạch, max: 3, kind: judged, step: 0.25, cite: vd}}
      - id: "1.2"
        title: Học tập
        max: 3
        kind: ratio
        inputs: {{done: Số người học, of: Tổng số người}}
        bands: [{{from: 100, points: 3}}, {{from: 80, points: proportional}}, {{from: 0, points: 0}}]
        evidence: required
        without_evidence: zero
        cite: vd
      - id: "1.3"
        title: Giải quyết đơn
        max: 3
        kind: ratio
        inputs: {{done: Số đơn đúng hạn, of: Số đơn}}
        bands: [{{from: 90, points: 3}}, {{from: 0, points: 0}}]
        not_applicable: exclude
        cite: vd
  - id: "2"
    title: Kết quả
    max: 11
    cite: vd
    criteria:
      - id: "2.1"
        title: Báo cáo
        max: 4
        kind: choice
        options: [{{label: Đúng hạn, points: 4}}, {{label: Chậm, share: 30}}, {{label: Không, points: 0}}]
        cite: vd
      - id: "2.2"
        title: Vụ việc kéo dài
        max: 3
        kind: count
        inputs: {{count: Số vụ}}
        each: 0.75
        direction: take_off
        cite: vd
      - id: "2.3"
        title: Kiến nghị
        max: 4
        kind: ratio
        inputs: {{done: Đã trả lời, of: Kiến nghị}}
        bands: [{{from: 0, points: proportional}}]
        not_applicable: full
        evidence: required
        without_evidence: flag
        cite: vd
"""
)


def ledger_of(table: str, units: str = "A") -> pd.DataFrame:
    """The ledger of WHOLE for a table of answers and judgements."""
    return build_ledger(WHOLE, units_of(units), answers_of(table), judgements_of(table))


def line_of(ledger: pd.DataFrame, unit: str, criterion: str) -> tuple[object, ...]:
    """What the ledger says of a unit and criterion, None where there is nothing."""
    (row,) = ledger[(ledger["unit"] == unit) & (ledger["criterion"] == criterion)].to_dict("records")
    return tuple(None if pd.isna(row[name]) else row[name] for name in COLUMNS)


def test_a_whole_unit_recomputed_by_hand() -> None:
    # 1.1  judged              2,25                                  2,25   of 3
    # 1.2  44 of 45 learnt     97,77..% is from 80 to under 100:
    #                          3 x 44/45 = 2,9333..                  2,933  of 3
    # 1.3  no petition         not counted                                  of 0
    # 2.1  late                30% of 4                              1,2    of 4
    # 2.2  two cases           3 - 2 x 0,75                          1,5    of 3
    # 2.3  2 of 3, no paper    4 x 2/3 = 2,6666.., only flagged      2,667  of 4
    #                                                         total 10,55   of 17
    # 10,55/17 = 62,0588..%: Trung bình (from 50 to under 65)
    results = results_of(
        WHOLE,
        "A",
        """
        A 1.1 2,25
        A 1.2 44/45 CV-1
        A 1.3 KPS
        A 2.1 #2
        A 2.2 2
        A 2.3 2/3
        """,
    )
    assert results.ledger["final"].fillna(-1).tolist() == [2250, 2933, -1, 1200, 1500, 2667]
    assert results.ledger["applicable"].tolist() == [3000, 3000, 0, 4000, 3000, 4000]
    (unit,) = results.units.to_dict("records")
    assert (unit["final"], unit["max"], unit["percent"]) == (10_550, 17_000, 62_060)
    assert (unit["grade"], unit["rank"], unit["state"], unit["unanswered"]) == ("Trung bình", 1, "sent", 0)


@pytest.mark.parametrize(
    ("said", "status", "applicable", "points"),
    [
        ("0", "answered", 3000, 0),
        ("3", "answered", 3000, 3000),
        ("trống", "blank", 3000, None),
        ("lỗi", "faulty", 3000, None),
        ("", "blank", 3000, None),  # the unit sent its form, with no row for this criterion
    ],
)
def test_kinds_of_nothing_on_a_criterion(
    said: str, status: str, applicable: int, points: int | None
) -> None:
    answers = "A 2.2 0\n" + (f"A 1.1 {said}" if said else "")
    ledger = build_ledger(WHOLE, units_of("A B"), answers_of(answers))
    assert line_of(ledger, "A", "1.1") == (status, applicable, points, None, points, "")
    assert line_of(ledger, "B", "1.1") == ("not_sent", 3000, None, None, None, "")


def test_kinds_of_nothing_of_a_unit() -> None:
    six = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    zeros = ["0", "0/9 x", "0/9", "#3", "9", "0/9 x"]
    answers = [f"ZERO {id_} {said}" for id_, said in zip(six, zeros, strict=True)]
    answers += [f"BLANK {id_} trống" for id_ in six] + [f"FAULTY {id_} lỗi" for id_ in six]
    results = results_of(WHOLE, "ZERO BLANK FAULTY SILENT TORN", "\n".join(answers), rejected=["TORN"])
    assert column(results, "state") == ["sent", "sent", "sent", "not_sent", "rejected"]
    assert column(results, "final") == [0, None, None, None, None]
    assert column(results, "percent") == [0, None, None, None, None]
    assert column(results, "grade") == ["Yếu", None, None, None, None]
    assert column(results, "rank") == [1, None, None, None, None]
    assert column(results, "unanswered") == [0, 6, 6, 0, 0]
    assert column(results, "max") == [20_000] * 5


@pytest.mark.parametrize(
    ("criterion", "status_applicable_points"),
    [("1.3", ("not_applicable", 0, None)), ("2.3", ("not_applicable", 4000, 4000))],
    ids=["exclude", "full"],
)
def test_not_applicable(criterion: str, status_applicable_points: tuple[object, ...]) -> None:
    ledger = build_ledger(WHOLE, units_of("A"), answers_of(f"A {criterion} KPS"))
    status, applicable, own, appraised, final, reason = line_of(ledger, "A", criterion)
    assert (status, applicable, own) == status_applicable_points
    assert (final, appraised, reason) == (own, None, "")


def test_not_applicable_where_that_is_forbidden_lowers_no_maximum() -> None:
    ledger = build_ledger(WHOLE, units_of("A"), answers_of("A 1.1 KPS"))
    assert line_of(ledger, "A", "1.1") == ("not_applicable", 3000, None, None, None, "")


@pytest.mark.parametrize(
    ("answer", "points", "reason"),
    [
        ("1.2 9/10", 0, "no_evidence"),  # zero without evidence
        ("1.2 9/10 CV-1", 2700, ""),
        ("1.2 0/10", 0, ""),  # and where nothing is claimed there is nothing to prove
        ("2.3 1/2", 2000, ""),  # only a flag
        ("2.3 1/2 CV-1", 2000, ""),
        ("2.3 KPS", 4000, ""),  # nothing to prove
        ("1.1 2", 2000, ""),  # evidence optional
        ("1.2 trống", None, ""),
        ("1.2 tự:2", 2000, ""),  # a table of points has no column for evidence
    ],
)
def test_without_evidence(answer: str, points: int | None, reason: str) -> None:
    ledger = build_ledger(WHOLE, units_of("A"), answers_of(f"A {answer}"))
    own = line_of(ledger, "A", answer.split()[0])
    assert (own[2], own[4], own[5]) == (points, points, reason)


@pytest.mark.parametrize(
    ("said", "own", "appraised", "final"),
    [
        ("tự:3", 3000, None, 3000),
        ("tự:3|thẩm:2,5", 3000, 2500, 2500),
        ("tự:2|thẩm:3", 2000, 3000, 3000),
        ("tự:3|thẩm:0", 3000, 0, 0),
        ("tự:0|thẩm:0,25", 0, 250, 250),
        ("thẩm:1,125", None, 1125, 1125),
    ],
)
def test_appraised_points_win(said: str, own: int | None, appraised: int | None, final: int) -> None:
    ledger = ledger_of(f"A 1.1 {said}")
    assert line_of(ledger, "A", "1.1") == ("answered", 3000, own, appraised, final, "")


@pytest.mark.parametrize(
    ("answers", "state", "provisional"),
    [
        ("A 1.1 tự:3\nA 1.2 tự:3", "sent", True),
        ("A 1.1 tự:3|thẩm:3\nA 1.2 tự:3", "appraised_in_part", True),
        ("A 1.1 tự:3|thẩm:3\nA 1.2 thẩm:0", "appraised", False),
        ("A 1.1 tự:3|thẩm:3\nA 1.2 trống", "appraised_in_part", True),
    ],
)
def test_how_far_a_unit_is_appraised(answers: str, state: str, provisional: bool) -> None:
    results = results_of(judged_set(["5", "5"]), "A", answers)
    assert (column(results, "state"), results.provisional) == ([state], provisional)


def test_what_is_excluded_needs_no_appraisal() -> None:
    criteria = judged_set(["5", "5"], more=", not_applicable: exclude")
    results = results_of(criteria, "A", "A 1.1 KPS\nA 1.2 thẩm:4")
    assert (column(results, "state"), column(results, "max")) == (["appraised"], [5000])


def test_a_criterion_counts_only_for_its_kind_of_unit() -> None:
    criteria = criteria_of(
        f"""\
scale: 10
{USUAL}\
groups:
  - id: "1"
    title: Nhóm
    max: 10
    cite: vd
    criteria:
      - {{id: "1.1", title: Chung, max: 6, kind: judged, cite: vd}}
      - {{id: "1.2", title: Của xã, max: 4, kind: judged, applies_to: [xa], cite: vd}}
      - {{id: "1.3", title: Của phòng, max: 4, kind: judged, applies_to: [phong], cite: vd}}
"""
    )
    results = results_of(criteria, "X P:phong", "X 1.1 6\nX 1.2 4\nP 1.1 6\nP 1.3 3")
    pairs = list(zip(results.ledger["unit"], results.ledger["criterion"], strict=True))
    assert pairs == [("X", "1.1"), ("X", "1.2"), ("P", "1.1"), ("P", "1.3")]
    assert (column(results, "final"), column(results, "max")) == ([10_000, 9000], [10_000, 10_000])


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("", 2667),
        ("points: {digits: 3, rounding: down}, ", 2666),
        ("points: {digits: 2, rounding: half_up}, ", 2670),
        ("points: {digits: 1, rounding: down}, ", 2600),
        ("points: {digits: 0, rounding: half_even}, ", 3000),
    ],
)
def test_points_are_rounded_once_as_the_decision_says(points: str, expected: int) -> None:
    criteria = criteria_of(
        f"""\
scale: 4
policy: {{{points}percent: {{digits: 2, rounding: half_up}}, grade_on: points}}
grades: []
groups:
  - id: "1"
    title: Nhóm
    max: 4
    cite: vd
    criteria:
      - id: "1.1"
        title: Kiến nghị
        max: 4
        kind: ratio
        inputs: {{done: Đã trả lời, of: Kiến nghị}}
        bands: [{{from: 0, points: proportional}}]
        cite: vd
"""
    )
    assert column(results_of(criteria, "A", "A 1.1 2/3"), "final") == [expected]


def test_a_round_in_which_nobody_has_sent_anything() -> None:
    results = results_of(WHOLE, "A B", "")
    assert column(results, "state") == ["not_sent", "not_sent"]
    assert column(results, "final") == column(results, "percent") == column(results, "rank") == [None, None]
    assert results.averages == {"xa": None}
    assert not results.provisional


SAID = {
    "1.1": ["0", "0,25", "2,75", "3", "trống", "lỗi", "tự:1,125|thẩm:0,5"],
    "1.2": ["0/7", "79/99 x", "80/100 x", "44/45 x", "44/45", "45/45 x", "trống"],
    "1.3": ["KPS", "8/9", "9/10", "899/1000", "lỗi"],
    "2.1": ["#1", "#2", "#3", "thẩm:3,999"],
    "2.2": ["0", "1", "4", "5", "1000000000"],
    "2.3": ["KPS", "0/3", "1/3", "2/3 x", "3/3"],
}
ROUNDS = st.lists(
    st.fixed_dictionaries({id_: st.sampled_from(["", *said]) for id_, said in SAID.items()}),
    min_size=1,
    max_size=4,
)


def by_definition(criterion: str, said: str) -> tuple[Fraction | None, int]:
    """Points and applicable maximum of one answer to WHOLE, from the words of its file."""
    top = {"1.1": 3, "1.2": 3, "1.3": 3, "2.1": 4, "2.2": 3, "2.3": 4}[criterion]
    typed, _, evidence = said.partition(" ")
    if "thẩm" in typed:
        return Fraction(thousandths(typed.rpartition(":")[2]), 1000), top
    if typed in ("", "trống", "lỗi"):
        return None, top
    if typed == "KPS":
        return (None, 0) if criterion == "1.3" else (Fraction(top), top)
    share = Fraction(*map(int, typed.split("/"))) if "/" in typed else Fraction(0)
    points = {
        "1.1": lambda: Fraction(thousandths(typed), 1000),
        "1.2": lambda: 3 * share if share >= Fraction(80, 100) and evidence else Fraction(0),
        "1.3": lambda: Fraction(3) if share >= Fraction(90, 100) else Fraction(0),
        "2.1": lambda: [Fraction(4), Fraction(12, 10), Fraction(0)][int(typed[1:]) - 1],
        "2.2": lambda: max(Fraction(0), 3 - Fraction(3, 4) * int(typed)),
        "2.3": lambda: 4 * share,
    }[criterion]()
    return points, top


@settings(deadline=None, max_examples=16)
@given(ROUNDS)
def test_random_rounds_equal_the_definition(rounds: list[dict[str, str]]) -> None:
    units = " ".join(f"U{index}" for index in range(len(rounds)))
    table = "\n".join(
        f"U{index} {id_} {said}"
        for index, answers in enumerate(rounds)
        for id_, said in answers.items()
        if said
    )
    results = results_of(WHOLE, units, table)
    for index, answers in enumerate(rounds):
        own = [by_definition(id_, said) for id_, said in answers.items()]
        known = [floor(points * 1000 + Fraction(1, 2)) for points, _ in own if points is not None]
        row = results.units.iloc[index]
        assert row["max"] == 1000 * sum(top for _, top in own)
        assert (None if pd.isna(row["final"]) else row["final"]) == (sum(known) if known else None)
        if known:
            assert 0 <= row["final"] <= row["max"]
