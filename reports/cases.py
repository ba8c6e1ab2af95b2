"""What the worked examples of a decision come to, held against what they should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from criteria.case_file import Case, load_cases, load_deadlines
from criteria.catalogue import FileFaults, Finding, finding
from criteria.document import DocumentRef
from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Plan
from evidence.case_answers import case_answers, case_units
from scoring.limits import Circumstances, Recorded
from scoring.results import Results, score

NO_PLAN = Plan("cases", "", "", DocumentRef(None, None), (), 0, "", None, None, "", (), (), (), (), ())


def case_findings(criteria: CriteriaSet, path: Path) -> list[Finding]:
    """A finding for each figure of the file's examples that comes out otherwise."""
    try:
        cases = load_cases(path)
        criteria = criteria.on_plan(replace(NO_PLAN, deadlines=load_deadlines(path)))
    except FileFaults as faults:
        return list(faults.findings)
    answers, unusable = case_answers(criteria, cases)
    found = [
        finding(
            "case-unusable", path.name, mark.line, mark.column, name=cases[int(code) - 1].name, what=why
        )
        for code, reasons in unusable.items()
        for mark in [cases[int(code) - 1].mark]
        for why in reasons
    ]
    by_code = {str(code): case for code, case in enumerate(cases, 1)}
    units = [unit for unit in case_units(cases) if unit.code not in unusable]
    if units:
        facts = {code: [Recorded(fact, fact) for fact in case.facts] for code, case in by_code.items()}
        late = {code: case.late for code, case in by_code.items()}
        known = Circumstances(facts, late)
        results = score(criteria, NO_PLAN, units, answers, circumstances=known)
        for unit in units:
            found += _compare(results, by_code[unit.code], unit.code, path)
    return sorted(found, key=lambda item: item.line)


def _compare(results: Results, case: Case, code: str, path: Path) -> Iterator[Finding]:
    for what, found, expected in _figures(results, case, code):
        if found != expected:
            yield finding(
                "case-wrong",
                path.name,
                case.mark.line,
                case.mark.column,
                name=case.name,
                what=what,
                found=found,
                expected=expected,
            )


def _figures(results: Results, case: Case, code: str) -> Iterator[tuple[str, str, str]]:
    """What is compared, as found and as expected, in words."""
    own = results.ledger[results.ledger["unit"] == code].set_index("criterion")
    for id_, points in case.points.items():
        yield f"điểm tiêu chí {id_}", _number(own.at[id_, "final"]), vietnamese(points)
    row = results.units.set_index("code").loc[code]
    for key, what in (("total", "tổng điểm"), ("max", "điểm tối đa")):
        if key in case.figures:
            wanted = case.figures[key]
            column = "final" if key == "total" else key
            yield what, _number(row[column]), "chưa có" if wanted is None else vietnamese(wanted)
    for key, what, label in (
        ("grade_by_points", "xếp loại theo điểm", case.grade_by_points),
        ("grade", "xếp loại", case.grade),
    ):
        if label is not None:
            yield what, row[key] or "không xếp loại", label or "không xếp loại"


def _number(value: object) -> str:
    return "chưa có" if pd.isna(value) else vietnamese(int(value))
