"""The claims of all units held against the rules, in one validation of one frame (pandera)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Criterion
from criteria.rules.timely import NOT_YET_KNOWN, Timely
from criteria.worth import Points, Said, claimed
from evidence.answers import answers_frame
from evidence.claims import Claims
from evidence.problems import At, Place, Problem, problem
from evidence.reading.typed import expected

_ANY = 2**62  # bound of an input that has none


def check_claims(criteria: CriteriaSet, claims: Claims) -> tuple[pd.DataFrame, list[Problem]]:
    """The answers' frame, and the problems that the rules find, in the order of the rows.

    A row with a problem of severity error about its values has the state `faulty` and no values.
    """
    frame = _with_rules(criteria, claims)
    failures = _failures(frame)
    problems = [_problem(criteria, claims, frame, check, row) for check, row in failures]
    faulty = set(frame.index[frame["misread"]])
    faulty |= {row for check, row in failures if check in _VALUE_CHECKS}
    answers = _answers(frame, faulty)
    return answers, [*problems, *_points_problems(criteria, claims, frame, answers)]


def _with_rules(criteria: CriteriaSet, claims: Claims) -> pd.DataFrame:
    """Claims with what the rule of each row allows beside them."""
    frame = pd.DataFrame(claims.columns)
    # named, because an empty round has nothing to infer them from
    texts = dict.fromkeys(("unit", "criterion", "evidence", "explanation", "shown"), str)
    flags = dict.fromkeys(("na", "misread", "explainable"), bool)
    frame = frame.astype({**texts, **flags, **dict.fromkeys(("x1", "x2", "shown_points"), "Int64")})
    rules = pd.DataFrame.from_records(
        [_rule_row(leaf, criteria.group_by_id[leaf.group].kind == "scale") for leaf in criteria.criteria],
        index="criterion",
    )
    return frame.join(rules, on="criterion")


def _rule_row(leaf: Criterion, scale: bool) -> dict[str, object]:
    """What the rule allows; `scale`: whether the criterion counts towards the maximum."""
    inputs = leaf.rule.inputs
    row: dict[str, object] = {
        "criterion": leaf.id,
        "inputs": len(inputs),
        "within": any(item.within for item in inputs),
        "na_allowed": leaf.not_applicable != "forbidden",
        "owed": scale and not any(item.table for item in inputs),
        "evidence_due": leaf.evidence == "required",
        "evidence_zero": leaf.loses_without_evidence,
        "last_day": _last_day(leaf),
    }
    for index in (1, 2):
        wanted = inputs[index - 1] if index <= len(inputs) else None
        number = wanted is not None and wanted.type == "number"
        row[f"step{index}"] = wanted.step if number else 1
        row[f"most{index}"] = wanted.most if number and wanted.most is not None else _ANY
        row[f"positive{index}"] = bool(number and wanted.positive)
    return row


def _last_day(leaf: Criterion) -> int:
    """The last day that is in time, as an ordinal; 0 where the criterion has no deadline, or none known."""
    rule = leaf.rule
    return rule.last_day.toordinal() if isinstance(rule, Timely) and rule.last_day != NOT_YET_KNOWN else 0


def _blank(frame: pd.DataFrame) -> pd.Series:
    return frame["x1"].isna() & frame["x2"].isna() & ~frame["na"] & ~frame["misread"]


def _complete(frame: pd.DataFrame) -> pd.Series:
    return frame["x1"].notna() & (frame["x2"].notna() | (frame["inputs"] == 1))


def _silent(frame: pd.DataFrame) -> pd.Series:
    """Rows without explanation, on sheets that still have its column."""
    return frame["explainable"] & (frame["explanation"] == "")


def _late(frame: pd.DataFrame) -> pd.Series:
    day = frame["x1"].fillna(1)
    return (frame["last_day"] > 0) & ((day == 0) | (day > frame["last_day"])) & _complete(frame)


def _holds(test: Callable[[pd.DataFrame], pd.Series]) -> Callable[[pd.DataFrame], pd.Series]:
    """The test with missing values counted as holding: another check speaks of those."""
    return lambda frame: test(frame).fillna(True).astype(bool)


def _in_range(index: int) -> Callable[[pd.DataFrame], pd.Series]:
    x, most = f"x{index}", f"most{index}"
    return _holds(lambda frame: (frame[x] >= 0) & (frame[x] <= frame[most]))


def _in_step(index: int) -> Callable[[pd.DataFrame], pd.Series]:
    x, step = f"x{index}", f"step{index}"
    return _holds(lambda frame: frame[x] % frame[step] == 0)


# check: (code, field whose cell is meant, test that holds for sound rows)
_CHECKS: dict[str, tuple[str, str, Callable[[pd.DataFrame], pd.Series]]] = {
    "range of a": ("value-range", "x1", _in_range(1)),
    "range of b": ("value-range", "x2", _in_range(2)),
    "step of a": ("value-step", "x1", _in_step(1)),
    "step of b": ("value-step", "x2", _in_step(2)),
    "a over b": (
        "value-over-total",
        "x1",
        _holds(lambda f: ~f["within"] | (f["x2"] == 0) | (f["x1"] <= f["x2"])),
    ),
    "b zero": ("value-zero-total", "x2", _holds(lambda f: ~f["positive2"] | (f["x2"] != 0))),
    "a missing": (
        "value-missing",
        "x1",
        lambda f: f["misread"] | f["na"] | f["x1"].notna() | f["x2"].isna(),
    ),
    "b missing": (
        "value-missing",
        "x2",
        lambda f: f["misread"] | f["na"] | (f["inputs"] < 2) | f["x2"].notna() | f["x1"].isna(),
    ),
    "not applicable": ("not-applicable-forbidden", "na", lambda f: ~f["na"] | f["na_allowed"]),
    "not applicable with values": (
        "not-applicable-and-value",
        "na",
        lambda f: ~f["na"] | (f["x1"].isna() & f["x2"].isna()),
    ),
    "not applicable, unexplained": (
        "not-applicable-unexplained",
        "explanation",
        lambda f: ~(f["na"] & f["na_allowed"] & f["x1"].isna() & f["x2"].isna() & _silent(f)),
    ),
    "late, unexplained": ("late-unexplained", "explanation", lambda f: ~(_late(f) & _silent(f))),
    "not answered": ("not-answered", "x1", lambda f: ~(f["owed"] & _blank(f))),
    "no evidence, no points": (
        "evidence-missing",
        "evidence",
        lambda f: ~(f["evidence_zero"] & _complete(f) & (f["evidence"] == "")),
    ),
    "no evidence, flagged": (
        "evidence-missing-flag",
        "evidence",
        lambda f: ~(f["evidence_due"] & ~f["evidence_zero"] & _complete(f) & (f["evidence"] == "")),
    ),
}
_VALUE_CODES = {
    "value-range", "value-step", "value-over-total", "value-zero-total", "value-missing",
    "not-applicable-forbidden", "not-applicable-and-value",
}  # fmt: skip
_VALUE_CHECKS = {name for name, (code, _, _) in _CHECKS.items() if code in _VALUE_CODES}

CLAIMS = pa.DataFrameSchema(
    {
        "unit": pa.Column(str),
        "criterion": pa.Column(str),
        "x1": pa.Column("Int64", nullable=True),
        "x2": pa.Column("Int64", nullable=True),
    },
    # no row is without any value, which pandera would look for anew at each check
    checks=[pa.Check(test, name=name, ignore_na=False) for name, (_, _, test) in _CHECKS.items()],
)


def _failures(frame: pd.DataFrame) -> list[tuple[str, int]]:
    """(check, row of the frame) of everything that does not hold, in the order of rows and checks."""
    try:
        CLAIMS.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        unknown = set(cases["check"]) - set(_CHECKS)
        if unknown:
            raise
        order = {name: rank for rank, name in enumerate(_CHECKS)}
        found = {
            (int(row), order[name], name) for name, row in zip(cases["check"], cases["index"], strict=True)
        }
        return [(name, row) for row, _, name in sorted(found)]
    return []


def _problem(criteria: CriteriaSet, claims: Claims, frame: pd.DataFrame, check: str, row: int) -> Problem:
    code, field, _ = _CHECKS[check]
    claim = frame.loc[row]
    leaf = criteria.by_id[claim["criterion"]]
    source = claims.sources[claim["source"]]
    cell = source.cell(field, claim["line"]) or f"dòng {claim['line']}"
    place = Place(claim["unit"], source.file, source.sheet, cell, At("criteria", leaf.id, field))
    if code == "late-unexplained":
        return problem(code, place, leaf.rule.explain([int(claim["x1"])]), leaf.id)
    if field not in ("x1", "x2"):
        return problem(code, place, leaf.id)
    if code == "not-answered":
        return problem(code, place, f"{leaf.id} ({leaf.title})")
    wanted = leaf.rule.inputs[0 if field == "x1" else 1]
    found = "" if pd.isna(claim[field]) else vietnamese(claim[field])
    other = (
        vietnamese(claim["x2"])
        if code == "value-over-total"
        else f"{expected(wanted)} (ô “{wanted.label}”)"
    )
    return problem(code, place, found, other)


def _answers(frame: pd.DataFrame, faulty: set[int]) -> pd.DataFrame:
    """The answers' frame of checked claims."""
    state = pd.Series("answered", index=frame.index, dtype=object)
    state[frame["na"]] = "not_applicable"
    state[_blank(frame)] = "blank"
    state[frame.index.isin(faulty)] = "faulty"
    answers = frame[["unit", "criterion", "source", "line", "x1", "x2", "evidence", "explanation"]].copy()
    answers.insert(4, "state", state)
    answers.loc[state != "answered", ["x1", "x2"]] = pd.NA
    answers.insert(7, "self", pd.NA)
    return answers_frame(answers)


def _points_problems(
    criteria: CriteriaSet, claims: Claims, frame: pd.DataFrame, answers: pd.DataFrame
) -> Iterator[Problem]:
    """Points that a sheet shows and the figures beside them do not come to; in the order of the rows.

    A cell without content is no difference: some programs save formulas without their values.
    """
    differ: dict[int, str] = {}  # row -> what the figures come to
    for id_, rows in frame.groupby("criterion", sort=False).indices.items():
        leaf = criteria.by_id[str(id_)]
        if not any(item.table for item in leaf.rule.inputs):  # else the office's to fill in
            differ |= _differing(criteria, leaf, frame.iloc[rows], answers.iloc[rows], np.asarray(rows))
    for row in sorted(differ):
        claim = frame.loc[row]
        source = claims.sources[claim["source"]]
        cell, at = source.cell("points", claim["line"]), At("criteria", claim["criterion"], "points")
        place = Place(claim["unit"], source.file, source.sheet, cell, at)
        shown = claim["shown_points"]
        found = claim["shown"] if pd.isna(shown) else vietnamese(shown)
        yield problem("points-differ", place, found, differ[row])


def _differing(
    criteria: CriteriaSet, leaf: Criterion, frame: pd.DataFrame, answers: pd.DataFrame, rows: np.ndarray
) -> dict[int, str]:
    """Rows of one criterion whose shown points are not their own; what these are."""
    state = answers["state"].to_numpy(dtype=object)
    said = Said(
        state,
        (answers["evidence"] != "").to_numpy(dtype=np.bool_),
        [_points(answers["x1"]), _points(answers["x2"])],
        _points(answers["self"]),
    )
    own = claimed(leaf, criteria.policy, said).points
    shown = _points(frame["shown_points"])
    wordy = (frame["shown"] != "").to_numpy(dtype=np.bool_) & ~shown.known
    # nobody answered: told already where an answer is owed
    settled = (state != "faulty") & ~((state == "blank") & frame["owed"].to_numpy(dtype=np.bool_))
    wrong = settled & (wordy | (shown.known & (shown.value != np.where(own.known, own.value, 0))))
    return {
        int(rows[at]): vietnamese(int(own.value[at])) if own.known[at] else "để trống"
        for at in np.flatnonzero(wrong)
    }


def _points(column: pd.Series) -> Points:
    return Points(column.fillna(0).to_numpy(dtype=np.int64), column.notna().to_numpy(dtype=np.bool_))
