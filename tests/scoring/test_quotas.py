"""Quotas on a grade: proposed, explained, and left to a person where a tie cannot be broken.

1. Within the quota nothing is asked; over it the best keep the grade and the rest are named.
2. A tie at the edge that wants more places than are left is nobody's to break but a person's.
3. Places are whole units, rounded down; none may be allowed.
4. By block or over all; counted over named grades or over all rated units.
5. A quota never changes a grade; whoever is proposed to keep it ranks above whoever is not (hypothesis).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.loader import load_criteria
from criteria.model import Condition, CriteriaSet, Limit, Quota, Unit
from reports.cases import NO_PLAN
from scoring.quotas import Proposal
from scoring.results import Results, score
from tests.scoring.frames import case_frame

TOP, GOOD = "Hoàn thành xuất sắc", "Hoàn thành tốt"
CRITERIA = load_criteria(Path(__file__).parents[1] / "criteria" / "shapes" / "quota-20.yaml")
ALWAYS = Condition("not", parts=(Condition("fact", "never"),))


def with_quota(percent: int, of: tuple[str, ...] = (), by_block: bool = False) -> CriteriaSet:
    """The decision with its quota: at most so many percent of the units in `of` (none: all rated)."""
    return replace(CRITERIA, quotas=(Quota(TOP, percent * 1000, of, by_block, ("vd",)),))


def results_of(criteria: CriteriaSet, *blocks: list[int | None]) -> Results:
    """Results of units with these points; a list a block, codes `0.0`, `0.1`, ...; None has not sent."""
    points = {f"{b}.{n}": value for b, block in enumerate(blocks) for n, value in enumerate(block)}
    units = [Unit(code, code, "don-vi", f"khoi-{code[0]}") for code in points]
    blank = {"criterion": "1.1", "source": 0, "line": 1, "state": "answered", "x2": None, "self": None}
    rest = {"appraised": None, "evidence": "1", "explanation": ""}
    rows = [
        {**blank, **rest, "unit": code, "x1": value * 1000}
        for code, value in points.items()
        if value is not None
    ]
    return score(criteria, NO_PLAN, units, case_frame(rows))


# name, percent, points (90 and above hold the grade), base, allowed, keep, undecided, over
TABLE = [
    # 20% of 10 = 2
    ("within", 20, [95, 91, 80, 80, 80, 80, 80, 80, 80, 80], 10, 2, "0 1", "", ""),
    ("over", 20, [95, 93, 92, 91, 80, 80, 80, 80, 80, 80], 10, 2, "0 1", "", "2 3"),
    ("in the order of points, not of the roster", 20, [91, 95, 92, 93, 80, 80, 80, 80, 80, 80], 10, 2,
     "1 3", "", "2 0"),
    ("tie at the edge", 20, [95, 92, 92, 91, 80, 80, 80, 80, 80, 80], 10, 2, "0", "1 2", "3"),
    ("tie for every place", 20, [92, 92, 92, 80, 80, 80, 80, 80, 80, 80], 10, 2, "", "0 1 2", ""),
    ("tie inside the places", 20, [95, 95, 92, 80, 80, 80, 80, 80, 80, 80], 10, 2, "0 1", "", "2"),
    ("tie past the places", 20, [95, 94, 92, 92, 80, 80, 80, 80, 80, 80], 10, 2, "0 1", "", "2 3"),
    # 20% of 4 = 0,8: no place
    ("none allowed", 20, [95, 95, 80, 80], 4, 0, "", "", "0 1"),
    # 20% of 9 = 1,8: one place
    ("rounded down", 20, [95, 92, 80, 80, 80, 80, 80, 80, 80], 9, 1, "0", "", "1"),
    ("nobody holds the grade", 20, [80, 80, 80, 80, 80], 5, 1, "", "", ""),
    # a unit that sent nothing is not rated: 50% of 3 = 1,5
    ("not sent", 50, [95, 94, 20, None], 3, 1, "0", "", "1"),
    ("all of them may", 100, [95, 95, 95], 3, 3, "0 1 2", "", ""),
]  # fmt: skip


def codes(text: str, block: int = 0) -> tuple[str, ...]:
    return tuple(f"{block}.{number}" for number in text.split())


@pytest.mark.parametrize(
    ("percent", "points", "base", "allowed", "keep", "undecided", "over"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_a_quota_is_proposed(
    percent: int, points: list[int | None], base: int, allowed: int, keep: str, undecided: str, over: str
) -> None:
    (found,) = results_of(with_quota(percent), points).proposals
    assert (found.block, found.base, found.allowed) == (None, base, allowed)
    assert (found.keep, found.undecided, found.over) == (codes(keep), codes(undecided), codes(over))


def test_a_quota_is_explained() -> None:
    points = [95, 92, 92, 91, 80, 80, 80, 80, 80, 80]
    (tied,) = results_of(with_quota(20), points).proposals
    assert tied.text == (
        "“Hoàn thành xuất sắc” nhiều nhất 20% của 10 đơn vị = 2 đơn vị; đề nghị giữ 1; 2 đơn vị bằng nhau "
        "tranh 1 chỗ còn lại, cần người có thẩm quyền chọn; 1 đơn vị vượt tỷ lệ."
    )
    (within,) = results_of(with_quota(50), points).proposals
    assert within.text == (
        "“Hoàn thành xuất sắc” nhiều nhất 50% của 10 đơn vị = 5 đơn vị; hiện có 4, không vượt."
    )


def test_the_base_is_of_the_named_grades_or_of_all_rated() -> None:
    # three at the top, two good, five below: 40% of 5 = 2, 40% of 10 = 4
    points = [95, 94, 93, 80, 80, 60, 60, 60, 20, 20]
    (named,) = results_of(with_quota(40, (TOP, GOOD)), points).proposals
    (rated,) = results_of(with_quota(40), points).proposals
    assert (named.base, named.allowed, named.over) == (5, 2, codes("2"))
    assert (rated.base, rated.allowed, rated.over) == (10, 4, ())


def test_a_quota_by_block_counts_each_block_by_itself() -> None:
    first, second = [95, 94, 80, 80, 80], [93, 80, 80, 80, 80]
    blocks = results_of(with_quota(20, by_block=True), first, second).proposals
    assert [(p.block, p.base, p.allowed) for p in blocks] == [("khoi-0", 5, 1), ("khoi-1", 5, 1)]
    assert [(p.keep, p.over) for p in blocks] == [(codes("0"), codes("1")), (codes("0", 1), ())]
    (both,) = results_of(with_quota(20), first, second).proposals
    assert (both.base, both.allowed, both.keep, both.over) == (10, 2, codes("0 1"), codes("0", 1))


def test_a_tie_that_the_decision_breaks_is_broken() -> None:
    # the shape's only criterion breaks no tie; the exact points do, where the print would tie
    criteria = replace(with_quota(50), policy=replace(CRITERIA.policy, percent_digits=0))
    units = [Unit(code, code, "don-vi", "khoi") for code in ("a", "b", "c")]
    blank = {"criterion": "1.1", "source": 0, "line": 1, "state": "answered", "x2": None, "self": None}
    rest = {"appraised": None, "evidence": "1", "explanation": ""}
    points = {"a": 92_410, "b": 92_420, "c": 80_000}
    rows = [{**blank, **rest, "unit": code, "x1": value} for code, value in points.items()]
    (exact,) = score(criteria, NO_PLAN, units, case_frame(rows)).proposals
    assert (exact.keep, exact.undecided, exact.over) == (("b",), (), ("a",))
    rounded = replace(criteria, policy=replace(criteria.policy, rank_on="rounded"))
    (found,) = score(rounded, NO_PLAN, units, case_frame(rows)).proposals
    assert (found.keep, found.undecided, found.over) == ((), ("a", "b"), ())


def test_the_grade_after_the_limits_is_what_counts() -> None:
    capped = Limit("x", ALWAYS, "at_most", GOOD, 0, "", ("vd",))
    (found,) = results_of(replace(with_quota(20), limits=(capped,)), [95, 95, 80, 80, 80]).proposals
    assert (found.base, found.keep, found.over) == (5, (), ())


POINTS = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=12)


@settings(max_examples=20, deadline=None)
@given(POINTS, st.sampled_from([0, 10, 20, 33, 50, 100]))
def test_who_keeps_the_grade_ranks_above_who_does_not(points: list[int | None], percent: int) -> None:
    results = results_of(with_quota(percent), points)
    plain = results_of(replace(CRITERIA, quotas=()), points)
    assert list(results.units["grade"]) == list(plain.units["grade"])
    found: Proposal = results.proposals[0]
    units = results.units.set_index("code")
    holders = set(units.index[units["grade"] == TOP])
    assert set(found.keep) | set(found.undecided) | set(found.over) == holders
    assert len(found.keep) + len(found.undecided) + len(found.over) == len(holders)
    assert found.allowed * 100 <= found.base * percent < (found.allowed + 1) * 100
    assert len(found.keep) <= found.allowed
    groups = [
        [int(units.at[code, "rank"]) for code in part] for part in (found.keep, found.undecided, found.over)
    ]
    for better, worse in pairwise([group for group in groups if group]):
        assert max(better) < min(worse)
    if found.undecided:
        assert len(set(groups[1])) == 1
        assert len(found.undecided) > found.allowed - len(found.keep) > 0
