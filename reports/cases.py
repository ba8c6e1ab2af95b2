"""What the worked examples of a decision come to, held against what they should."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from criteria.case_file import Case, load_cases
from criteria.catalogue import FileFaults, Finding, finding
from criteria.exact import vietnamese
from criteria.model import CriteriaSet, DocumentRef, Plan
from evidence.case_answers import CaseUnusable, case_answers, case_frame, case_units
from scoring.limits import Circumstances, Recorded
from scoring.results import Results, score

NO_PLAN = Plan("cases", "", "", DocumentRef(None, None), (), 0, "", None, None, "", (), (), (), (), ())


def case_findings(criteria: CriteriaSet, path: Path) -> list[Finding]:
    """A finding for each figure of the file's examples that comes out otherwise."""
    try:
        cases = load_cases(path)
    except FileFaults as faults:
        return list(faults.findings)
    found: list[Finding] = []
    rows: list[dict[str, object]] = []
    usable: list[Case] = []
    for code, case in enumerate(cases, 1):
        try:
            rows += case_answers(criteria, case, str(code))
            usable.append(case)
        except CaseUnusable as fault:
            place = (path.name, case.mark.line, case.mark.column)
            found.append(finding("case-unusable", *place, name=case.name, what=str(fault)))
    units = [unit for unit in case_units(cases) if cases[int(unit.code) - 1] in usable]
    facts = {
        unit.code: [Recorded(fact, fact) for fact in cases[int(unit.code) - 1].facts] for unit in units
    }
    late = {unit.code: cases[int(unit.code) - 1].late for unit in units}
    if units:
        results = score(
            criteria, NO_PLAN, units, case_frame(rows), circumstances=Circumstances(facts, late)
        )
        for unit in units:
            found += _compare(results, cases[int(unit.code) - 1], unit.code, path)
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
    for key, what, wanted in (("final", "tổng điểm", case.total), ("max", "điểm tối đa", case.max)):
        if wanted is not None:
            yield what, _number(row[key]), vietnamese(wanted)
    for key, what, label in (
        ("grade_by_points", "xếp loại theo điểm", case.grade_by_points),
        ("grade", "xếp loại", case.grade),
    ):
        if label is not None:
            yield what, row[key] or "không xếp loại", label or "không xếp loại"


def _number(value: object) -> str:
    return "chưa có" if pd.isna(value) else vietnamese(int(value))
