"""Grades by exact shares or points: a total at a cut-off belongs to the upper grade."""

from __future__ import annotations

from collections.abc import Sequence

from criteria.model import CriteriaSet, Grade
from scoring.shares import WHOLE, Shares


def grade_of(
    criteria: CriteriaSet, block: str, points: int, applicable: int, unit: str, shares: Shares
) -> str | None:
    """Label of the grade that a unit's points earn in its block; None where none is earned.

    Points and applicable maximum in thousandths, compared as whole numbers before any rounding; the
    grade's floors are held as well. A unit with nothing applicable has no grade.
    """
    for grade in criteria.grades_of(block):
        if reaches(criteria, grade, points, applicable) and not failed_floors(grade, unit, shares):
            return grade.label
    return None


def reaches(criteria: CriteriaSet, grade: Grade, points: int, applicable: int) -> bool:
    """Whether the total alone is enough for a grade."""
    if applicable == 0:
        return False
    if criteria.policy.grade_on == "points":
        have, need = points, grade.start
    else:
        have, need = points * WHOLE, grade.start * applicable
    return have > need if grade.above else have >= need


def failed_floors(grade: Grade, unit: str, shares: Shares) -> Sequence[str]:
    """Ids of the groups and criteria that are under a floor of the grade."""
    failed: list[str] = []
    for floor in grade.floors:
        every = {"criterion": shares.criteria, "group": shares.groups}.get(floor.of)
        ids = list(every[unit]) if every is not None else [floor.of]
        failed += [id_ for id_ in ids if shares.below(unit, id_, floor.percent)]
    return failed


def points_needed(criteria: CriteriaSet, grade: Grade, applicable: int) -> int:
    """The least points (whole thousandths) whose total is enough for a grade."""
    if criteria.policy.grade_on == "points":
        return grade.start + grade.above
    if grade.above:
        return grade.start * applicable // WHOLE + 1
    return -(-grade.start * applicable // WHOLE)
