"""What the page shows, as plain values: rankings by block, targets, a unit's own page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from criteria.exact import vietnamese
from evidence.round import Round
from reports.comparison.previous import HEADING
from reports.decision_words import group_title
from reports.grade_reasons import grade_lines
from reports.ranked.detail import kinds_shown
from reports.standing import Standing, limits_shown, standings
from reports.step_words import claim_lines, dossier_lines, history_lines
from reports.target_words import target_line
from reports.wording import decimals, percent_text, unit_note
from scoring.results import Results
from scoring.trace import Step

_NUMBERS = ("rank", "max", "self", "appraised", "final", "percent")
_HEADS = {
    "rank": "Hạng",
    "code": "Mã đơn vị",
    "name": "Đơn vị",
    "max": "Điểm tối đa áp dụng",
    "self": "Điểm tự chấm",
    "appraised": "Điểm thẩm định",
    "final": "Điểm cuối cùng",
    "percent": "Tỷ lệ (%)",
    "grade_by_points": "Xếp loại theo điểm",
    "grade": "Xếp loại",
    "change": HEADING,
    "note": "Ghi chú",
}
STEP_HEADS = (
    ("Mã", ""),
    ("Tiêu chí", ""),
    ("Tối đa", "number"),
    ("Tự chấm", "number"),
    ("Thẩm định", "number"),
    ("Cuối cùng", "number"),
    ("Mất", "number"),
    ("Vì sao", ""),
)
_NOTHING = {"not_applicable": "KPS"}
_VERDICTS = {True: ("met", "Đạt."), False: ("missed", "Chưa đạt."), None: ("open", "Chưa tính.")}


@dataclass(frozen=True)
class Column:
    """A column of the ranking."""

    key: str
    heading: str

    @property
    def number(self) -> bool:
        """Whether it holds figures."""
        return self.key in _NUMBERS


@dataclass(frozen=True)
class Cell:
    """A cell of the ranking: its text, and for a figure the exact whole number to sort by."""

    text: str
    value: int | None = None
    number: bool = False
    link: bool = False


def anchor(code: str) -> str:
    """The fragment of a unit's page: the code with what a fragment may not hold written as hex."""
    kept = (char if char.isascii() and char.isalnum() else f"_{ord(char):x}_" for char in code)
    return f"dv-{''.join(kept)}"


def columns(results: Results, compared: bool = False) -> list[Column]:
    """The columns that have content, as the ranked workbook shows them.

    `compared`: whether units are held against the round before.
    """
    shown = kinds_shown(results)
    hidden = {kind for kind in ("self", "appraised") if kind not in shown}
    hidden |= set() if results.criteria.labels else {"grade"}
    hidden |= set() if limits_shown(results) else {"grade_by_points"}
    hidden |= set() if compared else {"change"}
    return [Column(key, heading) for key, heading in _HEADS.items() if key not in hidden]


def ranking_rows(
    results: Results, units: Sequence[Standing], shown: Sequence[Column], changes: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """A row for each unit of a block; `changes` since the round before, by unit."""
    digits = decimals([unit.final for unit in standings(results)])
    for unit in units:
        yield {
            "code": unit.code,
            "anchor": anchor(unit.code),
            "grade": unit.grade or "",
            "cells": [
                Cell(changes[unit.code]) if column.key == "change" else _cell(results, unit, column, digits)
                for column in shown
            ],
        }


def _cell(results: Results, unit: Standing, column: Column, digits: int) -> Cell:
    key = column.key
    if key == "note":
        return Cell(unit_note(unit))
    value = getattr(unit, key)
    if value is None:
        return Cell("", number=column.number)
    if key == "percent":
        text = vietnamese(value, results.criteria.policy.percent_digits)
        # units rank on the exact share: what two decimals make equal is still sorted rightly
        exact = (unit.final or 0) * 10**12 // unit.max if unit.max else 0
        return Cell(text, exact, True)
    if key in _NUMBERS:
        kept = {"self": digits, "appraised": digits, "final": digits}.get(key)
        text = vietnamese(value) if kept is None else vietnamese(value, kept)
        text = str(value) if key == "rank" else text
        return Cell(text, value, True)
    return Cell(str(value), link=key == "name")


def targets(results: Results) -> Iterator[dict[str, str]]:
    """Each target, what is reached of it and whether it is met."""
    names = dict(zip(results.units["code"], results.units["name"], strict=True))
    for attained in results.targets:
        state, verdict = _VERDICTS[attained.met]
        text = target_line(results.criteria, attained, names).removeprefix("Chỉ tiêu: ")
        yield {"state": state, "verdict": verdict, "text": text}


def shared_data(results: Results) -> str:
    """What all units' pages share, as JSON safe inside a script element."""
    criteria = results.criteria
    leaves = [
        {
            "id": leaf.id,
            "title": leaf.title,
            "group": leaf.group,
            "basis": [f"Quy tắc: {leaf.how}", f"Căn cứ: {criteria.basis(leaf.cite)}"],
        }
        for leaf in criteria.criteria
    ]
    groups = {group.id: f"{group.id}. {group_title(group)}" for group in criteria.groups}
    return _json({"headings": STEP_HEADS, "groups": groups, "criteria": leaves})


def unit_data(
    round_: Round, results: Results, unit: Standing, size: int, steps: Sequence[Step], advice: Sequence[str]
) -> str:
    """A unit's own page as JSON; `size` is how many units its block has, `advice` lines to show."""
    order = {leaf.id: index for index, leaf in enumerate(results.criteria.criteria)}
    digits = decimals([unit.final])
    facts = [["Khối", round_.blocks[unit.block]]]
    if unit.final is not None and unit.percent is not None:
        facts += [
            ["Điểm", f"{vietnamese(unit.final, digits)}/{vietnamese(unit.max)}"],
            ["Tỷ lệ", percent_text(unit.percent, results.criteria.policy.percent_digits)],
            ["Hạng", f"{unit.rank}/{size}"],
        ]
    if results.criteria.grades_of(unit.block):
        facts.append(["Xếp loại", unit.grade or "Chưa xếp loại"])
    note = unit_note(unit)
    notes = [f"Tình trạng: {note}"] if note else []
    notes += [line.strip() for line in grade_lines(unit)] if unit.limits else []
    return _json(
        {
            "name": unit.name,
            "code": unit.code,
            "facts": facts,
            "notes": [line.strip() for line in (*dossier_lines(round_, unit.code, steps), *notes, *advice)],
            "steps": [_step(step, order[step.criterion.id], unit.final is not None) for step in steps],
        }
    )


def _step(step: Step, index: int, scored: bool) -> dict[str, Any]:
    """A criterion; points are lost where the unit has a total that lacks them, answered or not."""
    return {
        "i": index,
        "max": vietnamese(step.criterion.top),
        "self": _points(step.self),
        "appraised": _points(step.appraised),
        "final": _NOTHING.get(step.status, "") if step.final is None else vietnamese(step.final),
        "lost": vietnamese(step.lost) if scored and step.lost else "",
        "why": [*claim_lines(step), step.sentence, *history_lines(step)],
    }


def _points(value: int | None) -> str:
    return "" if value is None else vietnamese(value)


def _json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
