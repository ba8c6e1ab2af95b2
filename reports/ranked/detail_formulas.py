"""Formulas of the sheets `Chi tiết`: a group's points and applicable maximum, the total, floors missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from criteria.exact import excel_round, excel_thousandths
from criteria.model import CriteriaSet, Floor, Group
from reports.ranked.formulas import WHOLE

KPS, NOT_FOR_TYPE, FAULTY = "KPS", "–", "Lỗi"
_THOUSANDTHS = 1000 * WHOLE  # a percent in thousandths times thousandths of a point, in one point


@dataclass(frozen=True)
class GroupCells:
    """A group in a unit's row: its criteria by id, all of them, its subtotal; and their maxima."""

    group: Group
    leaves: dict[str, str]
    own: str
    subtotal: str
    leaf_tops: dict[str, str]
    tops: str
    cap: str

    @property
    def applicable(self) -> str:
        """What counts towards the unit's maximum; groups outside the scale do not."""
        return f'SUMPRODUCT(({self.own}<>"{KPS}")*({self.own}<>"{NOT_FOR_TYPE}")*{self.tops})'


def group_points(criteria: CriteriaSet, cells: GroupCells, exact: bool) -> str:
    """A group's points as they count, empty where nothing is known: no points are not zero points.

    `exact` points are rounded to the group, or kept for the total, as the decision says.
    """
    total = f"SUM({cells.own})"
    policy = criteria.policy
    if not exact or policy.points_at == "criterion":
        total = f"ROUND({total},3)"
    elif policy.points_at == "group":
        total = excel_round(total, policy.points_digits, policy.points_rounding)
    if cells.group.kind != "scale":
        total = f"MIN({total},{cells.cap})"
    return f'=IF(COUNT({cells.own})=0,"",{total})'


def total(criteria: CriteriaSet, groups: Sequence[GroupCells], top: str) -> str:
    """The scale's groups with bonus and less penalty, never below zero, held to `top` where decided."""
    policy = criteria.policy
    scale, plus, minus = (
        ",".join(cells.subtotal for cells in groups if cells.group.kind in kinds)
        for kinds in (("scale",), ("scale", "bonus"), ("penalty",))
    )
    points = f"SUM({plus})" + (f"-SUM({minus})" if minus else "")
    if policy.points_at == "criterion":
        points = f"ROUND({points},3)"
    else:
        points = excel_round(points, policy.points_digits, policy.points_rounding)
    if minus:
        points = f"MAX({points},0)"
    if policy.hold_to_scale and any(cells.group.kind == "bonus" for cells in groups):
        points = f"MIN({points},{top})"
    return f'=IF(COUNT({scale})=0,"",{points})'


def applicable(groups: Sequence[GroupCells]) -> str:
    """The unit's applicable maximum; subtotals lie in between, so maxima are added group by group."""
    return f"=ROUND({'+'.join(cells.applicable for cells in groups if cells.group.kind == 'scale')},3)"


def floor_sets(criteria: CriteriaSet) -> tuple[tuple[Floor, ...], ...]:
    """The different sets of floors that grades ask for."""
    tables = (criteria.grades, *criteria.grades_by_block.values())
    return tuple(dict.fromkeys(grade.floors for table in tables for grade in table if grade.floors))


def floors_missed(floors: Sequence[Floor], groups: Sequence[GroupCells]) -> str:
    """How many groups and criteria are under these floors; what does not apply is under none."""
    scale = [cells for cells in groups if cells.group.kind == "scale"]
    return "=" + "+".join(["0", *(term for floor in floors for term in _missed(floor, scale))])


def _missed(floor: Floor, groups: Sequence[GroupCells]) -> Iterator[str]:
    for cells in groups:
        if floor.of in ("group", cells.group.id):
            share = f"{floor.percent}*{excel_thousandths(f'({cells.applicable})')}/{_THOUSANDTHS}"
            yield f"(ROUND(N({cells.subtotal}),9)<ROUND({share},9))"
        elif floor.of == "criterion":
            yield from _leaves_missed(floor, cells.own, cells.tops)
        elif floor.of in cells.leaves:
            yield from _leaves_missed(floor, cells.leaves[floor.of], cells.leaf_tops[floor.of])


def _leaves_missed(floor: Floor, own: str, tops: str) -> Iterator[str]:
    # a text is greater than every number: KPS and – are never under a floor, a mistake always is
    yield f"SUMPRODUCT(--({own}<{floor.percent}*{excel_thousandths(tops)}/{_THOUSANDTHS}))"
    if floor.percent:
        yield f'COUNTIF({own},"{FAULTY}")'
