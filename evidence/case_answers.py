"""The answers of worked examples, as if each example were a unit that had sent its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from criteria.case_file import Case
from criteria.model import CriteriaSet, Criterion, Unit
from evidence.answers import ANSWERS, Source, answers_frame
from evidence.checks import check_claims
from evidence.claims import Claim, Claims
from evidence.layout import NOT_APPLICABLE_WORDS, fold
from evidence.reading.typed import NotUnderstood, expected, parse_input


def case_units(cases: Sequence[Case]) -> tuple[Unit, ...]:
    """One unit an example, coded by its place in the file."""
    return tuple(Unit(str(n), case.name, case.type, case.block) for n, case in enumerate(cases, 1))


def case_answers(criteria: CriteriaSet, cases: Sequence[Case]) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """The answers' frame of the examples that can be computed, and by code why the others cannot.

    What an example declares goes through the same checks as what a unit sends.
    """
    claims = Claims(sources=[Source("", "")])
    given: list[dict[str, object]] = []
    unusable: dict[str, list[str]] = {}
    for code, case in enumerate(cases, 1):
        found = [*_misfits(criteria, case)]
        if not found and not case.no_dossier:
            for leaf in criteria.applying(case.type):
                found += _take(criteria, leaf, case, str(code), claims, given)
        if found:
            unusable[str(code)] = found
    answers, problems = check_claims(criteria, claims)
    for item in problems:
        if item.severity == "error":
            unusable.setdefault(item.unit, []).append(f"{item.message} {item.fix}")
    rows = pd.concat([answers.drop(columns="row"), _frame(given)], ignore_index=True)
    return answers_frame(rows[~rows["unit"].isin(list(unusable))]), unusable


def _misfits(criteria: CriteriaSet, case: Case) -> Iterator[str]:
    if case.type not in criteria.unit_types:
        yield f"loại đơn vị “{case.type}” không có trong bộ tiêu chí"
        return
    applying = {leaf.id for leaf in criteria.applying(case.type)}
    for id_ in dict.fromkeys((*case.answers, *case.points, *case.without_evidence)):
        if id_ not in applying:
            yield f"tiêu chí {id_} không áp dụng cho loại đơn vị này"
    for id_ in case.without_evidence - set(case.answers):
        yield f"tiêu chí {id_} ghi không có minh chứng nhưng ví dụ không kê khai gì ở đó"
    for fact in case.facts:
        if fact not in criteria.facts:
            yield f"không có quy định khống chế nào xét đến “{fact}”"


def _take(
    criteria: CriteriaSet,
    leaf: Criterion,
    case: Case,
    code: str,
    claims: Claims,
    given: list[dict[str, object]],
) -> list[str]:
    """Adds one criterion of an example to the claims, or to the points given outright; what is wrong."""
    place = {"unit": code, "criterion": leaf.id, "source": 0, "line": case.mark.line}
    typed = case.answers.get(leaf.id)
    if typed is None:
        outside = criteria.group_by_id[leaf.group].kind != "scale"
        points = 0 if outside or case.others == "zero" else leaf.top
        given.append({**place, "state": "answered", "self": points, "evidence": "1", "explanation": ""})
        return []
    claim = {
        **place,
        "x1": None,
        "x2": None,
        "na": len(typed) == 1 and fold(typed[0]) in NOT_APPLICABLE_WORDS,
        "misread": False,
        "evidence": "" if leaf.id in case.without_evidence else "1",
        "explanation": "",
        "explainable": False,
        "shown": "",
        "shown_points": None,
    }
    wanted = leaf.rule.inputs
    if not claim["na"]:
        if len(typed) != len(wanted):
            return [f"tiêu chí {leaf.id} cần {len(wanted)} số liệu, ví dụ ghi {len(typed)}"]
        for index, (item, text) in enumerate(zip(wanted, typed, strict=True), 1):
            try:
                claim[f"x{index}"] = parse_input(item, text)
            except NotUnderstood:
                return [f"tiêu chí {leaf.id}: “{text}” không phải {expected(item)}"]
    claims.add(Claim(**claim))  # type: ignore[arg-type]
    return []


def _frame(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    columns = [name for name in ANSWERS.columns if name != "row"]
    return pd.DataFrame.from_records(rows, columns=columns)
