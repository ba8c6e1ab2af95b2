"""The distance to the next grade: ways that the rules allow, the shortest first.

1. A way followed in the answers and scored again brings the grade that it promises, and that total.
2. No way changes fewer criteria, and of as many none comes to a lesser total: held against every answer
   that a unit could have given.
3. Each kind of rule offers what it can give: steps, levels, people of the same total, cases, days.
4. What was lost for want of evidence, in the appraisal or by not answering is won back there.
5. Where a limit or the rules leave no way, it says which limit, or that the points are too few.
"""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from following import TOP, Case, alternatives, cases, followed
from frames import case_frame
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from small_round import USUAL, answers_of, criteria_of, judged_set, plan_of, results_of, units_of

from criteria.model import Unit
from scoring.distance import Advice, advice, advices
from scoring.limits import Circumstances, Recorded
from scoring.results import Results, score

SLOW = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


def scored(case: Case, rows: list[dict[str, object]]) -> Results:
    return score(case.criteria, plan_of(), units_of("A"), case_frame(rows), (), case.known)


def advised(case: Case) -> Advice | None:
    frame = case_frame(case.rows)
    return advice(scored(case, list(case.rows)), "A", frame, case.known)


@SLOW
@given(st.booleans().flatmap(lambda turning: cases(turning=turning)))
def test_a_way_that_is_followed_brings_the_grade(case: Case) -> None:
    given_ = advised(case)
    assume(given_ is not None)
    assert given_ is not None
    labels = [grade.label for grade in case.criteria.grades]
    for way in given_.ways:
        (unit,) = scored(case, followed(case.rows, way)).units.to_dict("records")
        assert (unit["final"], unit["grade"]) == (way.total, way.grade)
        assert labels.index(way.grade) <= labels.index(given_.label)
    assert bool(given_.ways) == (given_.why_none == "")


@settings(SLOW, max_examples=60)
@given(cases(most=2))
def test_no_shorter_way_exists(case: Case) -> None:
    given_ = advised(case)
    assume(given_ is not None)
    assert given_ is not None
    choices = []
    for leaf in case.criteria.criteria:
        own = [row for row in case.rows if row["criterion"] == leaf.id]
        choices.append([(0, own), *((1, rows) for rows in alternatives(case.criteria, leaf, case.rows))])
    size = 1
    for choice in choices:
        size *= len(choice)
    assume(size <= 1500)
    rows, units, changed = [], [], []
    for number, combination in enumerate(product(*choices)):
        code = f"U{number}"
        units.append(Unit(code, code, "xa", "xa"))
        changed.append(sum(count for count, _ in combination))
        rows += [{**row, "unit": code} for _, own in combination for row in own]
    known = Circumstances(
        {unit.code: case.known.facts.get("A", ()) for unit in units},
        {unit.code: case.known.late["A"] for unit in units if "A" in case.known.late},
    )
    results = score(case.criteria, plan_of(), units, case_frame(rows), (), known)
    labels = [grade.label for grade in case.criteria.grades]
    enough = labels[: labels.index(given_.label) + 1]
    found = [
        (count, total)
        for count, total, grade in zip(changed, results.units["final"], results.units["grade"], strict=True)
        if grade in enough
    ]
    if not given_.ways:
        assert not found
        return
    assert min(found) == (len(given_.ways[0].changes), given_.ways[0].total)
