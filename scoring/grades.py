"""Grades by exact shares or points: a total at a cut-off belongs to the upper grade."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from criteria.exact import UNIT, Ints
from criteria.model import CriteriaSet, Grade

WHOLE = 100 * UNIT  # thousandths of a percent in the whole


def grade_index(criteria: CriteriaSet, points: Ints, applicable: Ints) -> Ints:
    """Index of each unit's grade in `criteria.grades`; -1 where none is earned or none exists.

    Points and applicable maxima in thousandths; compared as whole numbers, before any rounding.
    A unit with nothing applicable has no grade.
    """
    index = np.full(points.shape, -1, dtype=np.int64)
    for rank in range(len(criteria.grades) - 1, -1, -1):
        index[reaches(criteria, criteria.grades[rank], points, applicable)] = rank
    return index


def reaches(criteria: CriteriaSet, grade: Grade, points: Ints, applicable: Ints) -> npt.NDArray[np.bool_]:
    """Whether the points are enough for a grade."""
    if criteria.policy.grade_on == "points":
        return (applicable > 0) & (points >= grade.start)
    return (applicable > 0) & (points * WHOLE >= grade.start * applicable)


def points_needed(criteria: CriteriaSet, grade: Grade, applicable: int) -> int:
    """The least points (thousandths) that earn a grade at this applicable maximum."""
    if criteria.policy.grade_on == "points":
        return grade.start
    return -(-grade.start * applicable // WHOLE)
