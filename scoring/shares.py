"""Final points and applicable maxima of each unit's groups and criteria, to hold conditions against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from criteria.model import CriteriaSet
from scoring.columns import plain
from scoring.grid import Grid
from scoring.totals import capped, exact_points, group_sums, takes_off

WHOLE = 100_000  # thousandths of a percent in the whole
Share: TypeAlias = tuple[int | Fraction, int]


@dataclass(frozen=True)
class Shares:
    """(final, applicable) in thousandths, by unit and by id of a group or criterion."""

    groups: Mapping[str, Mapping[str, Share]]
    criteria: Mapping[str, Mapping[str, Share]]

    def below(self, unit: str, id_: str, percent: int) -> bool | None:
        """Whether a group or criterion is under a share (thousandths of a percent).

        None where nothing of it applies to the unit.
        """
        final, applicable = self.groups[unit].get(id_) or self.criteria[unit].get(id_) or (0, 0)
        return None if applicable == 0 else final * WHOLE < percent * applicable

    def points(self, unit: str, id_: str) -> int | Fraction:
        """Final points (thousandths) of a group or criterion; 0 where there are none."""
        return (self.groups[unit].get(id_) or self.criteria[unit].get(id_) or (0, 0))[0]


def tie_breaks(criteria: CriteriaSet, shares: Shares, unit: str) -> tuple[Fraction, ...]:
    """What breaks a tie, in the decision's order: points (thousandths), negative where taken off."""
    points = ((Fraction(shares.points(unit, id_)), id_) for id_ in criteria.policy.break_by)
    return tuple(-value if takes_off(criteria, id_) else value for value, id_ in points)


@dataclass(frozen=True, eq=False)
class _Asked(Mapping[str, dict[str, Share]]):
    """Shares by unit that are put together when somebody asks: of a nation's million few are asked for."""

    row: dict[str, int]
    shares: Callable[[int], dict[str, Share]]

    def __getitem__(self, unit: str) -> dict[str, Share]:
        return self.shares(self.row[unit])

    def __iter__(self) -> Iterator[str]:
        return iter(self.row)

    def __len__(self) -> int:
        return len(self.row)


def shares_of(criteria: CriteriaSet, ledger: pd.DataFrame, grid: Grid | None = None) -> Shares:
    """Shares of every unit in the ledger; `grid`: the ledger's, if at hand."""
    grid = grid or Grid.of(criteria, ledger)
    sums = group_sums(criteria, ledger, "final", grid)
    of_groups = [plain(sums[group.id]) for group in criteria.groups]
    points = grid.spread(exact_points(ledger, "final"), 0)
    tops = grid.spread(ledger["applicable"].to_numpy(dtype=np.int64), 0)
    there = grid.spread(np.ones(len(ledger), dtype=np.bool_), False)

    @cache
    def leaves(row: int) -> dict[str, Share]:
        found = zip(criteria.criteria, points[row].tolist(), tops[row].tolist(), there[row], strict=True)
        return {leaf.id: (final, top) for leaf, final, top, applies in found if applies}

    @cache
    def groups(row: int) -> dict[str, Share]:
        own, found = leaves(row), {}
        for group, final in zip(criteria.groups, of_groups, strict=True):
            applicable = [own[leaf.id][1] for leaf in group.criteria if leaf.id in own]
            if applicable:  # a group may be for other types of unit
                known = 0 if final[row] is None else final[row]
                found[group.id] = (_plain(capped(group, known)), sum(applicable))
        return found

    row = {code: index for index, code in enumerate(grid.units)}
    return Shares(_Asked(row, groups), _Asked(row, leaves))


def _plain(points: Any) -> int | Fraction:
    """Python's own number: an exact fraction as it is, anything else as a whole number."""
    return points if isinstance(points, Fraction) else int(points)
