"""What the whole says of a round, by rounds small enough to count by hand.

1. A criterion separates nobody where all have full points or all nothing; not answered is nothing.
2. Losses add up to the maximum less the total, criterion by criterion.
3. Self-scores against appraisal by type and criterion, only where both are known; means are exact.
4. Agreement counts pairs within a block; gamma is exact and -1 where groups order units oppositely.
5. A unit is near a cut-off within the window on either side, the cut-off itself at 0.
"""

from __future__ import annotations

from fractions import Fraction

from small_round import USUAL, criteria_of, judged_set, results_of

from scoring.analysis import Agreement, Cost, Flat, Gap, NearCut, analyse

TWO = judged_set(["10", "10", "10"], more=", not_applicable: exclude")


def test_criteria_that_separate_nobody() -> None:
    answers = "A 1.1 10\nA 1.2 0\nA 1.3 4\nB 1.1 10\nB 1.2 trống\nB 1.3 5\nC 1.1 KPS\nC 1.2 0\nC 1.3 5"
    found = analyse(results_of(TWO, "A B C D", answers))  # D sent nothing and does not count
    assert found.units == 3
    assert found.flat == (Flat("1.1", "full", 2), Flat("1.2", "nothing", 3))


def test_what_criteria_cost() -> None:
    answers = "A 1.1 7\nA 1.2 10\nA 1.3 4\nB 1.1 9,5\nB 1.2 KPS\nB 1.3 trống"
    results = results_of(TWO, "A B", answers)
    found = analyse(results)
    assert found.costs == (Cost("1.3", 16_000, 20_000, 2, 2), Cost("1.1", 3_500, 20_000, 2, 2))
    short = (results.units["max"] - results.units["final"]).sum()
    assert sum(cost.lost for cost in found.costs) == short


OUTSIDE = criteria_of(
    f"""\
scale: 10
{USUAL}\
groups:
  - {{id: "1", title: Chính, max: 10, cite: vd, criteria: [{{id: "1.1", title: a, max: 10, kind: judged, cite: vd}}]}}
  - {{id: "C", title: Cộng, max: 2, kind: bonus, cite: vd, criteria: [{{id: C.1, title: b, max: 2, kind: judged, cite: vd}}]}}
  - {{id: "T", title: Trừ, max: 2, kind: penalty, cite: vd, criteria: [{{id: T.1, title: c, max: 2, kind: judged, cite: vd}}]}}
"""
)


def test_bonus_is_not_lost_and_penalty_is() -> None:
    found = analyse(results_of(OUTSIDE, "A B", "A 1.1 10\nA C.1 0\nA T.1 2\nB 1.1 9\nB C.1 1\nB T.1 0"))
    assert found.costs == (Cost("T.1", 2000, 4000, 1, 2), Cost("1.1", 1000, 20_000, 1, 2))
    assert found.flat == ()


def test_claims_against_appraisal() -> None:
    answers = (
        "A 1.1 tự:9|thẩm:7\nA 1.2 tự:5|thẩm:6\nA 1.3 tự:5\n"
        "B 1.1 tự:8|thẩm:8\nB 1.2 tự:8|thẩm:6,5\nC 1.1 tự:4|thẩm:4\nC 1.2 thẩm:3"
    )
    found = analyse(results_of(TWO, "A B C:phong", answers))
    assert found.by_type == (
        Gap("xa", 2, 4, 30_000, 27_500, 2, 1),
        Gap("phong", 1, 1, 4000, 4000, 0, 0),
    )
    assert found.by_type[0].per_unit == Fraction(1250)
    assert found.by_criterion == (
        Gap("1.1", 3, 3, 21_000, 19_000, 1, 0),
        Gap("1.2", 2, 2, 13_000, 12_500, 1, 1),
    )
    assert found.by_criterion[0].per_unit == Fraction(2000, 3)


GROUPS = criteria_of(
    f"""\
scale: 20
{USUAL}\
groups:
  - {{id: "1", title: Một, max: 10, cite: vd, criteria: [{{id: "1.1", title: a, max: 10, kind: judged, cite: vd}}]}}
  - {{id: "2", title: Hai, max: 10, cite: vd, criteria: [{{id: "2.1", title: b, max: 10, kind: judged, cite: vd}}]}}
"""
)


def test_agreement_of_groups() -> None:
    # xã: 9>7>5 against 3<6, 6 and 6: two pairs opposite, one tied; the phòng stand in a block of their own
    answers = "A 1.1 9\nA 2.1 3\nB 1.1 7\nB 2.1 6\nC 1.1 5\nC 2.1 6\nD 1.1 1\nD 2.1 1\nE 1.1 2\nE 2.1 2"
    (pair,) = analyse(results_of(GROUPS, "A B C D:phong E:phong", answers)).agreement
    assert pair == Agreement("1", "2", 1, 2, 1)
    assert pair.gamma == Fraction(-1, 3)
    (pair,) = analyse(results_of(GROUPS, "A B", "A 1.1 9\nA 2.1 3\nB 1.1 9\nB 2.1 6")).agreement
    assert (pair.tied, pair.gamma) == (1, None)


def test_units_near_a_cut_off() -> None:
    answers = "\n".join(
        f"{code} 1.1 {first}\n{code} 1.2 10\n{code} 1.3 {third}"
        for code, first, third in [("A", "4", "10"), ("B", "4", "9,5"), ("C", "4,4", "10"), ("D", "4", "8")]
    )
    # Tốt from 80% of 30 = 24, Khá from 65% = 19,5
    found = analyse(results_of(TWO, "A B C D", answers), window=500)
    assert found.near == (NearCut("A", "Tốt", 0), NearCut("C", "Tốt", 400), NearCut("B", "Tốt", -500))


def test_an_empty_round() -> None:
    found = analyse(results_of(TWO, "A B", "A 1.1 KPS\nA 1.2 KPS\nA 1.3 KPS"))
    assert (found.units, found.flat, found.costs, found.agreement, found.near) == (0, (), (), (), ())
    assert found.firmness.units == ()
