"""Ranks: within blocks, on exact fractions or on the rounded percent, ties as the decision says.

1. After a tie of two, ranks go on 1, 2, 2, 4 or, dense, 1, 2, 2, 3.
2. Units are ranked among their block only; a unit without points has no rank.
3. 68 of 80 ties with 85 of 100; what differs by a thousandth does not tie, unless the decision ranks
   on the rounded percent.
4. Ranks agree with points, whatever the order of units or answers.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from fractions import Fraction

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
    plan_of,
    results_of,
    units_of,
)

from scoring.ranking import Key, in_order, ranks
from scoring.results import score
from scoring.tally import tally_of

ROUNDED = USUAL.replace("grade_on", "rank_on: rounded, grade_on")
DENSE = USUAL.replace("grade_on", "ties: dense, grade_on")
BY_POINTS = USUAL.replace("percent_of_applicable", "points")


@pytest.mark.parametrize(
    ("points", "competition", "dense"),
    [
        ("9 8 8 7", "1 2 2 4", "1 2 2 3"),
        ("7 8 9 8", "4 2 1 2", "3 2 1 2"),
        ("5 5 5 5", "1 1 1 1", "1 1 1 1"),
        ("9 9 8 8 8 7", "1 1 3 3 3 6", "1 1 2 2 2 3"),
        ("0", "1", "1"),
        ("- 3 - 0", "- 1 - 2", "- 1 - 2"),
        ("- -", "- -", "- -"),
    ],
)
def test_ties(points: str, competition: str, dense: str) -> None:
    keys = [None if word == "-" else (Fraction(word),) for word in points.split()]
    for ties, expected in (("competition", competition), ("dense", dense)):
        wanted = [None if word == "-" else int(word) for word in expected.split()]
        assert ranks(keys, ["x"] * len(keys), ties) == wanted


def test_the_tie_of_a_published_table() -> None:
    # two at 15, then 17, as DTI 2022 prints them
    keys = [(Fraction(100 - i),) for i in range(14)] + [(Fraction(50),), (Fraction(50),), (Fraction(40),)]
    assert ranks(keys, [""] * 17)[-3:] == [15, 15, 17]


def test_each_block_is_ranked_on_its_own() -> None:
    results = results_of(
        judged_set(["10"]),
        "A:xa:một B:phong:hai C:xa:một D:xa:hai E:xa:ba F:xa:một",
        "A 1.1 7\nB 1.1 9\nC 1.1 8\nD 1.1 9\nE 1.1 0\nF 1.1 trống",
    )
    assert column(results, "rank") == [2, 1, 1, 1, 1, None]


@pytest.mark.parametrize(
    ("settings_", "tops", "answers", "expected"),
    [
        # equal fractions of different maxima: 68/80 = 85/100
        (USUAL, ["80", "20"], "A 1.1 68\nA 1.2 KPS\nB 1.1 65\nB 1.2 20\nC 1.1 67,999\nC 1.2 KPS", [1, 1, 3]),
        # thirds have no end: 1/3, 2/6 and 20/60
        (USUAL, ["3", "6", "60"], "A 1.1 1\nA 1.2 KPS\nA 1.3 KPS\nB 1.1 KPS\nB 1.2 2\nB 1.3 KPS\nC 1.1 KPS\nC 1.2 KPS\nC 1.3 20", [1, 1, 1]),
        # three decimals decide (Huế 2021), though two are printed
        (USUAL, ["100"], "A 1.1 83,034\nB 1.1 83,038\nC 1.1 83,037", [3, 1, 2]),
        # unless the decision ranks on what is printed
        (ROUNDED, ["100"], "A 1.1 83,034\nB 1.1 83,038\nC 1.1 83,037", [3, 1, 1]),
        (ROUNDED, ["100"], "A 1.1 79,995\nB 1.1 80\nC 1.1 80,005", [2, 2, 1]),
        (DENSE, ["100"], "A 1.1 9\nB 1.1 9\nC 1.1 8", [1, 1, 2]),
        # graded by points, ranked by points: 60 of 60 is less than 61 of 100
        (BY_POINTS, ["60", "40"], "A 1.1 60\nA 1.2 KPS\nB 1.1 60\nB 1.2 1\nC 1.1 60\nC 1.2 0", [2, 1, 2]),
        (USUAL, ["60", "40"], "A 1.1 60\nA 1.2 KPS\nB 1.1 60\nB 1.2 1\nC 1.1 60\nC 1.2 0", [1, 2, 3]),
    ],
    ids=["68/80", "thirds", "exact", "rounded", "rounded up", "dense", "by points", "by share"],
)  # fmt: skip
def test_what_units_are_ranked_on(
    settings_: str, tops: list[str], answers: str, expected: list[int]
) -> None:
    criteria = judged_set(tops, settings_, ", not_applicable: exclude")
    assert column(results_of(criteria, "A B C", answers), "rank") == expected


@pytest.mark.parametrize(
    ("break_by", "expected"),
    [
        ("", [1, 1, 1, 4]),
        ('break_by: ["1.1"], ', [2, 1, 2, 4]),
        ('break_by: ["1.2"], ', [1, 3, 2, 4]),
        ('break_by: ["1.1", "1.3"], ', [3, 1, 2, 4]),
        ('break_by: ["1.1", "1.3"], ties: dense, ', [3, 1, 2, 4]),
    ],
)
def test_what_breaks_a_tie(break_by: str, expected: list[int]) -> None:
    criteria = judged_set(["10", "10", "10"], USUAL.replace("grade_on", f"{break_by}grade_on"))
    answers = """
        A 1.1 5
        A 1.2 5
        A 1.3 0
        B 1.1 6
        B 1.2 4
        B 1.3 0
        C 1.1 5
        C 1.2 4,5
        C 1.3 0,5
        D 1.1 9
        """
    assert column(results_of(criteria, "A B C D", answers), "rank") == expected


def test_a_tie_in_rank_is_no_tie_in_grade() -> None:
    results = results_of(judged_set(["100"], ROUNDED), "A B", "A 1.1 79,995\nB 1.1 80")
    assert column(results, "rank") == [1, 1]
    assert column(results, "grade") == ["Khá", "Tốt"]


KEYS = st.none() | st.tuples(st.fractions(0, 1, max_denominator=7), st.integers(0, 2).map(Fraction))


@given(st.lists(st.tuples(KEYS, st.sampled_from("ab")), max_size=12))
def test_a_rank_counts_those_who_are_better(units: list[tuple[Key | None, Hashable]]) -> None:
    keys, blocks = [key for key, _ in units], [block for _, block in units]
    competition, dense = ranks(keys, blocks), ranks(keys, blocks, "dense")
    for (key, block), place, dense_place in zip(units, competition, dense, strict=True):
        if key is None:
            assert place is None
            assert dense_place is None
            continue
        better = [k for k, b in units if b == block and k is not None and k > key]
        assert place == 1 + len(better)
        assert dense_place == 1 + len(set(better))


@given(st.lists(st.fractions(-2, 2, max_denominator=40) | st.fractions(0, 1), max_size=6))
def test_whole_numbers_stand_in_the_order_of_the_fractions(values: list[Fraction]) -> None:
    whole = in_order(values)
    for one, first in zip(values, whole, strict=True):
        for other, second in zip(values, whole, strict=True):
            assert (first < second, first == second) == (one < other, one == other)


THREE = judged_set(["2.5", "3", "4.5"], more=", not_applicable: exclude")
SAID = st.sampled_from(["0", "1,125", "2,5", "2,499", "KPS", "trống", "tự:2|thẩm:1", "thẩm:2,375"])


@settings(deadline=None, max_examples=12)
@given(st.lists(st.tuples(SAID, SAID, SAID), min_size=2, max_size=6), st.data())
def test_the_order_of_units_and_answers_changes_nothing(
    said: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    lines = [f"U{u} 1.{c} {word}" for u, words in enumerate(said) for c, word in enumerate(words, 1)]
    names = [f"U{u}:xa:{u % 2}" for u in range(len(said))]
    first = results_of(THREE, " ".join(names), "\n".join(lines))
    mixed = results_of(
        THREE, " ".join(data.draw(st.permutations(names))), "\n".join(data.draw(st.permutations(lines)))
    )
    sorted_again = mixed.units.set_index("code").loc[first.units["code"]].reset_index()
    pd.testing.assert_frame_equal(sorted_again, first.units)
    assert mixed.averages == first.averages
    per_criterion = [
        frame.ledger.drop(columns=["answer", "judgement"]).sort_values(
            ["unit", "criterion"], ignore_index=True
        )
        for frame in (first, mixed)
    ]
    pd.testing.assert_frame_equal(*per_criterion)


@settings(deadline=None, max_examples=12)
@given(st.lists(st.tuples(SAID, SAID, SAID), min_size=1, max_size=6))
def test_totals_are_sums_and_ranks_agree_with_them(said: list[tuple[str, str, str]]) -> None:
    lines = [f"U{u} 1.{c} {word}" for u, words in enumerate(said) for c, word in enumerate(words, 1)]
    units = units_of(" ".join(f"U{u}" for u in range(len(said))))
    results = score(THREE, plan_of(), units, answers_of("\n".join(lines)),
                    judgements=judgements_of("\n".join(lines)))  # fmt: skip
    for row in results.units.to_dict("records"):
        own = results.ledger[results.ledger["unit"] == row["code"]]
        for points in ("self", "appraised", "final"):
            parts = own[points].dropna()
            assert (parts.sum() == row[points]) if len(parts) else pd.isna(row[points])
        assert own["applicable"].sum() == row["max"]
    ranked = results.units.dropna(subset=["rank"])
    shares = [Fraction(int(f), int(m)) for f, m in zip(ranked["final"], ranked["max"], strict=True)]
    for share, rank in zip(shares, ranked["rank"], strict=True):
        assert rank == 1 + sum(other > share for other in shares)


TAKEN_OFF = criteria_of(
    """\
scale: 10
policy:
  percent: {digits: 2, rounding: half_up}
  break_by: [ORDER]
  grade_on: percent_of_applicable
grades: [{label: Tốt, from: 80}, {label: Yếu, from: 0}]
groups:
  - id: "1"
    title: Nhóm
    max: 10
    cite: vd
    criteria: [{id: "1.1", title: Việc, max: 10, kind: judged, step: 1, cite: vd}]
  - id: TRU
    title: Điểm trừ
    kind: penalty
    max: 5
    cite: vd
    criteria: [{id: T.1, title: Chậm, max: 5, kind: judged, step: 1, cite: vd}]
""".replace("ORDER", '"TRU"')
)


@pytest.mark.parametrize("id_", ["TRU", "T.1"])
def test_of_equals_the_one_with_less_taken_off_is_first(id_: str) -> None:
    criteria = replace(TAKEN_OFF, policy=replace(TAKEN_OFF.policy, break_by=(id_,)))
    answers = "A 1.1 10\nA T.1 3\nB 1.1 8\nB T.1 1\nC 1.1 7\nC T.1 0"
    results = results_of(criteria, "A B C", answers)
    assert column(results, "rank") == [3, 2, 1]
    tally = tally_of(results)
    keys = tally.keys(tally.points, tally.applicable, tally.known)
    assert sorted(keys, reverse=True) == [keys[2], keys[1], keys[0]]
