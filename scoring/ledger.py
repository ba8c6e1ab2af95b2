"""The ledger: for each unit and criterion the points claimed, appraised, decided and final, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa

from criteria.exact import Ints
from criteria.model import CriteriaSet, Criterion, Policy, Unit
from criteria.rules import Exact
from criteria.worth import Bools, Objects, Points, Said, claimed
from evidence.judgements import judgements_frame

# the four kinds of nothing (and two of something) that stay apart in the ledger
STATUSES = ("answered", "not_applicable", "blank", "faulty", "not_sent")
REASONS = ("", "no_evidence")

# One row a unit and criterion that applies to its type, criteria within units, in the order of
# roster and decision. `claim` is what the unit's own file says; `status` is how the criterion stands
# once persons have judged: points that they gave make it answered, whatever the unit said. Points in
# thousandths; `applicable` is what counts towards the unit's maximum (0 where excluded, and in bonus and
# penalty groups); `exact_self` and `exact` are the unrounded claim and final as Fractions of
# thousandths, kept only where the decision rounds later than at the criterion; `answer` is the row of
# the answers' frame, `judgement` and `decision` the rows of the judgements' frame that it comes from.
LEDGER = pa.DataFrameSchema(
    {
        "unit": pa.Column(str),
        "criterion": pa.Column(str),
        "group": pa.Column(str),
        "claim": pa.Column(str, pa.Check.isin(STATUSES)),
        "status": pa.Column(str, pa.Check.isin(STATUSES)),
        "top": pa.Column("int64", pa.Check.ge(0)),
        "applicable": pa.Column("int64", pa.Check.ge(0)),
        "self": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "appraised": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "decided": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "final": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "exact_self": pa.Column(object, nullable=True),
        "exact": pa.Column(object, nullable=True),
        "reason": pa.Column(str, pa.Check.isin(REASONS)),
        "answer": pa.Column("Int64", nullable=True),
        "judgement": pa.Column("Int64", nullable=True),
        "decision": pa.Column("Int64", nullable=True),
    },
    checks=[
        pa.Check(lambda f: (f["final"] <= f["top"]).fillna(True).astype(bool), name="final over top"),
        pa.Check(lambda f: f["applicable"] <= f["top"], name="applicable over top"),
    ],
    unique=["unit", "criterion"],
    strict=True,
    ordered=True,
)


def build_ledger(
    criteria: CriteriaSet,
    units: Sequence[Unit],
    answers: pd.DataFrame,
    judgements: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ledger of all units from the frames of answers and judgements; a unit without any answer has not
    sent.

    Final points are the decided ones where there are any, else the appraised, else the claimed ones.
    """
    at = {unit.code: index for index, unit in enumerate(units)}
    sent = np.zeros(len(units), dtype=np.bool_)
    sent[answers["unit"].map(at).to_numpy(dtype=np.int64)] = True
    judgements = judgements_frame() if judgements is None else judgements
    stages = [_Judged.of(judgements, stage) for stage in ("appraised", "decided")]
    columns, by_criterion = _Answers.of(answers), _rows_by_criterion(answers)
    parts = [
        _leaf_part(criteria, leaf, rank, units, at, sent, columns, by_criterion.get(leaf.id), stages)
        for rank, leaf in enumerate(criteria.criteria)
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(["_unit", "_leaf"], kind="stable", ignore_index=True)
    frame = frame.drop(columns=["_unit", "_leaf"])
    return LEDGER.validate(
        frame.astype({name: str(column.dtype) for name, column in LEDGER.columns.items()}), lazy=True
    )


def at_stage(criteria: CriteriaSet, ledger: pd.DataFrame, kind: str) -> pd.DataFrame:
    """How criteria stood once this kind of points (self, appraised, final) was known.

    Columns `status` and `applicable` as in the ledger, in its order: what a person excluded from the
    maximum later still counted towards it before, and the other way round.
    """
    if kind == "final":
        return ledger[["status", "applicable"]]
    status = ledger["claim"]
    if kind == "appraised":
        judged = ledger["judgement"].notna()
        status = status.where(~judged, np.where(ledger["appraised"].notna(), "answered", "not_applicable"))
    kinds = {group.id: group.kind for group in criteria.groups}
    excludable = {leaf.id for leaf in criteria.criteria if leaf.not_applicable == "exclude"}
    excluded = (status == "not_applicable") & ledger["criterion"].isin(excludable)
    outside = ledger["group"].map(kinds) != "scale"
    return pd.DataFrame({"status": status, "applicable": ledger["top"].where(~(excluded | outside), 0)})


def _rows_by_criterion(frame: pd.DataFrame) -> dict[str, Ints]:
    indices = frame.groupby("criterion", sort=False).indices
    return {str(id_): np.asarray(rows, dtype=np.int64) for id_, rows in indices.items()}


def _points(column: pd.Series) -> Points:
    return Points(column.fillna(0).to_numpy(dtype=np.int64), column.notna().to_numpy(dtype=np.bool_))


class _Answers(NamedTuple):
    """The answers' columns as plain arrays."""

    unit: Objects
    state: Objects
    evidence: Bools
    x: tuple[Points, Points]
    own: Points

    @classmethod
    def of(cls, answers: pd.DataFrame) -> _Answers:
        return cls(
            answers["unit"].to_numpy(dtype=object),
            answers["state"].to_numpy(dtype=object),
            (answers["evidence"] != "").to_numpy(dtype=np.bool_),
            (_points(answers["x1"]), _points(answers["x2"])),
            _points(answers["self"]),
        )

    def said(self, rows: Ints) -> Said:
        """What the units of these rows say."""
        x, y, own = (Points(p.value[rows], p.known[rows]) for p in (*self.x, self.own))
        return Said(self.state[rows], self.evidence[rows], (x, y), own)


class _Judged(NamedTuple):
    """What was judged at one stage as plain arrays, and the rows of each criterion."""

    unit: Objects
    row: Ints
    points: Points
    by_criterion: dict[str, Ints]

    @classmethod
    def of(cls, judgements: pd.DataFrame, stage: str) -> _Judged:
        own = judgements[judgements["stage"] == stage].reset_index(drop=True)
        return cls(
            own["unit"].to_numpy(dtype=object),
            own["row"].to_numpy(dtype=np.int64),
            _points(own["points"]),
            _rows_by_criterion(own),
        )

    def on(self, leaf: Criterion, at: dict[str, int], n: int) -> _Stage:
        """What was judged of each unit on one criterion."""
        rows = self.by_criterion.get(leaf.id, np.empty(0, dtype=np.int64))
        where = _places(self.unit[rows], at)
        row, absent = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.bool_)
        row[where] = self.row[rows]
        absent[where] = ~self.points.known[rows]
        points = _spread(Points(self.points.value[rows], self.points.known[rows]), where, n)
        if leaf.not_applicable == "full":
            points.value[absent] = leaf.top
            points = Points(points.value, points.known | absent)
        return _Stage(points, absent, row)


class _Stage(NamedTuple):
    """What was judged of each unit: points, whether not applicable instead, the row (-1: not judged)."""

    points: Points
    absent: Bools
    row: Ints

    @property
    def done(self) -> Bools:
        """Of which units anything was judged."""
        return self.row >= 0


def _leaf_part(
    criteria: CriteriaSet,
    leaf: Criterion,
    rank: int,
    units: Sequence[Unit],
    at: dict[str, int],
    sent: Bools,
    answers: _Answers,
    rows: Ints | None,
    stages: Sequence[_Judged],
) -> pd.DataFrame:
    """The ledger's rows of one criterion, for the units whose type it applies to."""
    rows = np.empty(0, dtype=np.int64) if rows is None else rows
    n = len(units)
    where = _places(answers.unit[rows], at)
    claim = np.where(sent, "blank", "not_sent").astype(object)
    claim[where] = answers.state[rows]
    answer = np.full(n, -1, dtype=np.int64)
    answer[where] = rows
    own = claimed(leaf, criteria.policy, answers.said(rows))
    self_points = _spread(own.points, where, n)
    claims = _exact_claims(criteria.policy, own.exact, own.points.known, where, n)
    reason = np.full(n, "", dtype=object)
    reason[where[own.no_evidence]] = "no_evidence"
    appraised, decided = (stage.on(leaf, at, n) for stage in stages)
    status, final, exact = claim.copy(), self_points, claims
    # the later word stands, on points and on whether the criterion applies at all
    for stage in (appraised, decided):
        status[stage.done] = np.where(stage.absent, "not_applicable", "answered")[stage.done]
        final = Points(
            np.where(stage.done, stage.points.value, final.value),
            np.where(stage.done, stage.points.known, final.known),
        )
        exact = _exact_judged(criteria.policy, exact, stage)
    excluded = (status == "not_applicable") & (leaf.not_applicable == "exclude")
    outside = criteria.group_by_id[leaf.group].kind != "scale"
    known = final.known & (status != "faulty") & ~excluded
    applies = np.fromiter((unit.type in leaf.applies_to for unit in units), dtype=np.bool_, count=n)
    frame = pd.DataFrame(
        {
            "_unit": np.arange(n),
            "_leaf": rank,
            "unit": [unit.code for unit in units],
            "criterion": leaf.id,
            "group": leaf.group,
            "claim": claim,
            "status": status,
            "top": leaf.top,
            "applicable": np.where(excluded | outside, 0, leaf.top),
            "self": _nullable(self_points),
            "appraised": _nullable(appraised.points),
            "decided": _nullable(decided.points),
            "final": _nullable(Points(final.value, known)),
            "exact_self": claims,
            "exact": exact,
            "reason": reason,
            "answer": _nullable(Points(answer, answer >= 0)),
            "judgement": _nullable(Points(appraised.row, appraised.done)),
            "decision": _nullable(Points(decided.row, decided.done)),
        }
    )
    return frame[applies]


def _places(codes: Objects, at: dict[str, int]) -> Ints:
    return np.fromiter((at[code] for code in codes), dtype=np.int64, count=len(codes))


def _exact_claims(policy: Policy, exact: Exact, known: Bools, where: Ints, n: int) -> Objects:
    """Unrounded points that units claim, where the decision rounds later; None elsewhere."""
    claims = np.full(n, None, dtype=object)
    if policy.points_at != "criterion":
        for at, num, den, sure in zip(where, exact.num, exact.den, known, strict=True):
            claims[at] = Fraction(int(num), int(den)) if sure else None
    return claims


def _exact_judged(policy: Policy, before: Objects, stage: _Stage) -> Objects:
    """Unrounded points after a stage: what a person gave is exact as it stands."""
    exact = before.copy()
    if policy.points_at != "criterion":
        for at in np.flatnonzero(stage.done):
            exact[at] = Fraction(int(stage.points.value[at])) if stage.points.known[at] else None
    return exact


def _spread(points: Points, where: Ints, n: int) -> Points:
    value = np.zeros(n, dtype=np.int64)
    known = np.zeros(n, dtype=np.bool_)
    value[where], known[where] = points
    return Points(value, known)


def _nullable(points: Points) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(points.value, ~points.known)
