"""Targets: the share of a grade held against the goal, and how many units are still missing.

1. Units of the grade, or of a better one, count; of all units, or of those that have a grade.
2. A goal is met by whole units: 60% of 17 needs 11; what is short is counted up, never down.
3. The units named as nearest are the best of those that are not there yet.
4. Shares of people and of units with full points, and results against last year's, likewise.
5. What the round holds nothing to compute from stays open, it is not "not met".
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_round import (
    USUAL,
    answers_of,
    criteria_of,
    judged_set,
    plan_of,
    results_of,
    units_of,
)

from criteria.exact import thousandths
from criteria.model import Target
from scoring.limits import Circumstances
from scoring.results import score
from scoring.targets import Attainment

HUNDRED = judged_set(["100"])
POINTS = {"T": "85", "K": "70", "B": "55", "Y": "10", "?": "trống"}


def target(at_least: str = "60", grade: str = "Tốt", of: str = "all") -> Target:
    """A target for the share of a grade."""
    return Target("t", "Chỉ tiêu", "grade_share", grade, thousandths(at_least), of, None, ("vd",))


def attained(units: str, goal: Target) -> Attainment:
    """The target held against units given by their grades: T, K, B, Y, ? (blank) or - (not sent)."""
    names = [f"U{index}" for index in range(len(units))]
    said = [f"{n} 1.1 {POINTS[u]}" for n, u in zip(names, units, strict=True) if u != "-"]
    return results_of(HUNDRED, " ".join(names), "\n".join(said), goal).targets[0]


@pytest.mark.parametrize(
    ("units", "goal", "have", "out_of", "reached", "met", "short_by"),
    [
        # of all units: those that sent nothing count against the goal
        ("TTTKK", target(), 3, 5, 60_000, True, 0),
        ("TTKKK", target(), 2, 5, 40_000, False, 1),
        ("TTT-?", target(), 3, 5, 60_000, True, 0),
        ("TTTTTTTTTTTYYYYYY", target(), 11, 17, 64_710, True, 0),
        ("TTTTTTTTTTYYYYYYY", target(), 10, 17, 58_820, False, 1),
        ("KKKKKKKKKKKKKKKKK", target(), 0, 17, 0, False, 11),
        ("-----", target(), 0, 5, 0, False, 3),
        # of those that have a grade
        ("TTT-?", target(of="rated"), 3, 3, 100_000, True, 0),
        ("TK---", target(of="rated"), 1, 2, 50_000, False, 1),
        # a better grade counts too
        ("TKBY", target("50", "Khá"), 2, 4, 50_000, True, 0),
        ("TKBY", target("75", "Trung bình"), 3, 4, 75_000, True, 0),
        ("TKBY", target("100", "Yếu"), 4, 4, 100_000, True, 0),
        ("TKB-", target("100", "Yếu"), 3, 4, 75_000, False, 1),
        # just under the goal, though it prints as the goal
        ("TTKTTK", target("66.667"), 4, 6, 66_670, False, 1),
        ("TTKTTK", target("66.666"), 4, 6, 66_670, True, 0),
        ("TKK", target("33.334"), 1, 3, 33_330, False, 1),
        # goals at the ends
        ("KKK", target("0"), 0, 3, 0, True, 0),
        ("TTK", target("100"), 2, 3, 66_670, False, 1),
        ("T", target("0.001"), 1, 1, 100_000, True, 0),
        ("K", target("0.001"), 0, 1, 0, False, 1),
        # nobody has a grade, nobody is there
        ("--?", target(of="rated"), 0, 0, None, False, 0),
    ],
)
def test_share_of_a_grade(
    units: str, goal: Target, have: int, out_of: int, reached: int | None, met: bool, short_by: int
) -> None:
    found = attained(units, goal)
    assert (found.have, found.out_of, found.reached) == (have, out_of, reached)
    assert (found.met, found.short_by) == (met, short_by)


@pytest.mark.parametrize(
    ("units", "of_rated"),
    [("TTT-?", 100_000), ("TK---", 50_000), ("TTK", 66_670), ("---", None)],
)
def test_the_share_among_rated_units_is_told_beside_it(units: str, of_rated: int | None) -> None:
    assert attained(units, target()).of_rated == of_rated


@settings(deadline=None, max_examples=12)
@given(
    st.text("TKBY?-", min_size=1, max_size=9),
    st.integers(0, 100_000),
    st.sampled_from(["Tốt", "Khá", "Trung bình", "Yếu"]),
    st.sampled_from(["all", "rated"]),
)
def test_what_is_short_makes_the_goal_and_one_less_does_not(
    units: str, goal: int, grade: str, of: str
) -> None:
    found = attained(units, Target("t", "", "grade_share", grade, goal, of, None, ()))
    enough = "TKBY"[: ["Tốt", "Khá", "Trung bình", "Yếu"].index(grade) + 1]
    have = sum(unit in enough for unit in units)
    out_of = len(units) if of == "all" else sum(unit in "TKBY" for unit in units)
    assert (found.have, found.out_of) == (have, out_of)
    assert found.short_by == max(0, ceil(Fraction(goal, 100_000) * out_of) - have)
    if out_of:
        assert found.met == (Fraction(have, out_of) >= Fraction(goal, 100_000)) == (found.short_by == 0)


def test_the_nearest_are_the_best_of_those_not_there_yet() -> None:
    points = {"A": "79,9", "B": "60", "C": "79,99", "D": "95", "E": "trống", "F": "0", "G": "79,9"}
    said = "\n".join(f"{unit} 1.1 {value}" for unit, value in points.items())
    few = results_of(HUNDRED, "A B C D E F G H", said, target("20")).targets[0]
    assert (few.short_by, few.nearest) == (1, ("C", "A", "G"))
    many = results_of(HUNDRED, "A B C D E F G H", said, target("75")).targets[0]
    assert (many.short_by, many.nearest) == (5, ("C", "A", "G", "B", "F"))


def test_the_nearest_by_share_when_maxima_differ() -> None:
    criteria = judged_set(["70", "30"], more=", not_applicable: exclude")
    said = "A 1.1 50\nA 1.2 5\nB 1.1 54\nB 1.2 KPS\nC 1.1 KPS\nC 1.2 KPS"  # 55%, 77%, nothing
    assert results_of(criteria, "A B C", said, target()).targets[0].nearest == ("B", "A")


def test_the_nearest_by_points_when_points_decide() -> None:
    criteria = judged_set(
        ["70", "30"], USUAL.replace("percent_of_applicable", "points"), ", not_applicable: exclude"
    )
    said = "A 1.1 50\nA 1.2 5\nB 1.1 54\nB 1.2 KPS"  # 25 and 26 points short of 80
    assert results_of(criteria, "A B", said, target()).targets[0].nearest == ("A", "B")


COUNTED = criteria_of(
    f"""\
scale: 10
{USUAL}\
groups:
  - id: "1"
    title: Nhóm
    max: 10
    cite: vd
    criteria:
      - id: "1.1"
        title: Học tập
        max: 4
        kind: ratio
        inputs: {{done: Số người học, of: Tổng số người}}
        bands: [{{from: 100, points: 4}}, {{from: 0, points: proportional}}]
        not_applicable: exclude
        cite: vd
      - id: "1.2"
        title: Chỉ số cải cách hành chính
        max: 6
        kind: imported
        table: cchc
        as: percent
        cite: vd
"""
)


def counted(
    kind: str, answers: str, at_least: str = "100", **outside: tuple[int, int | None]
) -> Attainment:
    """A target on a criterion of COUNTED for units A to D; `outside` are this and last year's results."""
    goal = Target("t", "", kind, None, thousandths(at_least), "all", "1.2" if outside else "1.1", ())
    circumstances = Circumstances(outside={"cchc": outside})
    found = score(COUNTED, plan_of(goal), units_of("A B C D"), answers_of(answers), (), circumstances)
    return found.targets[0]


@pytest.mark.parametrize(
    ("answers", "at_least", "have", "out_of", "met", "short_by", "nearest"),
    [
        # so many people of so many, of all units that said; a unit is short if it is itself under, or
        # said nothing: no target is met while anybody's figures are missing
        ("A 1.1 9/10\nB 1.1 90/90", "100", 99, 100, False, 3, ("A", "C", "D")),
        ("A 1.1 9/10\nB 1.1 90/90", "99", 99, 100, False, 3, ("A", "C", "D")),
        ("A 1.1 9/10\nB 1.1 90/90\nC 1.1 50/50\nD 1.1 KPS", "99", 149, 150, True, 1, ("A",)),
        ("A 1.1 10/10\nB 1.1 90/90\nC 1.1 trống", "100", 100, 100, False, 2, ("C", "D")),
        ("A 1.1 1/1\nB 1.1 2/2\nC 1.1 3/3\nD 1.1 4/4", "100", 10, 10, True, 0, ()),
        ("A 1.1 1/10\nB 1.1 2/3\nC 1.1 89/90\nD 1.1 0/1", "100", 92, 104, False, 4, ("C", "B", "A")),
        ("A 1.1 2/3\nB 1.1 KPS\nC 1.1 KPS\nD 1.1 KPS", "66.667", 2, 3, False, 1, ("A",)),
        ("A 1.1 2/3\nB 1.1 KPS\nC 1.1 KPS\nD 1.1 KPS", "66.666", 2, 3, True, 0, ()),
        ("A 1.1 trống", "100", None, None, None, None, ()),
    ],
)
def test_share_of_people(
    answers: str, at_least: str, have: int, out_of: int, met: bool, short_by: int, nearest: tuple[str, ...]
) -> None:
    found = counted("people_share", answers, at_least)
    assert (found.have, found.out_of, found.met) == (have, out_of, met)
    assert (found.short_by, found.nearest) == (short_by, nearest)


@pytest.mark.parametrize(
    ("answers", "at_least", "have", "out_of", "met", "short_by", "nearest"),
    [
        # units with full points, of those that the criterion applies to, sent or not
        ("A 1.1 9/9\nB 1.1 8/9\nC 1.1 1/9\nD 1.1 KPS", "100", 1, 3, False, 2, ("B", "C")),
        ("A 1.1 9/9\nB 1.1 8/9\nC 1.1 1/9\nD 1.1 KPS", "33.333", 1, 3, True, 0, ()),
        ("A 1.1 9/9", "100", 1, 4, False, 3, ("B", "C", "D")),
        ("A 1.1 9/9\nB 1.1 8/8\nC 1.1 7/7\nD 1.1 1/1", "100", 4, 4, True, 0, ()),
    ],
)
def test_share_of_units_with_full_points(
    answers: str, at_least: str, have: int, out_of: int, met: bool, short_by: int, nearest: tuple[str, ...]
) -> None:
    found = counted("units_share", answers, at_least)
    assert (found.have, found.out_of, found.met) == (have, out_of, met)
    assert (found.short_by, found.nearest) == (short_by, nearest)


@pytest.mark.parametrize(
    ("results", "have", "out_of", "met", "nearest"),
    [
        ({"A": (80_000, 79_999), "B": (80_000, 80_000), "C": (1, 1), "D": (2, 1)}, 4, 4, True, ()),
        ({"A": (80_000, 79_999), "B": (80_000, 80_000)}, 2, 4, False, ("C", "D")),  # two are not known
        ({"A": (80_000, 80_001), "B": (80_000, 85_000), "C": (9, 8)}, 1, 4, False, ("A", "B", "D")),
        ({"A": (80_000, None), "B": (1, 1)}, 1, 4, False, ("A", "C", "D")),  # nothing to compare with
        ({"A": (80_000, None)}, None, None, None, ()),
    ],
)
def test_results_not_below_last_year(
    results: dict[str, tuple[int, int | None]], have: int, out_of: int, met: bool, nearest: tuple[str, ...]
) -> None:
    found = counted("not_below_last_year", "A 1.1 9/9", **results)
    assert (found.have, found.out_of, found.met, found.nearest) == (have, out_of, met, nearest)


@pytest.mark.parametrize(
    "open_target",
    [
        Target("a", "", "people_share", None, 100_000, "all", "1.1", ()),  # nobody declared people
        Target("c", "", "not_below_last_year", None, None, "all", "1.1", ()),  # no result from elsewhere
    ],
    ids=lambda item: item.kind,
)
def test_targets_that_the_round_cannot_tell_stay_open(open_target: Target) -> None:
    found = attained("TTT", open_target)
    assert found == Attainment(open_target)
    assert (found.reached, found.met, found.short_by) == (None, None, None)


# the index is asked of wards only, and beside the scale there are bonus points
SOME = criteria_of(
    f"""\
scale: 10
{USUAL}\
groups:
  - id: "1"
    title: Nhóm
    max: 10
    cite: vd
    criteria:
      - {{id: "1.1", title: Chỉ số, max: 10, kind: imported, table: cchc, as: percent, applies_to: [xa], cite: vd}}
      - {{id: "1.2", title: Việc, max: 10, kind: judged, applies_to: [phong], cite: vd}}
  - id: CONG
    title: Điểm thưởng
    kind: bonus
    max: 2
    cite: vd
    criteria: [{{id: C.1, title: Mô hình, max: 2, kind: judged, cite: vd}}]
"""
)


def asked(kind: str, criterion: str, answers: str, **outside: tuple[int, int | None]) -> Attainment:
    """A target on a criterion of SOME for the wards A, B and the office C."""
    goal = Target("t", "", kind, None, 100_000, "all", criterion, ())
    circumstances = Circumstances(outside={"cchc": outside})
    units = units_of("A B C:phong")
    return score(SOME, plan_of(goal), units, answers_of(answers), (), circumstances).targets[0]


def test_results_of_units_that_the_criterion_is_not_for_do_not_count() -> None:
    found = asked("not_below_last_year", "1.1", "A 1.1 90", A=(90_000, 80_000), C=(9_000, 8_000))
    assert (found.have, found.out_of, found.met, found.short_by, found.unknown) == (1, 2, False, 1, 1)
    assert asked("not_below_last_year", "1.1", "A 1.1 90", C=(9_000, 8_000)).have is None


def test_bonus_points_can_be_full_too() -> None:
    found = asked("units_share", "C.1", "A C.1 2\nB C.1 1\nC 1.2 5")
    assert (found.have, found.out_of, found.met, found.short_by) == (1, 3, False, 2)
    assert found.nearest == ("B", "C")
