"""The ranking and the explanation of a unit's points, as text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from tabulate import tabulate

from criteria.exact import vietnamese
from evidence.round import Round
from reports.explanation import explain_json, explain_text
from reports.grade_reasons import limit_line
from reports.ranked.detail import kinds_shown
from reports.ranked.quotas_part import proposal_lines
from reports.standing import Standing, in_rank_order, limits_shown, standings
from reports.target_words import target_line
from reports.wording import (
    block_summary,
    decimals,
    sentences_for_every_sheet,
    subject,
    unit_note,
    upper_first,
)
from scoring.results import Results

__all__ = ["explain_json", "explain_text", "ranking_tables"]

_HEADS = {
    "rank": "Hạng",
    "code": "Mã",
    "name": "Đơn vị",
    "max": "Tối đa",
    "self": "Tự chấm",
    "appraised": "Thẩm định",
    "final": "Cuối cùng",
    "percent": "Tỷ lệ %",
    "grade_by_points": "Theo điểm",
    "grade": "Xếp loại",
    "note": "Ghi chú",
}
_LEFT = {"code", "name", "grade_by_points", "grade", "note"}


def ranking_tables(round_: Round, results: Results) -> str:
    """The ranking of each block, its grades and mean, and the plan's targets."""
    parts = [subject(round_)]
    parts += [f"! {text}" for text in (*sentences_for_every_sheet(round_, results), *round_.warnings)]
    for block, units in in_rank_order(results).items():
        parts.append(
            f"\n{round_.block_line(block)} ({len(units)} đơn vị)\n{_table(results, units)}\n"
            f"{upper_first(block_summary(results, block, units))}"
        )
    names = dict(zip(results.units["code"], results.units["name"], strict=True))
    parts += ["", *(limit_line(item, unit.name) for unit in standings(results) for item in unit.limits)]
    parts += [line for proposal in results.proposals for line in proposal_lines(round_, proposal, names)]
    parts += [target_line(results.criteria, attained, names) for attained in results.targets]
    return "\n".join(parts).rstrip()


def _table(results: Results, units: Sequence[Standing]) -> str:
    shown = kinds_shown(results)
    keys = [
        key
        for key in _HEADS
        if (key not in ("self", "appraised") or key in shown)
        and (key != "grade" or results.criteria.labels)
        and (key != "grade_by_points" or limits_shown(results))
        and (key != "note" or any(unit_note(unit) for unit in units))
    ]
    digits = decimals([unit.final for unit in units])
    return tabulate(
        [[_cell(results, unit, key, digits) for key in keys] for unit in units],
        headers=[_HEADS[key] for key in keys],
        colalign=["left" if key in _LEFT else "right" for key in keys],
        disable_numparse=True,
    )


def _cell(results: Results, unit: Standing, key: str, digits: int) -> str:
    if key == "note":
        return unit_note(unit)
    value = getattr(unit, key)
    if value is None:
        return ""
    if key == "percent":
        return vietnamese(value, results.criteria.policy.percent_digits)
    if key in ("self", "appraised", "final"):
        return vietnamese(value, digits)
    return vietnamese(value) if key == "max" else str(value)
