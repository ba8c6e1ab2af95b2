"""Totals of units from the ledger: groups summed, bonus and penalty capped, rounded where due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from criteria.exact import round_fraction
from criteria.model import CriteriaSet, Group
from criteria.worth import Bools
from scoring.grid import Grid


def group_sums(
    criteria: CriteriaSet, ledger: pd.DataFrame, column: str, grid: Grid | None = None
) -> pd.DataFrame:
    """Sums (thousandths) of a column of points: a row a unit, a column a group, nothing where unknown.

    Where the decision rounds after the criterion, self and final points are summed as exact fractions,
    then rounded to the group if it says so. `grid`: the ledger's, if at hand.
    """
    grid = grid or Grid.of(criteria, ledger)
    points = grid.spread(exact_points(ledger, column), 0)
    known = grid.spread(ledger[column].notna().to_numpy(dtype=np.bool_), False)
    sums = {}
    for group in criteria.groups:
        own = [at for at, leaf in enumerate(criteria.criteria) if leaf.group == group.id]
        total = points[:, own].sum(axis=1)
        unknown = np.logical_not(known[:, own].any(axis=1))
        sums[group.id] = pd.Series(_sums(criteria, total, unknown), index=list(grid.units))
    return pd.DataFrame(sums)


def _sums(criteria: CriteriaSet, total: npt.NDArray[Any], unknown: Bools) -> Any:
    """A group's sums of all units as a column: Int64, or exact fractions and None."""
    if total.dtype != object:
        return pd.arrays.IntegerArray(total, unknown)
    exact = [None if none else Fraction(value) for value, none in zip(total, unknown, strict=True)]
    if criteria.policy.points_at == "group":
        exact = [None if value is None else Fraction(_round(criteria, value)) for value in exact]
    return np.array(exact, dtype=object)


def exact_points(ledger: pd.DataFrame, column: str) -> npt.NDArray[Any]:
    """A column of points (thousandths), 0 where there are none: whole numbers, or objects, some Fractions.

    Fractions stand only where the decision rounds later than at the criterion.
    """
    whole = ledger[column].fillna(0).to_numpy(dtype=np.int64)
    source = {"self": "exact_self", "final": "exact"}.get(column)
    exact = ledger[source].notna() & ledger[column].notna() if source else None
    if exact is None or not exact.any():
        return whole
    points = whole.astype(object)
    points[exact] = ledger.loc[exact, source]
    return points


def totals(
    criteria: CriteriaSet,
    ledger: pd.DataFrame,
    column: str,
    units: Sequence[str],
    tops: Mapping[str, int],
    grid: Grid | None = None,
) -> pd.Series:
    """Total (thousandths, Int64) of each unit; NA where no criterion of the scale has points.

    `tops` are the applicable maxima by unit: a total is held to it where the decision says so, and is
    never below zero. `grid`: the ledger's, if at hand.
    """
    sums = group_sums(criteria, ledger, column, grid).reindex(list(units))
    scale = [group.id for group in criteria.groups if group.kind == "scale"]
    known = sums[scale].notna().any(axis="columns")
    whole = sums.where(sums.notna(), 0)
    total = sum((whole[id_] for id_ in scale), pd.Series(0, index=sums.index, dtype=object))
    for group in criteria.groups:
        if group.kind != "scale":
            capped = whole[group.id].map(lambda value, top=group.top: min(value, top))
            total = total + capped if group.kind == "bonus" else total - capped
    rounded = [max(_round(criteria, value), 0) for value in total]
    if criteria.policy.hold_to_scale and any(group.kind == "bonus" for group in criteria.groups):
        rounded = [min(value, tops.get(unit, 0)) for value, unit in zip(rounded, units, strict=True)]
    return pd.Series(rounded, index=sums.index, dtype="Int64").where(known)


def takes_off(criteria: CriteriaSet, id_: str) -> bool:
    """Whether the points of a group or criterion are taken off the total, so that fewer are better."""
    return any(
        group.kind == "penalty" and id_ in (group.id, *(leaf.id for leaf in group.criteria))
        for group in criteria.groups
    )


def capped(group: Group, points: Any) -> Any:
    """Points of a group (thousandths) as they count: bonus and penalty at most their cap."""
    return points if group.kind == "scale" else min(points, group.top)


def _round(criteria: CriteriaSet, value: int | Fraction) -> int:
    """Thousandths of an exact total, rounded as the decision rounds points."""
    policy = criteria.policy
    if policy.points_at == "criterion":
        return int(value)  # a sum of whole thousandths
    return round_fraction(Fraction(value), policy.points_digits, policy.points_rounding)
