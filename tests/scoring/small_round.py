"""Small criteria sets and rounds written as text inside the tests."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from criteria.document import DocumentRef
from criteria.exact import thousandths
from criteria.loader import load_criteria
from criteria.model import CriteriaSet, Plan, Target, Unit
from evidence.answers import answers_frame
from evidence.judgements import JUDGEMENTS, judgements_frame
from scoring.results import Results, score

HEAD = """\
criteria: nho
title: Bộ tiêu chí nhỏ
decision: {number: null, date: null, issuer: UBND xã Ví Dụ, in_force: {from: 2023-01-01}}
provenance: {status: example, sources: {vd: Văn bản ví dụ}}
unit_types: {xa: UBND xã, phong: Phòng}
"""

# the policy and grades of most tests: 80 and 65 as Huế has them, percents of two decimals
USUAL = """\
policy: {points_step: 0.001, percent: {digits: 2, rounding: half_up}, grade_on: percent_of_applicable}
grades: [{label: Tốt, from: 80}, {label: Khá, from: 65}, {label: Trung bình, from: 50}, {label: Yếu, from: 0}]
"""


def criteria_of(text: str) -> CriteriaSet:
    """The criteria set of a YAML text that goes on after HEAD; it passes the linter."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nho.yaml"
        path.write_text(HEAD + text, encoding="utf-8")
        return load_criteria(path)


def judged_set(tops: Sequence[str], settings: str = USUAL, more: str = "") -> CriteriaSet:
    """One group of criteria judged by a person, of these maxima in points; ids 1.1, 1.2, ..."""
    leaves = "".join(
        f'      - {{id: "1.{index}", title: Tiêu chí {index}, max: {top}, kind: judged, cite: vd{more}}}\n'
        for index, top in enumerate(tops, 1)
    )
    scale = sum(map(thousandths, tops))
    total = f"{scale // 1000}.{scale % 1000:03d}"
    return criteria_of(
        f'scale: {total}\n{settings}groups:\n  - id: "1"\n    title: Nhóm\n    max: {total}\n'
        f"    cite: vd\n    criteria:\n{leaves}"
    )


def units_of(text: str) -> tuple[Unit, ...]:
    """Units of `A B C` (UBND xã), `A:phong` (another type) or `A:xa:vùng cao` (another block)."""
    units = []
    for word in text.split():
        code, type_, block = [*word.split(":"), "", ""][:3]
        units.append(Unit(code, f"Đơn vị {code}", type_ or "xa", block or type_ or "xa"))
    return tuple(units)


def answers_of(text: str) -> pd.DataFrame:
    """The answers' frame of a table: a line for each of unit, criterion, what was said, evidence.

    What was said: `8,5` or `45/50` (declared figures), `#2` (the second level), `KPS` (not
    applicable), `trống` (blank), `lỗi` (faulty), `tự:8` (points given outright); after it what persons
    judged, see `judgements_of`.
    """
    rows = [
        _row(*line.split(None, 3), line=number) for number, line in enumerate(text.strip().splitlines(), 1)
    ]
    rows = [row for row in rows if row]
    columns = ["unit", "criterion", "source", "line", "state", "x1", "x2", "self"]
    return answers_frame(pd.DataFrame.from_records(rows, columns=[*columns, "evidence", "explanation"]))


def judgements_of(text: str) -> pd.DataFrame:
    """What persons judged in the same table: `8|thẩm:7` (appraised), `8|thẩm:7|quyết:7,5` (decided).

    `thẩm:KPS`: judged not applicable. `chưa|thẩm:0`: of a unit that sent nothing.
    """
    rows = []
    for number, line in enumerate(text.strip().splitlines(), 1):
        unit, criterion, said, *_ = line.split(None, 3)
        for part in said.split("|"):
            kind, _, points = part.partition(":")
            if kind in STAGES:
                rows.append(
                    {
                        **dict.fromkeys(JUDGEMENTS.columns, ""),
                        **{"unit": unit, "criterion": criterion, "stage": STAGES[kind]},
                        "points": None if points == "KPS" else thousandths(points),
                        "not_applicable": points == "KPS",
                        **{"by": "Phòng Nội vụ", "reason": "vì", "file": "tham-dinh/a.xlsx"},
                        **{"on": "2023-10-18", "sheet": criterion, "cell": f"L{number}"},
                    }
                )
    names = [name for name in JUDGEMENTS.columns if name != "row"]
    return judgements_frame(pd.DataFrame.from_records(rows, columns=names))


STAGES = {"thẩm": "appraised", "quyết": "decided"}
STATES = {"KPS": "not_applicable", "trống": "blank", "lỗi": "faulty"}


def _row(unit: str, criterion: str, said: str, evidence: str = "", *, line: int) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(["x1", "x2", "self"])
    said = next((part for part in said.split("|") if part.partition(":")[0] not in STAGES), "trống")
    if said == "chưa":
        return {}
    if said.startswith("#"):
        row["x1"] = int(said[1:]) - 1
    elif said.startswith("tự:"):
        row["self"] = thousandths(said.removeprefix("tự:"))
    elif said not in STATES:
        row |= dict(zip(["x1", "x2"], map(thousandths, said.split("/")), strict=False))
    place = {"unit": unit, "criterion": criterion, "source": 0, "line": line}
    state = STATES.get(said, "answered")
    return {**place, **row, "state": state, "evidence": evidence, "explanation": ""}


def plan_of(*targets: Target) -> Plan:
    """A plan that holds nothing but targets."""
    document = DocumentRef("01/KH-UBND", date(2023, 1, 5))
    return Plan(
        "nho", "Kế hoạch nhỏ", "", document, (), 2023, "xã Ví Dụ", "nho", None, "",
        (), (), targets, (), None, (),
    )  # fmt: skip


def results_of(
    criteria: CriteriaSet, units: str, answers: str, *targets: Target, rejected: Sequence[str] = ()
) -> Results:
    """The results of a round whose units and answers are written as text."""
    return score(
        criteria,
        plan_of(*targets),
        units_of(units),
        answers_of(answers),
        rejected,
        judgements=judgements_of(answers),
    )


def column(results: Results, name: str) -> list[object]:
    """A column of the results' frame as plain values, None where there is nothing."""
    return [None if pd.isna(value) else value for value in results.units[name]]
