"""Totals of units from the ledger: groups summed, bonus and penalty capped, rounded where due."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from criteria.exact import round_fraction
from criteria.model import CriteriaSet, Group


def group_sums(criteria: CriteriaSet, ledger: pd.DataFrame, column: str) -> pd.DataFrame:
    """Sums (thousandths) of a column of points: a row a unit, a column a group, NA where unknown.

    Where the decision rounds after the criterion, self and final points are summed as exact fractions,
    then rounded to the group if it says so.
    """
    source = {"self": "exact_self", "final": "exact"}.get(column)
    if source is None or criteria.policy.points_at == "criterion":
        sums = ledger.groupby(["unit", "group"], sort=False)[column].sum(min_count=1)
        return sums.unstack("group").reindex(columns=[group.id for group in criteria.groups])
    known = ledger[ledger[column].notna()]
    exact = known[source].where(known[source].notna(), known[column])
    fractions = exact.map(Fraction).groupby([known["unit"], known["group"]], sort=False).sum()
    table = fractions.unstack("group").reindex(
        index=pd.unique(ledger["unit"]), columns=[group.id for group in criteria.groups]
    )
    if criteria.policy.points_at == "group":
        table = table.map(lambda value: value if pd.isna(value) else Fraction(_round(criteria, value)))
    return table


def totals(
    criteria: CriteriaSet, ledger: pd.DataFrame, column: str, units: Sequence[str], tops: pd.Series
) -> pd.Series:
    """Total (thousandths, Int64) of each unit; NA where no criterion of the scale has points.

    `tops` are the applicable maxima by unit: a total is held to it where the decision says so, and is
    never below zero.
    """
    sums = group_sums(criteria, ledger, column).reindex(list(units))
    scale = [group.id for group in criteria.groups if group.kind == "scale"]
    known = sums[scale].notna().any(axis="columns")
    whole = sums.where(sums.notna(), 0)
    total = sum((whole[id_] for id_ in scale), pd.Series(0, index=sums.index, dtype=object))
    for group in criteria.groups:
        if group.kind != "scale":
            capped = whole[group.id].map(lambda value, top=group.top: min(value, top))
            total = total + capped if group.kind == "bonus" else total - capped
    rounded = [max(_round(criteria, Fraction(value)), 0) for value in total]
    if criteria.policy.hold_to_scale and any(group.kind == "bonus" for group in criteria.groups):
        rounded = [min(value, int(tops[unit])) for value, unit in zip(rounded, units, strict=True)]
    return pd.Series(rounded, index=sums.index, dtype="Int64").where(known)


def capped(group: Group, points: Any) -> Any:
    """Points of a group (thousandths) as they count: bonus and penalty at most their cap."""
    return points if group.kind == "scale" else min(points, group.top)


def _round(criteria: CriteriaSet, value: Fraction) -> int:
    """Thousandths of an exact total, rounded as the decision rounds points."""
    policy = criteria.policy
    if policy.points_at == "criterion":
        return int(value)  # a sum of whole thousandths
    return round_fraction(value, policy.points_digits, policy.points_rounding)
