"""Units as reports show them: plain values instead of a frame's rows, by block and in rank order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from scoring.limits import AppliedLimit
from scoring.results import Results


@dataclass(frozen=True)
class Standing:
    """Where a unit stands; points and percent in thousandths, None where not known."""

    code: str
    name: str
    type: str
    block: str
    max: int
    self: int | None
    appraised: int | None
    final: int | None
    percent: int | None
    grade_by_points: str | None
    grade: str | None
    rank: int | None
    state: str
    unanswered: int
    limits: tuple[AppliedLimit, ...]

    @property
    def limited(self) -> bool:
        """Whether anything beside its points speaks on the unit's grade; consequences do not."""
        return any(applied.limit.act != "consequence" for applied in self.limits)


_NUMBERS = ("self", "appraised", "final", "percent", "rank")
_GRADES = ("grade_by_points", "grade")


def standings(results: Results) -> tuple[Standing, ...]:
    """All units, in the order of the roster."""
    return tuple(
        _standing(row, results.limits.get(str(row["code"]), ())) for row in results.units.to_dict("records")
    )


def limits_shown(results: Results) -> bool:
    """Whether the final grade stands beside the grade by points: any unit's is spoken on by a limit."""
    return any(unit.limited for unit in standings(results))


def grade_counts(results: Results, block: str, units: Sequence[Standing]) -> dict[str, int]:
    """Units of each of the block's grades, then of whatever else stands in a grade's place."""
    labels = [grade.label for grade in results.criteria.grades_of(block)]
    found = [unit.grade for unit in units if unit.grade is not None]
    return {label: found.count(label) for label in (*labels, *found)}


def in_rank_order(results: Results) -> dict[str, tuple[Standing, ...]]:
    """Units of each block by rank, then roster; those without a rank last."""
    blocks: dict[str, list[Standing]] = {}
    for unit in standings(results):
        blocks.setdefault(unit.block, []).append(unit)
    return {
        block: tuple(sorted(units, key=lambda unit: (unit.rank is None, unit.rank or 0)))
        for block, units in blocks.items()
    }


def whole(value: Any) -> int | None:
    """Python's whole number of a cell of a frame; None where the frame has nothing."""
    return None if pd.isna(value) else int(value)


def _standing(row: dict[Any, Any], limits: tuple[AppliedLimit, ...]) -> Standing:
    values = {str(key): value for key, value in row.items()}
    values |= {name: whole(values[name]) for name in _NUMBERS}
    values |= {name: values[name] if isinstance(values[name], str) else None for name in _GRADES}
    return Standing(**values, limits=limits)
