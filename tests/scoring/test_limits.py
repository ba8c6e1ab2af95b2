"""Limits after the points: when they hold, what they do, in which order.

1. Each kind of condition holds exactly where it should, and says why.
2. `all`, `any` and `not` combine them as logic does, and give the reasons of what holds.
3. Several limits go one after the other in the order of the file; the order is seen in what is before
   and after each; after `fail_to` and `not_graded` nothing moves any more.
4. No limit ever raises a grade, whatever the limits, the order and the facts (hypothesis).
5. A consequence changes neither points nor grade; a unit that is not graded keeps its points.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.loader import load_criteria
from criteria.model import Condition, CriteriaSet, Grade, Limit, Unit
from reports.cases import NO_PLAN
from scoring.limits import Circumstances, Recorded, Standing, apply_limits, holds
from scoring.results import Results, score
from scoring.shares import Shares
from tests.scoring.frames import case_frame

LABELS = ("Tốt", "Khá", "Trung bình", "Yếu")
EXCLUDED = (0, 0)
# final and applicable thousandths: group 1 has 19,5 of 40, criterion 1.1 10 of 20, 2.1 nothing applicable
SHARES = Shares(
    {"a": {"1": (19_500, 40_000), "2": EXCLUDED}}, {"a": {"1.1": (10_000, 20_000), "2.1": EXCLUDED}}
)


def standing(
    *facts: str, sent: bool = True, late: int = 0, no_evidence: int = 0, shares: Shares = SHARES
) -> Standing:
    return Standing("a", "khoi", sent, late, {fact: f"có {fact}" for fact in facts}, no_evidence, shares)


def fact(name: str) -> Condition:
    return Condition("fact", name)


HERE = standing("ky-luat")
AWAY = standing(sent=False)
LATE = standing(late=2)
BARE = standing(no_evidence=3)


# condition, standing, the reasons (None: does not hold)
CONDITIONS = [
    (fact("ky-luat"), HERE, ("có ky-luat",)),
    (fact("ky-luat"), LATE, None),
    (Condition("dossier", "none"), AWAY, ("không có hồ sơ",)),
    (Condition("dossier", "none"), HERE, None),
    (Condition("dossier", "late"), LATE, ("gửi hồ sơ chậm 2 ngày",)),
    (Condition("dossier", "late"), HERE, None),
    # 19,5/40 = 48,75%: under 50 and under 48,751, not under itself
    (Condition("group", "1", 50_000), HERE, ("nhóm 1 dưới 50% điểm tối đa",)),
    (Condition("group", "1", 48_751), HERE, ("nhóm 1 dưới 48,751% điểm tối đa",)),
    (Condition("group", "1", 48_750), HERE, None),
    # 10/20 = 50%
    (Condition("criterion", "1.1", 50_001), HERE, ("tiêu chí 1.1 dưới 50,001% điểm tối đa",)),
    (Condition("criterion", "1.1", 50_000), HERE, None),
    # nothing applicable is not "below"
    (Condition("group", "2", 50_000), HERE, None),
    (Condition("criterion", "2.1", 50_000), HERE, None),
    # points of a unit that sent nothing are a matter of its dossier
    (Condition("group", "1", 50_000), AWAY, None),
    (Condition("evidence_missing", number=3), BARE, ("3 tiêu chí không có minh chứng",)),
    (Condition("evidence_missing", number=4), BARE, None),
    (Condition("all", parts=(fact("ky-luat"), Condition("group", "1", 50_000))), HERE,
     ("có ky-luat", "nhóm 1 dưới 50% điểm tối đa")),
    (Condition("all", parts=(fact("ky-luat"), Condition("group", "1", 40_000))), HERE, None),
    (Condition("any", parts=(fact("x"), fact("ky-luat"))), HERE, ("có ky-luat",)),
    (Condition("any", parts=(fact("x"), fact("y"))), HERE, None),
    (Condition("not", parts=(fact("x"),)), HERE, ("không có: có ghi nhận “x”",)),
    (Condition("not", parts=(fact("ky-luat"),)), HERE, None),
    (Condition("not", parts=(Condition("all", parts=(fact("x"), fact("y"))),)), HERE,
     ("không có: có ghi nhận “x” và có ghi nhận “y”",)),
    (Condition("all", parts=(fact("ky-luat"), Condition("not", parts=(fact("x"),)))), HERE,
     ("có ky-luat", "không có: có ghi nhận “x”")),
]  # fmt: skip


@pytest.mark.parametrize(("when", "who", "because"), CONDITIONS)
def test_a_condition_holds_and_says_why(
    when: Condition, who: Standing, because: tuple[str, ...] | None
) -> None:
    assert holds(when, who) == because


CRITERIA = load_criteria(Path(__file__).parents[1] / "criteria" / "shapes" / "four-acts.yaml")
YES = Condition("not", parts=(fact("never"),))


def limit(act: str, label: str = "", levels: int = 0, when: Condition = YES, id_: str = "") -> Limit:
    return Limit(id_ or f"{act}-{label}{levels or ''}", when, act, label, levels, "", ("vd",))  # type: ignore[arg-type]


CAP, LOWER = limit("at_most", "Khá"), limit("lower_by", levels=1)
FAIL, UNRATED = limit("fail_to", "Trung bình"), limit("not_graded", "Chưa đánh giá")
WORSE = limit("consequence", "Thi đua hạ một bậc")


def with_limits(*limits: Limit) -> CriteriaSet:
    return replace(CRITERIA, limits=limits)


# limits in their order, the grade by points, the grade after each of them
CHAINS = [
    ([CAP], "Tốt", ["Khá"]),
    ([CAP], "Khá", ["Khá"]),
    ([CAP], "Yếu", ["Yếu"]),
    ([LOWER], "Tốt", ["Khá"]),
    ([LOWER], "Yếu", ["Yếu"]),
    ([limit("lower_by", levels=9)], "Tốt", ["Yếu"]),
    ([FAIL], "Tốt", ["Trung bình"]),
    ([FAIL], "Yếu", ["Yếu"]),
    ([FAIL], None, ["Trung bình"]),
    ([UNRATED], "Tốt", ["Chưa đánh giá"]),
    ([UNRATED], None, ["Chưa đánh giá"]),
    # the order counts: cap then lower goes further down than lower then cap
    ([CAP, LOWER], "Tốt", ["Khá", "Trung bình"]),
    ([LOWER, CAP], "Tốt", ["Khá", "Khá"]),
    ([LOWER, LOWER], "Tốt", ["Khá", "Trung bình"]),
    # nothing moves after fail_to and not_graded
    ([FAIL, LOWER], "Tốt", ["Trung bình", "Trung bình"]),
    ([UNRATED, LOWER, FAIL], "Tốt", ["Chưa đánh giá"] * 3),
    ([FAIL, UNRATED], "Tốt", ["Trung bình", "Trung bình"]),
    ([LOWER, UNRATED], "Tốt", ["Khá", "Chưa đánh giá"]),
    # a unit without a grade has none to cap or lower
    ([CAP, LOWER], None, [None, None]),
    # a consequence is listed wherever it stands, and moves nothing
    ([WORSE, CAP, WORSE], "Tốt", ["Tốt", "Khá", "Khá"]),
    ([UNRATED, WORSE], "Khá", ["Chưa đánh giá", "Chưa đánh giá"]),
]


@pytest.mark.parametrize(("limits", "by_points", "after"), CHAINS)
def test_limits_go_one_after_the_other(
    limits: list[Limit], by_points: str | None, after: list[str | None]
) -> None:
    grade, applied = apply_limits(with_limits(*limits), standing(), by_points)
    assert [item.after for item in applied] == after
    assert [item.before for item in applied] == [by_points, *after[:-1]]
    assert grade == after[-1]
    assert all(item.basis.startswith(CRITERIA.provenance.sources["vd"]) for item in applied)


def test_a_limit_that_does_not_hold_leaves_no_trace() -> None:
    grade, applied = apply_limits(with_limits(limit("at_most", "Yếu", when=fact("x"))), standing(), "Tốt")
    assert (grade, applied) == ("Tốt", ())


def test_an_applied_limit_says_what_and_why() -> None:
    said = limit("lower_by", levels=1, when=fact("ky-luat"))
    _, applied = apply_limits(with_limits(said, replace(said, text="Hạ theo Điều 9")), HERE, "Tốt")
    assert applied[0].text == "Hạ 1 bậc xếp loại (vì có ky-luat)"
    assert applied[1].text == "Hạ theo Điều 9 (vì có ky-luat)"


def test_levels_are_those_of_the_units_own_block() -> None:
    block = (Grade("Đạt", 50_000), Grade("Không đạt", 0))
    criteria = replace(with_limits(LOWER), grades_by_block={"khoi": block})
    assert apply_limits(criteria, standing(), "Đạt")[0] == "Không đạt"


ACTS = st.one_of(
    st.sampled_from(LABELS).map(lambda label: limit("at_most", label)),
    st.integers(1, 9).map(lambda levels: limit("lower_by", levels=levels)),
    st.sampled_from(LABELS).map(lambda label: limit("fail_to", label)),
    st.just(UNRATED),
    st.just(WORSE),
)
WHENS = st.recursive(
    st.sampled_from([fact("a"), fact("b"), fact("c"), Condition("dossier", "late"), YES]),
    lambda inner: st.one_of(
        inner.map(lambda part: Condition("not", parts=(part,))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Condition("all", parts=tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Condition("any", parts=tuple(parts))),
    ),
    max_leaves=5,
)
LIMITS = st.lists(st.tuples(ACTS, WHENS).map(lambda pair: replace(pair[0], when=pair[1])), max_size=6)
FACTS = st.sets(st.sampled_from("abc"))


@settings(deadline=None)
@given(LIMITS, FACTS, st.integers(0, 3), st.sampled_from(LABELS))
def test_no_limit_ever_raises_a_grade(limits: list[Limit], facts: set[str], late: int, start: str) -> None:
    grade, applied = apply_limits(with_limits(*limits), standing(*facts, late=late), start)
    places = [*LABELS, UNRATED.label]  # not graded stands under every grade
    steps = [start, *(item.after for item in applied)]
    assert [places.index(str(step)) for step in steps] == sorted(places.index(str(step)) for step in steps)
    assert grade == steps[-1]
    # each starts from where the one before left off
    assert [item.before for item in applied] == steps[:-1]


@settings(deadline=None)
@given(WHENS, FACTS, st.integers(0, 3))
def test_not_is_the_opposite_and_all_and_any_agree_with_logic(
    when: Condition, facts: set[str], late: int
) -> None:
    who = standing(*facts, late=late)

    def truth(part: Condition) -> bool:
        if part.kind == "not":
            return not truth(part.parts[0])
        if part.kind in ("all", "any"):
            return (all if part.kind == "all" else any)(map(truth, part.parts))
        return part.name in facts if part.kind == "fact" else late > 0

    assert (holds(when, who) is not None) == truth(when)
    assert (holds(Condition("not", parts=(when,)), who) is None) == truth(when)


# In a round


def results_of(criteria: CriteriaSet, points: dict[str, int | None], *facts: str) -> Results:
    """Results of units with these points on 1.1; None has not sent. Every unit has the facts."""
    units = [Unit(code, code, "don-vi", "don-vi") for code in points]
    blank = {"criterion": "1.1", "source": 0, "line": 1, "state": "answered", "x2": None, "self": None}
    rest = {"appraised": None, "evidence": "1", "explanation": ""}
    rows = [
        {**blank, **rest, "unit": code, "x1": value * 1000}
        for code, value in points.items()
        if value is not None
    ]
    recorded = {code: [Recorded(name, name) for name in facts] for code in points}
    return score(criteria, NO_PLAN, units, case_frame(rows), circumstances=Circumstances(recorded))


POINTS: dict[str, int | None] = {"a": 95, "b": 72, "c": 51, "d": 20, "e": None}


@pytest.mark.parametrize("limits", list(permutations([CAP, LOWER, WORSE])))
def test_limits_change_the_grade_and_nothing_else(limits: tuple[Limit, ...]) -> None:
    free, held = results_of(with_limits(), POINTS), results_of(with_limits(*limits), POINTS)
    pd.testing.assert_frame_equal(free.ledger, held.ledger)
    pd.testing.assert_frame_equal(free.units.drop(columns="grade"), held.units.drop(columns="grade"))
    assert list(free.units["grade"]) == list(held.units["grade_by_points"])


def test_a_consequence_changes_neither_points_nor_grade() -> None:
    free, held = results_of(with_limits(), POINTS), results_of(with_limits(WORSE), POINTS)
    pd.testing.assert_frame_equal(free.units, held.units)
    assert set(held.limits) == set(POINTS)


def test_a_unit_that_is_not_graded_keeps_its_points_and_says_why() -> None:
    unrated = replace(UNRATED, when=fact("moi-thanh-lap"))
    results = results_of(with_limits(unrated), POINTS, "moi-thanh-lap")
    row = results.units.set_index("code").loc["a"]
    assert (row["final"], row["grade_by_points"], row["grade"]) == (95_000, "Tốt", "Chưa đánh giá")
    assert results.limits["a"][0].text == "Không xếp loại: Chưa đánh giá (vì moi-thanh-lap)"
    # one that sent nothing has no points, and is not graded either
    row = results.units.set_index("code").loc["e"]
    assert pd.isna(row["final"])
    assert (row["grade_by_points"], row["grade"]) == (None, "Chưa đánh giá")
