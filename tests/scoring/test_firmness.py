"""How firm ranks are: held against rounds that were scored again with the change made.

1. A dispute gone the other way moves the unit to the rank, and the grade, that scoring again gives.
2. Leaving a criterion out moves the units that scoring without it moves.
3. The span of a rank by disputes is that of all ways of deciding them (where ties are dense, within it).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from following import Case, Row, answers, cases
from frames import case_frame, case_judgements
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_round import USUAL, column, judged_set, plan_of, results_of, units_of

from criteria.model import CriteriaSet
from scoring.firmness import Dispute, firmness
from scoring.results import Results, score

CODES = ("A", "B", "C")


@st.composite
def rounds(draw: st.DrawFn) -> tuple[CriteriaSet, list[Row]]:
    """A random decision, ranks broken by a group, and answers of three units of one block."""
    case: Case = draw(cases())
    policy = replace(
        case.criteria.policy,
        rank_on=draw(st.sampled_from(["exact", "rounded"])),
        ties=draw(st.sampled_from(["competition", "dense"])),
        break_by=draw(st.sampled_from([(), ("1",), ("1.1",)])),
    )
    criteria = replace(case.criteria, policy=policy)
    rows = [
        {**row, "unit": code} for code in CODES for leaf in criteria.criteria for row in draw(answers(leaf))
    ]
    return criteria, rows


def results(criteria: CriteriaSet, rows: list[Row]) -> Results:
    return score(
        criteria, plan_of(), units_of(" ".join(CODES)), case_frame(rows), judgements=case_judgements(rows)
    )


def ranks(found: Results) -> dict[str, object]:
    return dict(zip(CODES, column(found, "rank"), strict=True))


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_a_dispute_and_a_criterion_left_out_against_scoring_again(
    round_: tuple[CriteriaSet, list[Row]],
) -> None:
    criteria, rows = round_
    now = results(criteria, rows)
    firm = firmness(now)
    for dispute in firm.disputes[:3]:
        changed = [
            {**row, "appraised": dispute.other}
            if (row["unit"], row["criterion"]) == (dispute.unit, dispute.criterion)
            else row
            for row in rows
        ]
        then = results(criteria, changed)
        grades = dict(zip(CODES, column(then, "grade_by_points"), strict=True))
        assert (dispute.other_rank, dispute.other_grade) == (
            ranks(then)[dispute.unit],
            grades[dispute.unit],
        )
    for left in firm.left_out[:2]:
        groups = (
            replace(group, criteria=tuple(leaf for leaf in group.criteria if leaf.id != left.criterion))
            for group in criteria.groups
        )
        smaller = replace(criteria, groups=tuple(group for group in groups if group.criteria))
        if not smaller.criteria:
            continue
        then = results(smaller, [row for row in rows if row["criterion"] != left.criterion])
        moved = {unit: (before, after) for unit, before, after in left.moved}
        for unit, before in ranks(now).items():
            if before is not None:
                assert moved.get(unit, (before, before)) == (before, ranks(then)[unit])


APPRAISED = "A 1.1 tự:9|thẩm:6\nA 1.2 tự:5|thẩm:5\nB 1.1 tự:7|thẩm:7\nB 1.2 tự:6|thẩm:5\nC 1.1 tự:4|thẩm:8\nC 1.2 tự:5|thẩm:5"


def test_disputes_by_hand() -> None:
    # appraised: A 11, B 12, C 13; claimed: A 14, B 13, C 9
    found = firmness(results_of(judged_set(["10", "10"]), "A B C", APPRAISED))
    assert found.disputes == (
        Dispute("A", "1.1", 6000, 9000, 3, 1, "Trung bình", "Khá"),
        Dispute("B", "1.2", 5000, 6000, 2, 1, "Trung bình", "Khá"),
        Dispute("C", "1.1", 8000, 4000, 1, 3, "Khá", "Yếu"),
    )
    assert all(dispute.matters for dispute in found.disputes)
    assert [(left.criterion, left.moved) for left in found.left_out] == [
        ("1.1", (("A", 3, 1), ("B", 2, 1))),  # all have 5 of 10
        ("1.2", ()),
    ]


def test_an_open_objection_is_a_dispute() -> None:
    round_ = results_of(judged_set(["10", "10"]), "A B", "A 1.1 5\nA 1.2 5\nB 1.1 6\nB 1.2 5")
    (dispute,) = firmness(round_, {("A", "1.1"): 7000}).disputes
    assert (dispute.rank, dispute.other_rank) == (2, 1)
    assert firmness(round_).disputes == ()


@pytest.mark.parametrize("ties", ["competition", "dense"])
def test_the_span_is_that_of_all_decisions(ties: str) -> None:
    settings_ = USUAL.replace("policy: {", f"policy: {{ties: {ties}, ")
    criteria = judged_set(["10", "10"], settings_)
    parts = [line.split() for line in APPRAISED.splitlines()]
    seen: dict[str, set[object]] = {code: set() for code in CODES}
    for choice in product(("tự", "thẩm"), repeat=len(parts)):
        text = []
        for (unit, leaf, said), kind in zip(parts, choice, strict=True):
            points = dict(part.split(":") for part in said.split("|"))[kind]
            text.append(f"{unit} {leaf} tự:{points}|thẩm:{points}")
        for code, rank in ranks(results_of(criteria, "A B C", "\n".join(text))).items():
            seen[code].add(rank)
    found = firmness(results_of(criteria, "A B C", APPRAISED))
    for unit in found.units:
        span = (unit.best_by_disputes, unit.worst_by_disputes)
        if ties == "competition":
            assert span == (min(seen[unit.unit]), max(seen[unit.unit]))
        else:
            assert set(span) <= seen[unit.unit]
