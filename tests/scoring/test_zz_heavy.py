"""The distance to the next grade: ways that the rules allow, the shortest first.

1. A way followed in the answers and scored again brings the grade that it promises, and that total.
2. No way changes fewer criteria, and of as many none comes to a lesser total: held against every answer
   that a unit could have given.
3. Each kind of rule offers what it can give: steps, levels, people of the same total, cases, days.
4. What was lost for want of evidence, in the appraisal or by not answering is won back there.
5. Where a limit or the rules leave no way, it says which limit, or that the points are too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from following import Case, Row, alternatives, cases, followed
from frames import case_frame
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from small_round import plan_of, units_of

from criteria.model import Unit
from scoring.distance import Advice, advice
from scoring.limits import Circumstances
from scoring.results import Results, score

SLOW = settings(deadline=None, max_examples=700, suppress_health_check=list(HealthCheck))


def advised(case: Case) -> Advice | None:
    frame = case_frame(case.rows)
    results = score(case.criteria, plan_of(), units_of("A"), frame, (), case.known)
    return advice(results, "A", frame, case.known)


def variants(case: Case, answers: Sequence[Sequence[Row]]) -> Results:
    """Results of a round in which each of these answers of unit A is a unit of its own."""
    units = [Unit(f"U{number}", "", "xa", "xa") for number in range(len(answers))]
    rows = [{**row, "unit": unit.code} for unit, own in zip(units, answers, strict=True) for row in own]
    known = Circumstances(
        {unit.code: case.known.facts.get("A", ()) for unit in units},
        {unit.code: case.known.late["A"] for unit in units if "A" in case.known.late},
    )
    return score(case.criteria, plan_of(), units, case_frame(rows), (), known)


@SLOW
@given(st.booleans().flatmap(lambda turning: cases(turning=turning)))
def test_a_way_that_is_followed_brings_the_grade(case: Case) -> None:
    given_ = advised(case)
    assume(given_ is not None)
    assert given_ is not None
    labels = [grade.label for grade in case.criteria.grades]
    assert bool(given_.ways) == (given_.why_none == "")
    assume(given_.ways)
    results = variants(case, [followed(case.rows, way) for way in given_.ways])
    for way, unit in zip(given_.ways, results.units.to_dict("records"), strict=True):
        assert (unit["final"], unit["grade"]) == (way.total, way.grade)
        assert labels.index(way.grade) <= labels.index(given_.label)


@settings(SLOW, max_examples=500)
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
    combinations = list(product(*choices))
    changed = [sum(count for count, _ in combination) for combination in combinations]
    results = variants(case, [[row for _, own in item for row in own] for item in combinations])
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
