"""Where a unit's points went: lines that add up exactly to its maximum less its final points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from criteria.exact import round_fraction
from criteria.model import CriteriaSet, Group
from scoring.columns import plain, rows_by
from scoring.results import Results
from scoring.totals import group_sums

Kind: TypeAlias = Literal["lost", "bonus", "penalty", "cap", "rounding", "floor", "scale"]
Exactly: TypeAlias = int | Fraction  # thousandths; whole ones, which are nearly all, as Python's own


@dataclass(frozen=True, slots=True)
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
    points: Exactly


def losses(results: Results) -> Iterator[Loss]:
    """All lines of all units that have points, in the order of roster and decision."""
    criteria = results.criteria
    rows = rows_by(results.ledger["unit"])
    columns = [plain(results.ledger[name]) for name in _LEDGER]
    table = group_sums(criteria, results.ledger, "final").reindex(list(results.units["code"]))
    sums = {str(group): plain(table[group]) for group in table.columns}
    units = (plain(results.units[name]) for name in ("code", "final", "max"))
    for at, (code, final, top) in enumerate(zip(*units, strict=True)):
        if code in rows and final is not None:
            own = ([column[row] for column in columns] for row in rows[code])
            counted = {group: known[at] for group, known in sums.items()}
            yield from _of_unit(criteria, code, own, counted, final, top)


def dearest_criteria(found: Iterable[Loss]) -> list[tuple[str, int]]:
    """What each criterion cost over all units (thousandths), the dearest first.

    Summed exactly and rounded once, half up, so that every print shows the same figure.
    """
    sums: dict[str, Fraction] = {}
    for loss in found:
        if loss.kind == "lost":
            sums[loss.criterion] = sums.get(loss.criterion, Fraction(0)) + loss.points
    dearest = sorted(sums.items(), key=lambda item: -item[1])
    return [(id_, round_fraction(points, 3, "half_up")) for id_, points in dearest]


_LEDGER = ("group", "criterion", "final", "exact", "applicable")


def _of_unit(
    criteria: CriteriaSet,
    code: str,
    rows: Iterable[Sequence[Any]],
    sums: Mapping[str, Any],
    final: int,
    top: int,
) -> Iterator[Loss]:
    """The lines of one unit; `rows` hold _LEDGER of its criteria, `sums` the points of its groups."""
    total: Exactly = 0
    by_group: dict[str, list[tuple[str, Exactly, int]]] = {}
    for group_id, leaf, points, exact, applicable in rows:
        counts = points if exact is None else exact
        by_group.setdefault(group_id, []).append((leaf, counts or 0, applicable))
    for group in criteria.groups:
        leaves = by_group.get(group.id, [])
        if not leaves:
            continue
        yield from _of_group(code, group, leaves)
        whole = sum(points for _, points, _ in leaves)
        counted = sums[group.id] or 0
        sign = -1 if group.kind == "penalty" else 1
        if counted != whole:
            yield Loss(code, group.id, "", "rounding", _least(sign * (whole - counted)))
        if group.kind != "scale" and counted > group.top:
            yield Loss(code, group.id, "", "cap", _least(sign * (counted - group.top)))
            counted = group.top
        total += sign * counted
    yield from _of_total(criteria, code, total, final, top)


def _of_group(code: str, group: Group, leaves: Sequence[tuple[str, Exactly, int]]) -> Iterator[Loss]:
    for leaf, points, top in leaves:
        if group.kind == "scale" and points != top:
            yield Loss(code, group.id, leaf, "lost", _least(top - points))
        elif group.kind == "bonus" and points:
            yield Loss(code, group.id, leaf, "bonus", _least(-points))
        elif group.kind == "penalty" and points:
            yield Loss(code, group.id, leaf, "penalty", _least(points))


def _of_total(criteria: CriteriaSet, code: str, total: Exactly, final: int, top: int) -> Iterator[Loss]:
    """What happens to the sum of the groups until it is the final total."""
    if total < 0:
        yield Loss(code, "", "", "floor", _least(total))
    elif criteria.policy.hold_to_scale and final == top < total:
        yield Loss(code, "", "", "scale", _least(total - top))
    elif total != final:
        yield Loss(code, "", "", "rounding", _least(total - final))


def _least(points: Exactly) -> Exactly:
    """The same points, whole ones as Python's own: half a million fractions would fill the memory."""
    return points.numerator if points.denominator == 1 else points
