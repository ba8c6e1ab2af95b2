"""Where a round stands: deadlines of the plan, who has sent, who is late, who is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

from tabulate import tabulate

from criteria.model import vietnamese_date
from evidence.intake import Intake
from evidence.round import Round

KIND_WORDS = {
    "plan": "kế hoạch",
    "report": "báo cáo",
    "dossier": "hồ sơ chấm điểm",
    "grading": "chấm điểm, xếp loại",
    "registration": "đăng ký",
    "assignment": "phân công",
}


def status_json(round_: Round, intake: Intake | None, today: date) -> dict[str, Any]:
    """The status of a round for a program; `intake` is None where the plan does not score.

    `days_left` counts from today to the last day on which the duty is done in time; negative once past.
    """
    blocks: list[dict[str, Any]] = []
    for block, title in round_.blocks.items():
        units = [unit for unit in round_.units if unit.block == block]
        counts: dict[str, Any] = {"block": block, "title": title, "units": len(units)}
        if intake is not None:
            counts |= {
                "received": sum(unit.code in intake.received for unit in units),
                "rejected": [unit.code for unit in units if unit.code in intake.rejected],
                "missing": intake.missing(units),
                "late": {unit.code: round_.late[unit.code] for unit in units if unit.code in round_.late},
            }
        blocks.append(counts)
    return {
        "round": round_.id,
        "year": round_.year,
        "today": today.isoformat(),
        "deadlines": [
            {
                "id": item.id,
                "kind": item.kind,
                "what": item.what,
                "last_day": item.last_day.isoformat(),
                "days_left": (item.last_day - today).days,
                "cite": ", ".join(item.cite),
            }
            for item in sorted(round_.plan.deadlines, key=lambda item: item.last_day)
        ],
        "blocks": blocks,
        "warnings": [*round_.marks, *round_.warnings],
    }


def status_text(round_: Round, intake: Intake | None, today: date) -> str:
    """The status of a round as tables for the terminal."""
    status = status_json(round_, intake, today)
    lines = [f"{round_.title} ({round_.id}), tính đến ngày {vietnamese_date(today)}", ""]
    lines.append(_deadlines(status) if status["deadlines"] else "Kế hoạch không ghi thời hạn cụ thể.")
    lines += ["", _blocks(status, scored=intake is not None)]
    lines += _names(round_, status) if intake is not None else []
    if intake is None:
        lines.append("Kế hoạch không chấm điểm: chỉ theo dõi báo cáo và thời hạn.")
    lines += [f"Lưu ý: {text}" for text in status["warnings"]]
    return "\n".join(lines)


def _names(round_: Round, status: dict[str, Any]) -> list[str]:
    """A line for each kind of unit that somebody must write to."""
    lines = []
    for key, words in (("missing", "Chưa gửi"), ("rejected", "Bị trả lại"), ("late", "Gửi chậm")):
        codes = [code for block in status["blocks"] for code in block[key]]
        if codes:
            names = (f"{round_.by_code[code].name} ({code})" for code in codes)
            lines.append(f"{words}: {', '.join(names)}.")
    coming = [item for item in status["deadlines"] if item["days_left"] >= 0]
    if coming:
        day = vietnamese_date(date.fromisoformat(coming[0]["last_day"]))
        lines.append(f"Thời hạn sắp tới: {coming[0]['what']}, hết ngày {day}.")
    return lines


def _deadlines(status: dict[str, Any]) -> str:
    rows = []
    for item in status["deadlines"]:
        left = item["days_left"]
        when = f"còn {left} ngày" if left > 0 else "hôm nay" if left == 0 else f"đã qua {-left} ngày"
        day = vietnamese_date(date.fromisoformat(item["last_day"]))
        rows.append((KIND_WORDS[item["kind"]], item["what"], day, when, item["cite"]))
    heads = ["Loại", "Việc", "Hết ngày", "", "Mục của kế hoạch"]
    widths = [16, 50, 12, 18, 24]
    return tabulate(rows, heads, tablefmt="simple_grid", maxcolwidths=widths, disable_numparse=True)


def _blocks(status: dict[str, Any], *, scored: bool) -> str:
    heads = ["Khối", "Số đơn vị"]
    if scored:
        heads += ["Đã nhận", "Trả lại", "Gửi chậm", "Chưa gửi"]
    rows = []
    for block in status["blocks"]:
        row = [block["title"], block["units"]]
        if scored:
            row += [block["received"], len(block["rejected"]), len(block["late"]), len(block["missing"])]
        rows.append(row)
    return tabulate(rows, heads, tablefmt="simple_grid", maxcolwidths=[44, *[None] * 5])
