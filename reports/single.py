"""What one form comes to and what is wrong with it, for the unit that checks itself."""

from __future__ import annotations

from collections import Counter
from typing import Any

from criteria.exact import plain, vietnamese
from evidence.single_file import Checked
from evidence.summary import counts_text, problems_table, visible
from reports.known import circumstances
from reports.standing import Standing, standings
from scoring.results import score


def single_json(checked: Checked) -> dict[str, Any]:
    """The check of one form as `check --json` gives it for a round, with what the form comes to."""
    points = _standing(checked)
    return {
        "received": sorted(checked.intake.received),
        "missing": [],
        "problems": [item.to_json() for item in checked.problems],
        "warnings": [*checked.round_.marks, *checked.round_.warnings],
        "points": {
            "self": None if points.self is None else plain(points.self),
            "max": plain(points.max),
            "percent": None if points.percent is None else plain(points.percent),
            "grade_by_points": points.grade_by_points,
            "unanswered": points.unanswered,
        },
    }


def single_text(checked: Checked, *, full: bool = False) -> str:
    """The check of one form for the terminal: whose it is, what is wrong, what it comes to so far."""
    round_, unit = checked.round_, checked.unit
    counts = Counter(item.severity for item in checked.problems)
    lines = [
        *(f"! {text}" for text in round_.marks),
        f"Biểu mẫu của {unit.name} ({unit.code}), năm {round_.year}: {counts_text(counts)}.",
    ]
    if checked.problems:
        lines.append(problems_table(round_, checked.problems, full=full))
    lines.append(_points_line(checked))
    return "\n".join(map(visible, lines))


def _points_line(checked: Checked) -> str:
    points = _standing(checked)
    if points.self is None:
        return "Chưa tính được điểm: chưa có tiêu chí nào kê khai đúng."
    digits = checked.round_.criteria.policy.percent_digits
    said = f"Điểm tự chấm: {vietnamese(points.self)}/{vietnamese(points.max)}"
    if points.percent is not None:
        said += f"; tỷ lệ: {vietnamese(points.percent, digits)}%"
    if points.grade_by_points:
        said += f"; xếp loại tạm tính theo điểm tự chấm: {points.grade_by_points}"
    given_later = _given_later(checked)
    if own := points.unanswered - given_later:
        said += f". Còn {own} tiêu chí chưa có điểm vì chưa kê khai hoặc kê khai sai"
    if given_later:
        said += f". {given_later} tiêu chí do cơ quan chủ trì nhập kết quả nên ở đây chưa có điểm"
    return f"{said}."


def _given_later(checked: Checked) -> int:
    """How many criteria have no points here because others bring them: results made elsewhere."""
    leaves = {leaf.id: leaf for leaf in checked.round_.criteria.applying(checked.unit.type)}
    answers = checked.intake.answers
    told = zip(answers["criterion"], answers["state"], strict=True)
    return sum(state == "blank" and any(i.table for i in leaves[id_].rule.inputs) for id_, state in told)


def _standing(checked: Checked) -> Standing:
    """Points and grade of the one unit, by what it claims."""
    round_, intake = checked.round_, checked.intake
    known = circumstances(round_, intake)
    results = score(round_.criteria, round_.plan, round_.units, intake.answers, intake.rejected, known)
    return standings(results)[0]
