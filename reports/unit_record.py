"""One unit's results as plain values for a program, decimals as text."""

from __future__ import annotations

from typing import Any

from criteria.exact import plain
from reports.grade_reasons import limit_json
from reports.standing import Standing


def decimal_text(value: int | None) -> str | None:
    """Thousandths as text with a dot; None where there is no value."""
    return None if value is None else plain(value)


def unit_json(unit: Standing) -> dict[str, Any]:
    """A unit as `results.json` and `explain --json` give it."""
    return {
        "code": unit.code,
        "name": unit.name,
        "block": unit.block,
        "max": plain(unit.max),
        "self": decimal_text(unit.self),
        "appraised": decimal_text(unit.appraised),
        "final": decimal_text(unit.final),
        "percent": decimal_text(unit.percent),
        "grade_by_points": unit.grade_by_points,
        "grade": unit.grade,
        "limits": [limit_json(applied) for applied in unit.limits],
        "rank": unit.rank,
        "state": unit.state,
        "unanswered": unit.unanswered,
    }
