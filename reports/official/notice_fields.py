"""The fields of a unit's notice: its points by group, each lost point with its reason, limits, advice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Group
from evidence.round import Round
from reports.decision_words import group_title
from reports.grade_reasons import above_line
from reports.lost_points import Adjustment, lost_points, short_basis
from reports.official.result_fields import (
    NOTHING,
    basis_fields,
    limit_fields,
    point_digits,
    points_text,
    unit_fields,
)
from reports.standing import Standing, standings
from reports.vietnamese import points_in_words
from scoring.results import Results
from scoring.totals import capped, group_sums
from scoring.trace import Step, next_grade

_KINDS = {"tu_cham": "self", "tham_dinh": "appraised", "diem": "final"}


class Notices:
    """What the notices of a round share, computed once: sums of groups, sizes of blocks."""

    def __init__(self, round_: Round, results: Results) -> None:
        """Takes the round and its results; a frame of sums a kind of points."""
        self.round = round_
        self.results = results
        units = standings(results)
        self.units = {unit.code: unit for unit in units}
        self.digits = point_digits(units)
        criteria = results.criteria
        self._sums = {kind: group_sums(criteria, results.ledger, kind) for kind in _KINDS.values()}
        self._tops = results.ledger.groupby(["unit", "group"], sort=False)["applicable"].sum()

    def fields(self, code: str, steps: Sequence[Step], advice: Sequence[str] | None) -> dict[str, Any]:
        """Fields of NOTICE for a unit by its trace; without `advice`, what the next grade lacks."""
        unit, criteria = self.units[code], self.results.criteria
        lost = lost_points(criteria, unit, steps)
        return {
            "don_vi": unit_fields(criteria, unit, self.digits),
            "khoi": self.round.blocks[unit.block].removeprefix("Khối "),  # after “khối” in the sentence
            "so_don_vi_khoi": str(sum(other.block == unit.block for other in self.units.values())),
            "diem_chu": NOTHING if unit.final is None else points_in_words(unit.final),
            "co_diem": unit.final is not None,
            "nhom": [self._group(unit, group) for group in criteria.groups if self._holds(unit, group)],
            "diem_mat": [_lost(criteria, step) for step in lost.steps],
            "dieu_chinh": [_adjusted(item) for item in lost.adjustments],
            "tong_mat": NOTHING if unit.final is None else vietnamese(lost.total),
            "khong_che": [limit_fields(unit, item) for item in unit.limits],
            # the template puts a dash before each
            "goi_y": [
                line.strip().removeprefix("- ")
                for line in (advice if advice is not None else self._advice(unit))
            ],
            **basis_fields(self.round),
        }

    def _holds(self, unit: Standing, group: Group) -> bool:
        return (unit.code, group.id) in self._tops.index

    def _group(self, unit: Standing, group: Group) -> dict[str, str]:
        top = int(self._tops[unit.code, group.id])
        points = {
            field: _group_points(group, self._sums[kind].at[unit.code, group.id], self.digits)
            for field, kind in _KINDS.items()
        }
        return {
            "ma": group.id,
            "ten": group_title(group),
            "toi_da": vietnamese(top) if group.kind == "scale" else NOTHING,
            **points,
        }

    def _advice(self, unit: Standing) -> Iterator[str]:
        above = next_grade(self.results, unit.code)
        if above:
            yield above_line(self.results, unit, above)


def _group_points(group: Group, value: Any, digits: int) -> str:
    """A group's points as they count; an exact third is told as what it nearly is."""
    if pd.isna(value):
        return NOTHING
    exact = Fraction(capped(group, value))
    nearest = vietnamese(round(exact), digits)
    return nearest if exact.denominator == 1 else f"khoảng {nearest}"


def _adjusted(item: Adjustment) -> dict[str, str]:
    word = "mất" if item.lost > 0 else "được thêm"
    return {"noi_dung": item.text, "ket_qua": f"{word} {vietnamese(abs(item.lost))} điểm"}


def _lost(criteria: CriteriaSet, step: Step) -> dict[str, str]:
    return {
        "ma": step.criterion.id,
        "ten": step.criterion.title,
        "toi_da": vietnamese(step.applicable),
        "diem": points_text(step.final),
        "mat": vietnamese(step.lost),
        "ly_do": _reason(step),
        "can_cu": short_basis(criteria, step.criterion.cite) or "chưa ghi",
    }


def _reason(step: Step) -> str:
    """Why points are short: the rule applied, what was granted of what was claimed, the judges' words."""
    told = [step.sentence]
    if step.appraised is not None and step.self is not None and step.appraised != step.self:
        told.append(f"thẩm định {points_text(step.appraised)}, tự chấm {points_text(step.self)}")
    # a trace that knows who judged tells it, the last word last
    for judged in getattr(step, "history", ()):
        if judged.reason:
            by = f" ({judged.by})" if judged.by else ""
            told.append(f"lý do{by}: {judged.reason}")
    return "; ".join(told)
