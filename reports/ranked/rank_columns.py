"""Columns beside the ranking, not printed: what units are ranked on and what breaks their ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from criteria.model import CriteriaSet
from reports.standing import Standing
from scoring.results import Results
from scoring.shares import shares_of, tie_breaks
from scoring.totals import takes_off


@dataclass(frozen=True)
class RankColumns:
    """The helper columns of a decision: `share` always; `key`, the breaks and `place` where needed."""

    criteria: CriteriaSet

    @property
    def measure(self) -> str:
        """The column that ranks."""
        if self.criteria.policy.rank_on == "rounded":
            return "percent"
        return "final" if self.criteria.policy.grade_on == "points" else "share"

    @property
    def breaks(self) -> tuple[str, ...]:
        """Name of the detail sheet's column of each tie-break, in order."""
        groups = self.criteria.group_by_id
        ids = self.criteria.policy.break_by
        return tuple(f"{'group' if id_ in groups else 'criterion'} {id_}" for id_ in ids)

    @property
    def signs(self) -> tuple[str, ...]:
        """The sign before the points of each tie-break: points that are taken off rank the other way."""
        return tuple("-" if takes_off(self.criteria, id_) else "" for id_ in self.criteria.policy.break_by)

    def headings(self) -> dict[str, str]:
        """Heading of each column by its key, in the order in which they stand."""
        policy = self.criteria.policy
        found = {"share": "tỷ lệ chính xác"}
        if policy.break_by or policy.ties == "dense":
            found["key"] = "số để xếp hạng"
        for name, sign, id_ in zip(self.breaks, self.signs, policy.break_by, strict=True):
            noun = "nhóm" if name.startswith("group") else "tiêu chí"
            found[name] = f"điểm {noun} {id_}, xét khi bằng nhau" + (", điểm trừ ghi số âm" if sign else "")
        if policy.break_by and policy.ties == "dense":
            found["place"] = "số đơn vị xếp trên, âm"
        return {key: f"Cột phụ, không in: {text}" for key, text in found.items()}


def break_points(results: Results) -> dict[str, tuple[float, ...]]:
    """Points of each unit that break ties, in the decision's order, as the cells hold them."""
    criteria = results.criteria
    if not criteria.policy.break_by:
        return {}
    shares = shares_of(criteria, results.ledger)  # a group outside the scale is capped in them already
    return {
        code: tuple(round(float(points / 1000), 9) for points in tie_breaks(criteria, shares, code))
        for code in results.units["code"]
    }


def places_taken(units: Sequence[Standing]) -> Mapping[str, int]:
    """How many units of a block stand above each, negative, so that more is better."""
    ranked = [unit.rank for unit in units if unit.rank is not None]
    return {unit.code: -sum(unit.rank is None or rank < unit.rank for rank in ranked) for unit in units}
