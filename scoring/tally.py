"""Units' points as arrays, to be counted again with something changed: totals and what ranks units.

Points are whole thousandths, or exact fractions of them where the decision rounds later than at the
criterion; in both cases the same array operations hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from criteria.exact import Ints, round_fraction, share
from criteria.model import CriteriaSet, Group
from scoring.ranking import Key
from scoring.results import Results
from scoring.totals import takes_off

Points = npt.NDArray[Any]  # int64, or Fractions as objects
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Tally:
    """Final points and applicable maxima (thousandths), a row a unit with points, a column a criterion.

    `points` are 0 where there are none or the criterion is not for the unit.
    """

    criteria: CriteriaSet
    units: tuple[str, ...]
    blocks: tuple[str, ...]
    points: Points
    applicable: Ints
    known: Bools  # whether there are points

    @cached_property
    def column(self) -> dict[str, int]:
        """Column of a criterion by its id."""
        return {leaf.id: index for index, leaf in enumerate(self.criteria.criteria)}

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of a unit by its code."""
        return {code: index for index, code in enumerate(self.units)}

    @cached_property
    def _scale(self) -> list[int]:
        """Columns of the criteria of the scale."""
        kinds = self.criteria.group_by_id
        return [
            self.column[leaf.id] for leaf in self.criteria.criteria if kinds[leaf.group].kind == "scale"
        ]

    def exact(self, points: int) -> int | Fraction:
        """Whole points as the tally holds its points."""
        return Fraction(points) if self.points.dtype == object else points

    def group(self, group: Group, points: Points) -> Points:
        """What a group counts for each row of points: rounded where the decision says so, then capped."""
        policy = self.criteria.policy
        raw: Points = points[:, [self.column[leaf.id] for leaf in group.criteria]].sum(axis=1)
        if policy.points_at == "group":
            raw = _rounded(raw, policy.points_digits, policy.points_rounding)
        held: Points = np.minimum(raw, group.top)
        return raw if group.kind == "scale" else held

    def totals(self, points: Points, applicable: Ints) -> Ints:
        """Totals (thousandths) of rows of points with these maxima."""
        policy, groups = self.criteria.policy, self.criteria.groups
        total: Points = np.zeros(len(points), dtype=points.dtype)
        for group in groups:
            counted = self.group(group, points)
            total = total - counted if group.kind == "penalty" else total + counted
        total = np.maximum(total, 0)
        if policy.points_at != "criterion":
            total = _rounded(total, policy.points_digits, policy.points_rounding)
        whole = total.astype(np.int64)
        if policy.hold_to_scale and any(group.kind == "bonus" for group in groups):
            whole = np.minimum(whole, applicable.sum(axis=1))
        return whole

    def keys(self, points: Points, applicable: Ints, known: Bools) -> list[Key | None]:
        """What rows are ranked on, as `results` ranks them; None without points or anything applying."""
        policy = self.criteria.policy
        tops = applicable.sum(axis=1)
        totals = self.totals(points, applicable)
        ranked = known[:, self._scale].any(axis=1) & (tops > 0)
        broken = [self._points_of(id_, points) for id_ in policy.break_by]
        if policy.rank_on == "rounded":
            percents = share(totals, np.maximum(tops, 1), policy.percent_digits, policy.percent_rounding)
            first = [Fraction(int(value)) for value in percents]
        elif policy.grade_on == "points":
            first = [Fraction(int(value)) for value in totals]
        else:
            first = [
                Fraction(int(value), max(int(top), 1)) for value, top in zip(totals, tops, strict=True)
            ]
        return [
            (first[at], *(Fraction(column[at]) for column in broken)) if ranked[at] else None
            for at in range(len(points))
        ]

    def _points_of(self, id_: str, points: Points) -> list[Any]:
        """A column of what a group's or criterion's points break ties by, as Python's own numbers."""
        if id_ in self.criteria.group_by_id:
            own = self.group(self.criteria.group_by_id[id_], points)
        else:
            own = points[:, self.column[id_]]
        return list((-own if takes_off(self.criteria, id_) else own).tolist())


def tally_of(results: Results) -> Tally:
    """The tally of a round's units that have a percent, in the order of the roster."""
    criteria, units = results.criteria, results.units[results.units["percent"].notna()]
    row = {str(code): index for index, code in enumerate(units["code"])}
    column = {leaf.id: index for index, leaf in enumerate(criteria.criteria)}
    ledger = results.ledger[results.ledger["unit"].isin(row)]
    at = (ledger["unit"].map(row).to_numpy(np.int64), ledger["criterion"].map(column).to_numpy(np.int64))
    shape = (len(row), len(column))
    applicable = np.zeros(shape, dtype=np.int64)
    applicable[at] = ledger["applicable"].to_numpy(dtype=np.int64)
    known = np.zeros(shape, dtype=np.bool_)
    known[at] = ledger["final"].notna().to_numpy(dtype=np.bool_)
    if criteria.policy.points_at == "criterion":
        points: Points = np.zeros(shape, dtype=np.int64)
        points[at] = ledger["final"].fillna(0).to_numpy(dtype=np.int64)
    else:
        points = np.full(shape, Fraction(0), dtype=object)
        pairs = zip(ledger["final"], ledger["exact"], strict=True)
        points[at] = _objects([_exact(final, exact) for final, exact in pairs])
    return Tally(criteria, tuple(row), tuple(map(str, units["block"])), points, applicable, known)


def _exact(final: Any, exact: Any) -> Fraction:
    if pd.isna(final):
        return Fraction(0)
    return exact if isinstance(exact, Fraction) else Fraction(int(final))


def _objects(values: Sequence[Fraction]) -> Points:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _rounded(values: Points, digits: int, rounding: Any) -> Points:
    """Exact points, none of them negative, rounded to the decision's digits; still fractions."""
    return _objects([Fraction(round_fraction(Fraction(value), digits, rounding)) for value in values])
