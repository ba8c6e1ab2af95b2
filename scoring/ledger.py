"""The ledger: for each unit and criterion the points claimed, appraised, decided and final, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa

from criteria.exact import Ints
from criteria.model import CriteriaSet, Criterion, Policy, Unit
from criteria.rules import Exact
from criteria.worth import Bools, Objects, Points, Said, claimed
from evidence.answers import few_texts
from evidence.judgements import judgements_frame
from scoring.columns import rows_by
from scoring.grid import Grid

# the four kinds of nothing (and two of something) that stay apart in the ledger
STATUSES = ("answered", "not_applicable", "blank", "faulty", "not_sent")
REASONS = ("", "no_evidence")


def _final_in_top(ledger: pd.DataFrame) -> pd.Series:
    return (ledger["final"] <= ledger["top"]).fillna(True).astype(bool)


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
        # whole rows are never NA: looking for such would take longer than the check
        pa.Check(_final_in_top, name="final over top", ignore_na=False),
        pa.Check(lambda f: f["applicable"] <= f["top"], name="applicable over top", ignore_na=False),
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
    said = _Answers.of(answers, at)
    sent = np.zeros(len(units), dtype=np.bool_)
    sent[said.unit] = True
    judgements = judgements_frame() if judgements is None else judgements
    stages = [_Judged.of(judgements, stage, at) for stage in ("appraised", "decided")]
    columns = [_column(criteria, leaf, sent, said, stages) for leaf in criteria.criteria]
    return LEDGER.validate(_frame(criteria, units, columns), lazy=True)


def at_stage(
    criteria: CriteriaSet, ledger: pd.DataFrame, kind: str, grid: Grid | None = None
) -> pd.DataFrame:
    """How criteria stood once this kind of points (self, appraised, final) was known.

    Columns `status` and `applicable` as in the ledger, in its order: what a person excluded from the
    maximum later still counted towards it before, and the other way round.
    `grid`: the ledger's, if at hand.
    """
    if kind == "final":
        return ledger[["status", "applicable"]]
    grid = grid or Grid.of(criteria, ledger)
    status = ledger["claim"]
    if kind == "appraised":
        judged = ledger["judgement"].notna()
        status = status.where(~judged, np.where(ledger["appraised"].notna(), "answered", "not_applicable"))
    outside = grid.of_leaves(lambda leaf: criteria.group_by_id[leaf.group].kind != "scale")
    excludable = grid.of_leaves(lambda leaf: leaf.not_applicable == "exclude")
    excluded = excludable & (status.to_numpy(dtype=object) == "not_applicable")
    return pd.DataFrame({"status": status, "applicable": ledger["top"].where(~(excluded | outside), 0)})


def bare_claims(ledger: pd.DataFrame) -> Bools:
    """Which rows lost their points for want of evidence and have none to this day.

    What a person gave points for since, or found not applicable, lacks its evidence no more.
    """
    lost = ledger["reason"].to_numpy(dtype=object) == "no_evidence"
    status, points = ledger["status"].to_numpy(dtype=object), ledger["final"].fillna(0).to_numpy(np.int64)
    bare: Bools = lost & (status == "answered") & (points == 0)
    return bare


def _points(column: pd.Series) -> Points:
    return Points(column.fillna(0).to_numpy(dtype=np.int64), column.notna().to_numpy(dtype=np.bool_))


def _places(codes: pd.Series, at: Mapping[str, int]) -> Ints:
    """Index of the unit of each row."""
    return np.fromiter(map(at.__getitem__, codes.to_numpy(dtype=object)), dtype=np.int64, count=len(codes))


class _Answers(NamedTuple):
    """The answers' columns as plain arrays, and the rows of each criterion."""

    unit: Ints
    state: Objects
    evidence: Bools
    x: tuple[Points, Points]
    own: Points
    by_criterion: dict[str, Ints]

    @classmethod
    def of(cls, answers: pd.DataFrame, at: Mapping[str, int]) -> _Answers:
        return cls(
            _places(answers["unit"], at),
            answers["state"].to_numpy(dtype=object),
            (answers["evidence"] != "").to_numpy(dtype=np.bool_),
            (_points(answers["x1"]), _points(answers["x2"])),
            _points(answers["self"]),
            rows_by(answers["criterion"]),
        )

    def said(self, rows: Ints) -> Said:
        """What the units of these rows say."""
        x, y, own = (Points(p.value[rows], p.known[rows]) for p in (*self.x, self.own))
        return Said(self.state[rows], self.evidence[rows], (x, y), own)


class _Judged(NamedTuple):
    """What was judged at one stage as plain arrays, and the rows of each criterion."""

    unit: Ints
    row: Ints
    points: Points
    by_criterion: dict[str, Ints]

    @classmethod
    def of(cls, judgements: pd.DataFrame, stage: str, at: Mapping[str, int]) -> _Judged:
        own = judgements[judgements["stage"] == stage].reset_index(drop=True)
        return cls(
            _places(own["unit"], at),
            own["row"].to_numpy(dtype=np.int64),
            _points(own["points"]),
            rows_by(own["criterion"]),
        )

    def on(self, leaf: Criterion, n: int) -> _Stage:
        """What was judged of each of `n` units on one criterion."""
        rows = self.by_criterion.get(leaf.id, _NO_ROWS)
        where = self.unit[rows]
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


class _Column(NamedTuple):
    """The ledger of one criterion: arrays over all units, also those that it is not for.

    `claim` and `status` are indices of STATUSES; rows of other frames are -1 where there are none.
    """

    claim: Ints
    status: Ints
    applicable: Ints
    self: Points
    appraised: Points
    decided: Points
    final: Points
    exact_self: Objects
    exact: Objects
    no_evidence: Bools
    answer: Ints
    judgement: Ints
    decision: Ints


_NO_ROWS = np.empty(0, dtype=np.int64)
_ANSWERED, _NOT_APPLICABLE, _BLANK, _FAULTY, _NOT_SENT = range(len(STATUSES))


def _column(
    criteria: CriteriaSet, leaf: Criterion, sent: Bools, answers: _Answers, stages: Sequence[_Judged]
) -> _Column:
    """The ledger of one criterion."""
    n, rows = len(sent), answers.by_criterion.get(leaf.id, _NO_ROWS)
    where, said = answers.unit[rows], answers.said(rows)
    claim = np.where(sent, _BLANK, _NOT_SENT)
    for index, state in enumerate(STATUSES):
        claim[where[said.state == state]] = index
    answer = np.full(n, -1, dtype=np.int64)
    answer[where] = rows
    own = claimed(leaf, criteria.policy, said)
    final = self_points = _spread(own.points, where, n)
    exact = claims = _exact_claims(criteria.policy, own.exact, own.points.known, where, n)
    no_evidence = np.zeros(n, dtype=np.bool_)
    no_evidence[where] = own.no_evidence
    status = claim.copy()
    # the later word stands, on points and on whether the criterion applies at all
    appraised, decided = (stage.on(leaf, n) for stage in stages)
    for stage in (appraised, decided):
        status[stage.done] = np.where(stage.absent, _NOT_APPLICABLE, _ANSWERED)[stage.done]
        final = Points(
            np.where(stage.done, stage.points.value, final.value),
            np.where(stage.done, stage.points.known, final.known),
        )
        exact = _exact_judged(criteria.policy, exact, stage)
    excluded = (status == _NOT_APPLICABLE) & (leaf.not_applicable == "exclude")
    outside = criteria.group_by_id[leaf.group].kind != "scale"
    return _Column(
        claim,
        status,
        np.where(excluded | outside, 0, leaf.top),
        self_points,
        appraised.points,
        decided.points,
        Points(final.value, final.known & (status != _FAULTY) & ~excluded),
        claims,
        exact,
        no_evidence,
        answer,
        appraised.row,
        decided.row,
    )


def _frame(criteria: CriteriaSet, units: Sequence[Unit], columns: Sequence[_Column]) -> pd.DataFrame:
    """The ledger's rows: of each unit the criteria that are for its type."""
    leaves = criteria.criteria
    which, types = pd.factorize(np.array([unit.type for unit in units], dtype=object))
    of_types = ([type_ in leaf.applies_to for type_ in types] for leaf in leaves)
    applies = [np.array(ours, dtype=np.bool_)[which] for ours in of_types]
    unit, leaf = np.nonzero(np.stack(applies, axis=1))

    def rows(arrays: Iterable[Any]) -> Any:
        """Arrays of the criteria, an entry a unit, as one column of the frame."""
        return np.stack(list(arrays), axis=1)[unit, leaf]

    def points(held: Sequence[Points]) -> pd.arrays.IntegerArray:
        known = rows(column.known for column in held)
        return pd.arrays.IntegerArray(rows(column.value for column in held), ~known)

    def others(held: Sequence[Ints]) -> pd.arrays.IntegerArray:
        found = rows(held)
        return pd.arrays.IntegerArray(found, found < 0)

    held = {name: [getattr(column, name) for column in columns] for name in _Column._fields}
    return pd.DataFrame(
        {
            "unit": few_texts([unit.code for unit in units], unit),
            "criterion": few_texts([leaf.id for leaf in leaves], leaf),
            "group": few_texts([leaf.group for leaf in leaves], leaf),
            "claim": few_texts(STATUSES, rows(held["claim"])),
            "status": few_texts(STATUSES, rows(held["status"])),
            "top": np.array([leaf.top for leaf in leaves], dtype=np.int64)[leaf],
            "applicable": rows(held["applicable"]),
            "self": points(held["self"]),
            "appraised": points(held["appraised"]),
            "decided": points(held["decided"]),
            "final": points(held["final"]),
            "exact_self": rows(held["exact_self"]),
            "exact": rows(held["exact"]),
            "reason": few_texts(REASONS, rows(held["no_evidence"])),
            "answer": others(held["answer"]),
            "judgement": others(held["judgement"]),
            "decision": others(held["decision"]),
        }
    )


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
