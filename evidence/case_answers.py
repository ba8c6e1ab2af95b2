"""The answers of worked examples, as if each example were a unit that had sent its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from criteria.case_file import Case
from criteria.model import CriteriaSet, Criterion, Unit
from evidence.answers import ANSWERS, answers_frame
from evidence.layout import NOT_APPLICABLE_WORDS, fold
from evidence.typed import NotUnderstood, expected, parse_input


class CaseUnusable(ValueError):
    """An example that cannot be computed; the text says why, in Vietnamese."""


def case_units(cases: Sequence[Case]) -> tuple[Unit, ...]:
    """One unit an example, coded by its place in the file."""
    return tuple(Unit(str(n), case.name, case.type, case.block) for n, case in enumerate(cases, 1))


def case_answers(criteria: CriteriaSet, case: Case, code: str) -> list[dict[str, object]]:
    """The rows of the answers' frame of one example; raises CaseUnusable."""
    if case.type not in criteria.unit_types:
        raise CaseUnusable(f"loại đơn vị “{case.type}” không có trong bộ tiêu chí")
    applying = {leaf.id: leaf for leaf in criteria.applying(case.type)}
    for id_ in (*case.answers, *case.points, *case.without_evidence):
        if id_ not in applying:
            raise CaseUnusable(f"tiêu chí {id_} không áp dụng cho loại đơn vị này")
    if case.no_dossier:
        return []
    return list(_rows(case, code, applying.values(), criteria))


def case_frame(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """The answers' frame of the rows of all examples."""
    columns = [name for name in ANSWERS.columns if name != "row"]
    return answers_frame(pd.DataFrame.from_records(rows, columns=columns))


def _rows(
    case: Case, code: str, leaves: Iterator[Criterion], criteria: CriteriaSet
) -> Iterator[dict[str, object]]:
    for leaf in leaves:
        row: dict[str, object] = {
            "unit": code,
            "criterion": leaf.id,
            "source": 0,
            "line": case.mark.line,
            "state": "answered",
            "x1": None,
            "x2": None,
            "self": None,
            "appraised": None,
            "evidence": "" if leaf.id in case.without_evidence else "1",
            "explanation": "",
        }
        typed = case.answers.get(leaf.id)
        if typed is None:
            outside = criteria.group_by_id[leaf.group].kind != "scale"
            row["self"] = 0 if outside or case.others == "zero" else leaf.top
        elif len(typed) == 1 and fold(typed[0]) in NOT_APPLICABLE_WORDS:
            if leaf.not_applicable == "forbidden":
                raise CaseUnusable(f"tiêu chí {leaf.id} không được ghi không phát sinh")
            row["state"] = "not_applicable"
        else:
            row |= _inputs(leaf, typed)
        yield row


def _inputs(leaf: Criterion, typed: tuple[str, ...]) -> dict[str, object]:
    wanted = leaf.rule.inputs
    if len(typed) != len(wanted):
        raise CaseUnusable(f"tiêu chí {leaf.id} cần {len(wanted)} số liệu, ví dụ ghi {len(typed)}")
    values: dict[str, object] = {}
    for index, (item, text) in enumerate(zip(wanted, typed, strict=True), 1):
        try:
            values[f"x{index}"] = parse_input(item, text)
        except NotUnderstood as error:
            raise CaseUnusable(f"tiêu chí {leaf.id}: “{text}” không phải {expected(item)}") from error
    return values
