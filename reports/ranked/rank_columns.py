"""Columns beside the ranking, not printed: what units are ranked on and what breaks their ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from criteria.model import CriteriaSet
from reports.standing import Standing
from scoring.results import Results
from scoring.shares import shares_of


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

    def headings(self) -> dict[str, str]:
        """Heading of each column by its key, in the order in which they stand."""
        policy = self.criteria.policy
        found = {"share": "tỷ lệ chính xác"}
        if policy.break_by or policy.ties == "dense":
            found["key"] = "số để xếp hạng"
        for name, id_ in zip(self.breaks, policy.break_by, strict=True):
            noun = "nhóm" if name.startswith("group") else "tiêu chí"
            found[name] = f"điểm {noun} {id_}, xét khi bằng nhau"
        if policy.break_by and policy.ties == "dense":
            found["place"] = "số đơn vị xếp trên, âm"
        return {key: f"Cột phụ, không in: {text}" for key, text in found.items()}


def break_points(results: Results) -> dict[str, tuple[float, ...]]:
    """Points of each unit that break ties, in the decision's order, as the cells hold them."""
    ids = results.criteria.policy.break_by
    if not ids:
        return {}
    shares = shares_of(results.criteria, results.ledger)
    found = {}
    for code in results.units["code"]:
        points = []
        for id_ in ids:
            # a group outside the scale is capped in the shares already
            points.append(round(float(Fraction(shares.points(code, id_)) / 1000), 9))
        found[code] = tuple(points)
    return found


def places_taken(units: Sequence[Standing]) -> Mapping[str, int]:
    """How many units of a block stand above each, negative, so that more is better."""
    ranked = [unit.rank for unit in units if unit.rank is not None]
    return {unit.code: -sum(unit.rank is None or rank < unit.rank for rank in ranked) for unit in units}
