"""Grades: exact shares or points held against the cut-offs; a total at a cut-off is in the upper grade.

1. Just below, at and just above each cut-off, reached through sums of steps of 0.1, 0.25 and 0.125
   in any order.
2. A share that prints as the cut-off and is less does not earn the grade.
3. What is excluded lowers the maximum that the share is taken of; nothing applicable gives no grade.
4. Grades by points look at the points alone.
5. The points needed for a grade are the least that earn it.
6. A grade may begin above its cut-off, and ask for a floor under each group or criterion.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_round import USUAL, column, judged_set, results_of

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Grade
from scoring.grades import grade_of, points_needed, reaches
from scoring.shares import Shares

CUTS = {80_000: ("Khá", "Tốt"), 65_000: ("Trung bình", "Khá"), 50_000: ("Yếu", "Trung bình")}
BY_POINTS = USUAL.replace("percent_of_applicable", "points")
TWENTY_FIVES = judged_set(["5"] * 20)  # 20 criteria of 5 points: the points are the percent


def parts_of(total: int, step: int, chance: Random) -> list[int]:
    """20 numbers of at most 5000, multiples of a step, in any order, with this total."""
    parts = [0] * 20
    for _ in range(total // step):
        parts[chance.choice([i for i, part in enumerate(parts) if part + step <= 5000])] += step
    chance.shuffle(parts)
    return parts


@pytest.mark.parametrize("step", [100, 250, 125], ids=["0.1", "0.25", "0.125"])
@settings(deadline=None, max_examples=6)
@given(seed=st.integers(0, 2**32))
def test_each_cut_off_reached_through_sums_of_steps(step: int, seed: int) -> None:
    chance = Random(seed)
    expected, answers = [], []
    for cut, (below, above) in CUTS.items():
        for total, grade in ((cut - step, below), (cut, above), (cut + step, above)):
            parts = parts_of(total, step, chance)
            assert sum(parts) == total
            unit = f"U{len(expected)}"
            answers += [f"{unit} 1.{i} {vietnamese(part)}" for i, part in enumerate(parts, 1)]
            expected.append((total, grade))
    results = results_of(TWENTY_FIVES, " ".join(f"U{i}" for i in range(len(expected))), "\n".join(answers))
    assert list(zip(column(results, "final"), column(results, "grade"), strict=True)) == expected


@pytest.mark.parametrize(
    ("points", "shown", "grade"),
    [
        ("80", "80,00", "Tốt"),
        ("79,999", "80,00", "Khá"),  # prints as the cut-off, and is not
        ("79,995", "80,00", "Khá"),
        ("79,994", "79,99", "Khá"),
        ("80,001", "80,00", "Tốt"),
        ("64,999", "65,00", "Trung bình"),
        ("65", "65,00", "Khá"),
        ("49,999", "50,00", "Yếu"),
        ("50", "50,00", "Trung bình"),
        ("0,001", "0,00", "Yếu"),
        ("0", "0,00", "Yếu"),
        ("100", "100,00", "Tốt"),
    ],
)
def test_the_grade_looks_at_the_exact_share_not_at_the_printed_one(
    points: str, shown: str, grade: str
) -> None:
    results = results_of(judged_set(["100"]), "A", f"A 1.1 {points}")
    assert vietnamese(results.units["percent"][0], 2) == shown
    assert column(results, "grade") == column(results, "grade_by_points") == [grade]


@pytest.mark.parametrize("digits", ["0", "1", "2", "3"])
def test_the_digits_of_the_percent_decide_no_grade(digits: str) -> None:
    criteria = judged_set(["30"], USUAL.replace("digits: 2", f"digits: {digits}"))
    results = results_of(criteria, "A B", "A 1.1 24\nB 1.1 23,999")  # 23,999/30 = 79,99666..%
    assert column(results, "grade") == ["Tốt", "Khá"]


@pytest.mark.parametrize(
    ("first", "second", "grade"),
    [
        # 85 points, of which 15 may be excluded
        ("56", "12", "Tốt"),  # 68/85 = 80%
        ("55,999", "12", "Khá"),
        ("56", "KPS", "Tốt"),  # 56/70 = 80%
        ("55,999", "KPS", "Khá"),
        ("56", "trống", "Khá"),  # not answered still counts: 56/85
        ("KPS", "12", "Tốt"),  # 12/15
        ("KPS", "11,999", "Khá"),
        ("KPS", "0", "Yếu"),
        ("KPS", "KPS", None),  # nothing applicable
    ],
)
def test_the_share_is_of_what_applies(first: str, second: str, grade: str | None) -> None:
    criteria = judged_set(["70", "15"], more=", not_applicable: exclude")
    results = results_of(criteria, "A", f"A 1.1 {first}\nA 1.2 {second}")
    assert column(results, "grade") == [grade]


def test_nothing_applicable_is_no_zero_and_divides_nothing(recwarn: pytest.WarningsRecorder) -> None:
    criteria = judged_set(["70", "15"], more=", not_applicable: exclude")
    results = results_of(criteria, "A B", "A 1.1 KPS\nA 1.2 KPS\nB 1.1 0")
    assert column(results, "max") == [0, 85_000]
    assert column(results, "percent") == [None, 0]
    assert column(results, "grade") == [None, "Yếu"]
    assert column(results, "rank") == [None, 1]
    assert results.averages == {"xa": 0}
    assert not [warning for warning in recwarn if issubclass(warning.category, RuntimeWarning)]


@pytest.mark.parametrize(
    ("first", "second", "grade"),
    [
        ("68", "12", "Tốt"),
        ("68", "11,999", "Khá"),
        ("80", "KPS", "Tốt"),
        ("79,999", "KPS", "Khá"),
        ("60", "KPS", "Trung bình"),  # 60 of 85 is over 70%, but 60 points are under 65
    ],
)
def test_grades_by_points_look_at_the_points_alone(first: str, second: str, grade: str) -> None:
    criteria = judged_set(["85", "15"], BY_POINTS, ", not_applicable: exclude")
    assert column(results_of(criteria, "A", f"A 1.1 {first}\nA 1.2 {second}"), "grade") == [grade]


@pytest.mark.parametrize("settings_", [USUAL, BY_POINTS], ids=["share", "points"])
def test_no_grade_where_nothing_is_applicable(settings_: str) -> None:
    criteria = judged_set(["100"], settings_)
    found = [graded(criteria, *unit) for unit in ((0, 0), (0, 100_000), (90_000, 100_000))]
    assert found == [None, "Yếu", "Tốt"]


def test_a_decision_without_grades_gives_none() -> None:
    criteria = judged_set(["10"], USUAL.partition("grades:")[0] + "grades: []\n")
    results = results_of(criteria, "A B", "A 1.1 10")
    assert column(results, "grade") == [None, None]
    assert column(results, "rank") == [1, None]


def test_cut_offs_with_thousandths_of_a_percent() -> None:
    settings_ = USUAL.replace("from: 80}", "from: 66.667}")
    criteria = judged_set(["3"], settings_)
    results = results_of(criteria, "A B C", "A 1.1 2\nB 1.1 2,001\nC 1.1 3")  # 2/3 is 66,6666..%
    assert column(results, "grade") == ["Khá", "Tốt", "Tốt"]


def graded(criteria: CriteriaSet, points: int, applicable: int) -> str | None:
    """Grade of a total alone, in thousandths."""
    return grade_of(criteria, "xa", points, applicable, "A", Shares({"A": {}}, {"A": {}}))


@given(st.integers(1, 10**9), st.integers(0, 100_000), st.data())
def test_a_share_is_compared_as_a_fraction(applicable: int, start: int, data: st.DataObject) -> None:
    edge = start * applicable // 100_000
    points = data.draw(st.integers(max(0, edge - 2), edge + 2))
    have, need = Fraction(points, applicable), Fraction(start, 100_000)
    assert reaches(TWENTY_FIVES, Grade("x", start), points, applicable) == (have >= need)
    assert reaches(TWENTY_FIVES, Grade("x", start, above=True), points, applicable) == (have > need)


@pytest.mark.parametrize(
    "criteria", [TWENTY_FIVES, judged_set(["100"], BY_POINTS)], ids=["share", "points"]
)
@given(applicable=st.integers(1, 10**8), start=st.integers(0, 100_000), above=st.booleans())
def test_points_needed_are_the_least_that_earn_the_grade(
    criteria: CriteriaSet, applicable: int, start: int, above: bool
) -> None:
    grade = Grade("x", start, above=above)
    needed = points_needed(criteria, grade, applicable)
    assert reaches(criteria, grade, needed, applicable)
    assert needed == 0 or not reaches(criteria, grade, needed - 1, applicable)


@given(st.integers(0, 120_000), st.integers(0, 100_000))
def test_more_points_never_earn_a_lower_grade(points: int, applicable: int) -> None:
    labels = [grade.label for grade in TWENTY_FIVES.grades]
    less, more = graded(TWENTY_FIVES, points, applicable), graded(TWENTY_FIVES, points + 1, applicable)
    assert (less is None) == (more is None) == (applicable == 0)
    if less and more:
        assert labels.index(more) <= labels.index(less)


@pytest.mark.parametrize(
    ("points", "grade"), [("80", "Khá"), ("80,001", "Tốt"), ("65", "Khá"), ("64,999", "Trung bình")]
)
def test_a_grade_above_a_cut_off_leaves_the_cut_off_out(points: str, grade: str) -> None:
    criteria = judged_set(["100"], USUAL.replace("{label: Tốt, from: 80}", "{label: Tốt, above: 80}"))
    assert column(results_of(criteria, "A", f"A 1.1 {points}"), "grade") == [grade]


@pytest.mark.parametrize(
    ("floor", "first", "second", "grade"),
    [
        # 90 of 100 in all; Tốt also asks for 85% of each criterion of 60 and 40 points
        ("each: criterion", "51", "39", "Tốt"),
        ("each: criterion", "50,999", "39,001", "Khá"),
        ("each: criterion", "60", "33,999", "Khá"),
        ("each: criterion", "KPS", "34", "Tốt"),  # what does not apply holds nobody back
        ("each: criterion", "60", "trống", "Trung bình"),  # 60 of 100
        ('criterion: "1.1"', "50,999", "40", "Khá"),
        ('criterion: "1.2"', "50,999", "40", "Tốt"),
        ('group: "1"', "50,999", "40", "Tốt"),  # 90,999% of the group
    ],
)
def test_floors_of_a_grade(floor: str, first: str, second: str, grade: str) -> None:
    settings_ = USUAL.replace(
        "{label: Tốt, from: 80}", f"{{label: Tốt, from: 80, floors: [{{{floor}, percent: 85}}]}}"
    )
    criteria = judged_set(["60", "40"], settings_, ", not_applicable: exclude")
    assert column(results_of(criteria, "A", f"A 1.1 {first}\nA 1.2 {second}"), "grade") == [grade]
