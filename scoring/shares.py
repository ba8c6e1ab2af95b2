"""Final points and applicable maxima of each unit's groups and criteria, to hold conditions against."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from criteria.model import CriteriaSet
from scoring.columns import plain
from scoring.totals import capped, group_sums

WHOLE = 100_000  # thousandths of a percent in the whole


@dataclass(frozen=True)
class Shares:
    """(final, applicable) in thousandths, by unit and by id of a group or criterion."""

    groups: dict[str, dict[str, tuple[int | Fraction, int]]]
    criteria: dict[str, dict[str, tuple[int | Fraction, int]]]

    def below(self, unit: str, id_: str, percent: int) -> bool | None:
        """Whether a group or criterion is under a share (thousandths of a percent).

        None where nothing of it applies to the unit.
        """
        final, applicable = self.groups[unit].get(id_) or self.criteria[unit].get(id_) or (0, 0)
        return None if applicable == 0 else final * WHOLE < percent * applicable

    def points(self, unit: str, id_: str) -> int | Fraction:
        """Final points (thousandths) of a group or criterion; 0 where there are none."""
        return (self.groups[unit].get(id_) or self.criteria[unit].get(id_) or (0, 0))[0]


def shares_of(criteria: CriteriaSet, ledger: pd.DataFrame) -> Shares:
    """Shares of every unit in the ledger."""
    finals = group_sums(criteria, ledger, "final")
    tops = ledger.groupby(["unit", "group"], sort=False)["applicable"].sum()
    groups: dict[str, dict[str, tuple[int | Fraction, int]]] = {str(unit): {} for unit in finals.index}
    present = set(tops.index.get_level_values("group"))  # a group may be for types that nobody has here
    for group in (group for group in criteria.groups if group.id in present):
        known = finals[group.id].where(finals[group.id].notna(), 0)
        top = tops.xs(group.id, level="group")
        for unit, applicable in zip(top.index, top, strict=True):
            groups[str(unit)][group.id] = (_plain(capped(group, known[unit])), int(applicable))
    leaves: dict[str, dict[str, tuple[int | Fraction, int]]] = {unit: {} for unit in groups}
    columns = (plain(ledger[name]) for name in ("unit", "criterion", "final", "exact", "applicable"))
    for unit, leaf, final, exact, top in zip(*columns, strict=True):
        points = 0 if final is None else final if exact is None else exact
        leaves[unit][leaf] = (points, top)
    return Shares(groups, leaves)


def _plain(points: Any) -> int | Fraction:
    """Python's own number: an exact fraction as it is, anything else as a whole number."""
    return points if isinstance(points, Fraction) else int(points)
