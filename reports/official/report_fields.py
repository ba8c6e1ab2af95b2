"""The fields of the half-year and yearly reports that come from the plan: deadlines, tasks."""

from __future__ import annotations

from typing import Any

from evidence.round import Round
from reports.vietnamese import official_date


def report_fields(round_: Round) -> dict[str, Any]:
    """Fields of REPORT, in the order of the plan."""
    plan = round_.plan
    return {
        "thoi_han": [
            {
                "noi_dung": item.what,
                "thoi_han": f"{'chậm nhất' if item.inclusive else 'trước'} {official_date(item.day)}",
                "co_quan": item.who,
            }
            for item in plan.deadlines
        ],
        "nhiem_vu": [f"{duty.who}: {duty.what}" for duty in plan.duties],
    }
