"""The ledger: for each unit and criterion the points claimed, appraised and final, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from criteria.exact import Ints, divide
from criteria.model import CriteriaSet, Criterion, Policy, Unit
from criteria.rules import Exact

# the four kinds of nothing (and two of something) that stay apart in the ledger
STATUSES = ("answered", "not_applicable", "blank", "faulty", "not_sent")
REASONS = ("", "no_evidence")

# One row a unit and criterion that applies to its type, criteria within units, in the order of
# roster and decision. Points in thousandths; `applicable` is what counts towards the unit's maximum
# (0 where excluded, and in bonus and penalty groups); `exact_self` and `exact` are the unrounded
# claim and final as Fractions of thousandths, kept only where the decision rounds later than at the
# criterion; `answer` is the row of the answers' frame that it comes from.
LEDGER = pa.DataFrameSchema(
    {
        "unit": pa.Column(str),
        "criterion": pa.Column(str),
        "group": pa.Column(str),
        "status": pa.Column(str, pa.Check.isin(STATUSES)),
        "top": pa.Column("int64", pa.Check.ge(0)),
        "applicable": pa.Column("int64", pa.Check.ge(0)),
        "self": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "appraised": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "final": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "exact_self": pa.Column(object, nullable=True),
        "exact": pa.Column(object, nullable=True),
        "reason": pa.Column(str, pa.Check.isin(REASONS)),
        "answer": pa.Column("Int64", nullable=True),
    },
    checks=[
        pa.Check(lambda f: (f["final"] <= f["top"]).fillna(True).astype(bool), name="final over top"),
        pa.Check(lambda f: f["applicable"] <= f["top"], name="applicable over top"),
    ],
    unique=["unit", "criterion"],
    strict=True,
    ordered=True,
)

Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]


class _Points(NamedTuple):
    """Values and where there are any; the values elsewhere are 0 and mean nothing."""

    value: Ints
    known: Bools


def build_ledger(criteria: CriteriaSet, units: Sequence[Unit], answers: pd.DataFrame) -> pd.DataFrame:
    """Ledger of all units from the answers' frame; a unit without any answer has not sent.

    Final points are the appraised ones where there are any, else the claimed ones.
    """
    by_criterion = {
        str(id_): np.asarray(rows, dtype=np.int64)
        for id_, rows in answers.groupby("criterion", sort=False).indices.items()
    }
    at = {unit.code: index for index, unit in enumerate(units)}
    sent = np.zeros(len(units), dtype=np.bool_)
    sent[answers["unit"].map(at).to_numpy(dtype=np.int64)] = True
    columns = _columns_of(answers)
    parts = [
        _leaf_part(criteria, leaf, rank, units, at, sent, columns, by_criterion.get(leaf.id))
        for rank, leaf in enumerate(criteria.criteria)
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(["_unit", "_leaf"], kind="stable", ignore_index=True)
    frame = frame.drop(columns=["_unit", "_leaf"])
    return LEDGER.validate(
        frame.astype({name: str(column.dtype) for name, column in LEDGER.columns.items()}), lazy=True
    )


class _Answers(NamedTuple):
    """The answers' columns as plain arrays."""

    unit: npt.NDArray[np.object_]
    state: npt.NDArray[np.object_]
    evidence: Bools
    x: tuple[_Points, _Points]
    own: _Points
    appraised: _Points


def _columns_of(answers: pd.DataFrame) -> _Answers:
    def points(name: str) -> _Points:
        column = answers[name]
        return _Points(column.fillna(0).to_numpy(dtype=np.int64), column.notna().to_numpy(dtype=np.bool_))

    return _Answers(
        answers["unit"].to_numpy(dtype=object),
        answers["state"].to_numpy(dtype=object),
        (answers["evidence"] != "").to_numpy(dtype=np.bool_),
        (points("x1"), points("x2")),
        points("self"),
        points("appraised"),
    )


def _leaf_part(
    criteria: CriteriaSet,
    leaf: Criterion,
    rank: int,
    units: Sequence[Unit],
    at: dict[str, int],
    sent: Bools,
    answers: _Answers,
    rows: Ints | None,
) -> pd.DataFrame:
    """The ledger's rows of one criterion, for the units whose type it applies to."""
    rows = np.empty(0, dtype=np.int64) if rows is None else rows
    n = len(units)
    where = np.fromiter((at[code] for code in answers.unit[rows]), dtype=np.int64, count=len(rows))
    status = np.where(sent, "blank", "not_sent").astype(object)
    status[where] = answers.state[rows]
    answer = np.full(n, -1, dtype=np.int64)
    answer[where] = rows
    own, no_evidence, exact = _own_points(leaf, criteria.policy, answers, rows)
    claims = _exact_claims(criteria.policy, exact, own.known, where, n)
    self_points = _spread(own, where, n)
    appraised = _spread(_Points(answers.appraised.value[rows], answers.appraised.known[rows]), where, n)
    reason = np.full(n, "", dtype=object)
    reason[where[no_evidence]] = "no_evidence"
    excluded = (status == "not_applicable") & (leaf.not_applicable == "exclude")
    outside = criteria.group_by_id[leaf.group].kind != "scale"
    # points count where they were answered, or where a task that did not arise has its full points
    known = (appraised.known | self_points.known) & (status != "faulty") & ~excluded
    final = np.where(appraised.known, appraised.value, self_points.value)
    full = (status == "not_applicable") & (leaf.not_applicable == "full")
    final = np.where(full, leaf.top, final)
    applies = np.fromiter((unit.type in leaf.applies_to for unit in units), dtype=np.bool_, count=n)
    frame = pd.DataFrame(
        {
            "_unit": np.arange(n),
            "_leaf": rank,
            "unit": [unit.code for unit in units],
            "criterion": leaf.id,
            "group": leaf.group,
            "status": status,
            "top": leaf.top,
            "applicable": np.where(excluded | outside, 0, leaf.top),
            "self": _nullable(self_points),
            "appraised": _nullable(appraised),
            "final": _nullable(
                _Points(np.where(appraised.known, appraised.value, self_points.value), known)
            ),
            "exact_self": claims,
            "exact": _exact_finals(criteria.policy, claims, appraised),
            "reason": reason,
            "answer": _nullable(_Points(answer, answer >= 0)),
        }
    )
    return frame[applies]


def _own_points(
    leaf: Criterion, policy: Policy, answers: _Answers, rows: Ints
) -> tuple[_Points, Bools, Exact]:
    """Points that units claim on a criterion, which claims lost theirs for want of evidence, and the
    same points before rounding."""
    state = answers.state[rows]
    value = answers.own.value[rows].copy()
    known = answers.own.known[rows].copy()
    # points given outright in a table stand, even beside the figures they come from
    declared = (state == "answered") & answers.x[0].known[rows] & ~known
    inputs = [answers.x[i].value[rows][declared] for i in range(len(leaf.rule.inputs))]
    exact = leaf.rule.points(inputs)
    digits = policy.points_digits if policy.points_at == "criterion" else 3
    value[declared] = divide(exact.num, exact.den, digits, policy.points_rounding)
    known |= declared
    no_evidence = declared & ~answers.evidence[rows] & leaf.loses_without_evidence
    value[no_evidence] = 0
    full = (state == "not_applicable") & (leaf.not_applicable == "full") & ~known
    value[full] = leaf.top
    num = value.astype(object)
    den = np.ones(len(rows), dtype=object)
    live = declared & ~no_evidence
    num[live], den[live] = exact.num[live[declared]], exact.den[live[declared]]
    return _Points(value, known | full), no_evidence, Exact(num, den)


def _exact_claims(policy: Policy, exact: Exact, known: Bools, where: Ints, n: int) -> Objects:
    """Unrounded points that units claim, where the decision rounds later; None elsewhere."""
    claims = np.full(n, None, dtype=object)
    if policy.points_at != "criterion":
        for at, num, den, sure in zip(where, exact.num, exact.den, known, strict=True):
            claims[at] = Fraction(int(num), int(den)) if sure else None
    return claims


def _exact_finals(policy: Policy, claims: Objects, appraised: _Points) -> Objects:
    """Unrounded final points: what was appraised is exact as it stands."""
    finals = claims.copy()
    if policy.points_at != "criterion":
        for at in np.flatnonzero(appraised.known):
            finals[at] = Fraction(int(appraised.value[at]))
    return finals


def _spread(points: _Points, where: Ints, n: int) -> _Points:
    value = np.zeros(n, dtype=np.int64)
    known = np.zeros(n, dtype=np.bool_)
    value[where], known[where] = points
    return _Points(value, known)


def _nullable(points: _Points) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(points.value, ~points.known)
