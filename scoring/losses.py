"""Where a unit's points went: lines that add up exactly to its maximum less its final points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import pandas as pd

from criteria.model import CriteriaSet, Group
from scoring.results import Results
from scoring.totals import group_sums

Kind: TypeAlias = Literal["lost", "bonus", "penalty", "cap", "rounding", "floor", "scale"]


@dataclass(frozen=True)
class Loss:
    """One line: points (thousandths, exact) that a unit lost; below zero where it gained.

    `lost`: short of a criterion's maximum. `bonus` and `penalty`: points outside the scale, `cap`: what
    a group's cap takes back from them. `rounding`: what rounding a group (or, without group, the total)
    took. `floor`: a total below zero counts as zero. `scale`: bonus may not lift it above the maximum.
    """

    unit: str
    group: str
    criterion: str
    kind: Kind
    points: Fraction


def losses(results: Results) -> Iterator[Loss]:
    """All lines of all units that have points, in the order of roster and decision."""
    criteria = results.criteria
    sums = group_sums(criteria, results.ledger, "final")
    by_unit = {str(code): rows for code, rows in results.ledger.groupby("unit", sort=False)}
    for unit in results.units.to_dict("records"):
        code = str(unit["code"])
        if code in by_unit and not pd.isna(unit["final"]):
            yield from _of_unit(criteria, code, by_unit[code], sums.loc[code].to_dict(), unit)


def _of_unit(
    criteria: CriteriaSet, code: str, rows: pd.DataFrame, sums: dict[Any, Any], unit: dict[Any, Any]
) -> Iterator[Loss]:
    total = Fraction(0)
    by_group: dict[str, list[tuple[str, Fraction, int]]] = {}
    columns = (rows[name] for name in ("group", "criterion", "final", "exact", "applicable"))
    for group, leaf, final, exact, top in zip(*columns, strict=True):
        points = _exactly(final if exact is None else exact)
        by_group.setdefault(group, []).append((leaf, points, int(top)))
    for group in criteria.groups:
        leaves = by_group.get(group.id, [])
        if not leaves:
            continue
        yield from _of_group(code, group, leaves)
        whole = sum((points for _, points, _ in leaves), Fraction(0))
        counted = _exactly(sums[group.id])
        sign = -1 if group.kind == "penalty" else 1
        if counted != whole:
            yield Loss(code, group.id, "", "rounding", sign * (whole - counted))
        if group.kind != "scale" and counted > group.top:
            yield Loss(code, group.id, "", "cap", sign * (counted - group.top))
            counted = Fraction(group.top)
        total += sign * counted
    yield from _of_total(criteria, code, total, int(unit["final"]), int(unit["max"]))


def _of_group(code: str, group: Group, leaves: list[tuple[str, Fraction, int]]) -> Iterator[Loss]:
    for leaf, points, top in leaves:
        if group.kind == "scale" and points != top:
            yield Loss(code, group.id, leaf, "lost", top - points)
        elif group.kind == "bonus" and points:
            yield Loss(code, group.id, leaf, "bonus", -points)
        elif group.kind == "penalty" and points:
            yield Loss(code, group.id, leaf, "penalty", points)


def _of_total(criteria: CriteriaSet, code: str, total: Fraction, final: int, top: int) -> Iterator[Loss]:
    """What happens to the sum of the groups until it is the final total."""
    if total < 0:
        yield Loss(code, "", "", "floor", total)
    elif criteria.policy.hold_to_scale and final == top < total:
        yield Loss(code, "", "", "scale", total - top)
    elif total != final:
        yield Loss(code, "", "", "rounding", total - final)


def _exactly(points: Any) -> Fraction:
    """Thousandths of a cell of a frame as a fraction; none are nothing."""
    if isinstance(points, Fraction):
        return points
    return Fraction(0) if pd.isna(points) else Fraction(int(points))
