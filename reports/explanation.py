"""Why a unit has these points and this grade: the trace as text, and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

import pandas as pd

from criteria.exact import plain, vietnamese
from criteria.model import Group
from evidence.round import Round
from reports.advice import advice_json, advice_lines
from reports.decision_words import group_title
from reports.grade_reasons import above_line, grade_lines
from reports.standing import Standing, in_rank_order, standings
from reports.step_words import claim_lines, dossier_lines, history_lines
from reports.unit_record import decimal_text, unit_json
from reports.wording import lower_first, percent_text, sentences_for_every_sheet, unit_note
from scoring.distance import Advice
from scoring.results import Results
from scoring.totals import capped, group_sums
from scoring.trace import Judgement, NextGrade, Step

_NOTHING = {
    "blank": "chưa kê khai",
    "faulty": "số liệu có lỗi",
    "not_sent": "chưa gửi hồ sơ",
    "not_applicable": "KPS",
    "answered": "chưa có điểm",
}


def explain_text(
    round_: Round,
    results: Results,
    unit_code: str,
    steps: Sequence[Step],
    next_grade: NextGrade | None,
    advice: Advice | None = None,
) -> str:
    """The explanation of a unit, criterion by criterion; raises KeyError for an unknown code."""
    unit = _unit(results, unit_code)
    lines = [f"{unit.name} ({unit.code}), {lower_first(round_.block_line(unit.block))}"]
    lines += [f"! {text}" for text in sentences_for_every_sheet(round_, results)]
    lines += dossier_lines(round_, unit.code, steps)
    groups = results.criteria.group_by_id
    sums = group_sums(results.criteria, _own_ledger(results, unit_code), "final")
    for id_, own in groupby(steps, key=lambda step: step.criterion.group):
        of_group = list(own)
        lines += [
            "",
            f"Nhóm {id_}. {group_title(groups[id_])}: {_group_points(groups[id_], of_group, sums)}",
        ]
        for step in of_group:
            lines += _step_lines(step)
    lines += ["", *_closing(results, unit, next_grade)]
    lines += advice_lines(advice) if advice else ()
    return "\n".join(lines)


def explain_json(
    round_: Round,
    results: Results,
    unit_code: str,
    steps: Sequence[Step],
    next_grade: NextGrade | None,
    advice: Advice | None = None,
) -> dict[str, Any]:
    """The same as plain values, decimals as text; raises KeyError for an unknown code."""
    unit = _unit(results, unit_code)
    return {
        "round": round_.id,
        "unit": unit_json(unit),
        "criteria": [_step_json(step) for step in steps],
        "next_grade": next_grade
        and {"label": next_grade.label, "missing": plain(max(next_grade.missing, 0))},
        "advice": advice_json(advice),
        "warnings": list(sentences_for_every_sheet(round_, results)),
    }


def _unit(results: Results, code: str) -> Standing:
    return {unit.code: unit for unit in standings(results)}[code]


def _own_ledger(results: Results, code: str) -> pd.DataFrame:
    return results.ledger[results.ledger["unit"] == code]


def _group_points(group: Group, steps: Sequence[Step], sums: pd.DataFrame) -> str:
    """What a group comes to, as it counts, of what it could."""
    points: Any = sums[group.id].iloc[0] if len(sums) else None
    top = group.top if group.kind != "scale" else sum(step.applicable for step in steps)
    if pd.isna(points):
        return f"–/{vietnamese(top)} điểm"
    exact = Fraction(capped(group, points))
    nearest = vietnamese(round(exact))
    return f"{nearest if exact.denominator == 1 else f'khoảng {nearest}'}/{vietnamese(top)} điểm"


def _step_lines(step: Step) -> Iterator[str]:
    leaf = step.criterion
    points = _NOTHING[step.status] if step.final is None else f"{vietnamese(step.final)}"
    lost = f", mất {vietnamese(step.lost)}" if step.final is not None and step.lost > 0 else ""
    out_of = "" if step.status == "not_applicable" and step.final is None else f"/{vietnamese(leaf.top)}"
    yield f"  {leaf.id} {leaf.title}: {points}{out_of}{lost}"
    told = (*claim_lines(step), f"Lý do: {step.sentence}", *history_lines(step))
    yield from (f"      {line}" for line in told)
    yield f"      Quy tắc: {step.rule}"
    yield f"      Căn cứ: {step.basis}"


def _judgement_json(said: Judgement) -> dict[str, Any]:
    texts = ("by", "reason", "document", "file", "sheet", "cell")
    return {
        "stage": said.stage,
        "points": decimal_text(said.points),
        "on": said.on.isoformat() if said.on else None,
        **{name: getattr(said, name) for name in texts},
    }


def _closing(results: Results, unit: Standing, above: NextGrade | None) -> Iterator[str]:
    note = unit_note(unit)
    if note:
        yield f"Tình trạng: {note}"
    if unit.final is None or unit.percent is None:
        yield "Chưa có điểm nên chưa xếp hạng" + (", chưa xếp loại." if unit.grade is None else ".")
        if unit.limits:
            yield from grade_lines(unit)
        return
    claims = [
        f"{word} {vietnamese(value)}"
        for word, value in (("tự chấm", unit.self), ("thẩm định", unit.appraised))
        if value is not None
    ]
    percent = percent_text(unit.percent, results.criteria.policy.percent_digits)
    size = len(in_rank_order(results)[unit.block])
    yield (
        f"Tổng điểm: {vietnamese(unit.final)}/{vietnamese(unit.max)} điểm tối đa áp dụng ({percent}; "
        f"{', '.join(claims)}); hạng {unit.rank}/{size} của khối"
    )
    if results.criteria.grades_of(unit.block):
        yield from grade_lines(unit)
    if above:
        yield above_line(results, unit, above)


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "id": step.criterion.id,
        "title": step.criterion.title,
        "group": step.criterion.group,
        "status": step.status,
        "inputs": [{"label": fact.label, "value": fact.value, "cell": fact.cell} for fact in step.facts],
        "file": step.file,
        "sheet": step.sheet,
        "rule": step.rule,
        "reason": step.sentence,
        "explanation": step.explanation,
        "max": plain(step.criterion.top),
        "applicable": plain(step.applicable),
        "self": decimal_text(step.self),
        "appraised": decimal_text(step.appraised),
        "decided": decimal_text(step.decided),
        "final": decimal_text(step.final),
        "history": [_judgement_json(said) for said in step.history],
        "lost": plain(step.lost),
        "basis": step.basis,
    }
