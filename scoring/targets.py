"""Attainment of the plan's targets: reached, goal, and how many units are missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from criteria.exact import UNIT, share
from criteria.model import CriteriaSet, Target

WHOLE = 100 * UNIT


@dataclass(frozen=True)
class Attainment:
    """A target held against results; shares in thousandths of a percent.

    `reached`, `met` and `short_by` are None where the round holds nothing to compute them from.
    `of_rated` is the same share among the units that have a grade.
    """

    target: Target
    have: int | None = None
    out_of: int | None = None
    reached: int | None = None
    of_rated: int | None = None
    met: bool | None = None
    short_by: int | None = None
    nearest: tuple[str, ...] = ()


def attainment(criteria: CriteriaSet, target: Target, results: pd.DataFrame) -> Attainment:
    """Attainment of one target by the results' frame; only grade shares are computed."""
    if target.kind != "grade_share" or target.grade is None or target.at_least is None:
        return Attainment(target)
    order = [grade.label for grade in criteria.grades]
    enough = set(order[: order.index(target.grade) + 1])
    good = results["grade"].isin(enough)
    rated = int(results["grade"].notna().sum())
    have = int(good.sum())
    out_of = rated if target.of == "rated" else len(results)
    need = -(-target.at_least * out_of // WHOLE)
    near = results[~good & results["final"].notna() & (results["max"] > 0)]
    # integer ratio in thousandths of a percent is fine enough to say who is nearest
    distance = near["final"].astype("int64") * WHOLE // near["max"]
    codes = near.loc[distance.sort_values(ascending=False, kind="stable").index, "code"]
    return Attainment(
        target,
        have,
        out_of,
        _percent(criteria, have, out_of),
        _percent(criteria, have, rated),
        have * WHOLE >= target.at_least * out_of if out_of else False,
        max(0, need - have),
        tuple(codes.head(max(3, need - have))),
    )


def _percent(criteria: CriteriaSet, part: int, whole: int) -> int | None:
    if not whole:
        return None
    policy = criteria.policy
    return int(
        share(np.array([part]), np.array([whole]), policy.percent_digits, policy.percent_rounding)[0]
    )
