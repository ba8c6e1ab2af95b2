"""The results of a round: one frame of units with points, percent, grade and rank; targets; averages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd
import pandera.pandas as pa

from criteria.exact import divide, share
from criteria.model import CriteriaSet, Plan, Unit
from scoring.grades import grade_index
from scoring.ledger import build_ledger
from scoring.ranking import ranks
from scoring.targets import Attainment, attainment

UNIT_STATES = ("not_sent", "rejected", "sent", "appraised_in_part", "appraised")

# One row a unit, in the order of the roster; points and percents in thousandths.
RESULTS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, unique=True),
        "name": pa.Column(str),
        "type": pa.Column(str),
        "block": pa.Column(str),
        "max": pa.Column("int64", pa.Check.ge(0)),
        "self": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "appraised": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "final": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "percent": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "grade_by_points": pa.Column(object, nullable=True),
        "grade": pa.Column(object, nullable=True),
        "rank": pa.Column("Int64", pa.Check.ge(1), nullable=True),
        "state": pa.Column(str, pa.Check.isin(UNIT_STATES)),
        "unanswered": pa.Column("int64", pa.Check.ge(0)),
    },
    strict=True,
    ordered=True,
)


@dataclass(frozen=True)
class Results:
    """All that a round comes to; `ledger` and `units` are frames of their contracts."""

    criteria: CriteriaSet
    plan: Plan
    ledger: pd.DataFrame
    units: pd.DataFrame
    targets: tuple[Attainment, ...]
    averages: dict[str, int | None]  # block -> mean percent (thousandths), of the units with a percent

    @property
    def provisional(self) -> bool:
        """Whether any unit's points are still its own claims."""
        return bool((self.units["state"].isin(["sent", "appraised_in_part"])).any())


def score(
    criteria: CriteriaSet,
    plan: Plan,
    units: Sequence[Unit],
    answers: pd.DataFrame,
    rejected: Collection[str] = (),
) -> Results:
    """Results of the answers' frame; `rejected` are codes whose file was not taken."""
    ledger = build_ledger(criteria, units, answers)
    frame = _unit_frame(criteria, units, ledger, rejected)
    return Results(
        criteria,
        plan,
        ledger,
        frame,
        tuple(attainment(criteria, target, frame) for target in plan.targets),
        _averages(criteria, frame),
    )


def _unit_frame(
    criteria: CriteriaSet, units: Sequence[Unit], ledger: pd.DataFrame, rejected: Collection[str]
) -> pd.DataFrame:
    codes = [unit.code for unit in units]
    by_unit = ledger.groupby("unit", sort=False)
    sums = by_unit[["self", "appraised", "final"]].sum(min_count=1).reindex(codes)
    top = by_unit["applicable"].sum().reindex(codes, fill_value=0).to_numpy(dtype=np.int64)
    scored = sums["final"].notna().to_numpy(dtype=np.bool_) & (top > 0)
    final = sums["final"].fillna(0).to_numpy(dtype=np.int64)
    policy = criteria.policy
    percent = share(final, np.maximum(top, 1), policy.percent_digits, policy.percent_rounding)
    index = np.where(scored, grade_index(criteria, final, top), -1)
    labels = [grade.label for grade in criteria.grades]
    grades = [labels[i] if i >= 0 else None for i in index]
    keys = [
        _key(criteria, int(f), int(t), int(p)) if ok else None
        for f, t, p, ok in zip(final, top, percent, scored, strict=True)
    ]
    frame = pd.DataFrame(
        {
            "code": codes,
            "name": [unit.name for unit in units],
            "type": [unit.type for unit in units],
            "block": [unit.block for unit in units],
            "max": top,
            "self": sums["self"].to_numpy(),
            "appraised": sums["appraised"].to_numpy(),
            "final": sums["final"].to_numpy(),
            "percent": pd.arrays.IntegerArray(percent, ~scored),
            "grade_by_points": pd.Series(grades, dtype=object),
            "grade": pd.Series(grades, dtype=object),
            "rank": pd.array(ranks(keys, [u.block for u in units], policy.ties), dtype="Int64"),
            "state": _states(ledger, codes, rejected),
            "unanswered": _unanswered(ledger, codes),
        }
    )
    frame = frame.astype(
        {name: str(column.dtype) for name, column in RESULTS.columns.items() if column.dtype}
    )
    return RESULTS.validate(frame, lazy=True)


def _key(criteria: CriteriaSet, final: int, top: int, percent: int) -> Fraction:
    """What units are ranked on: the measure that grades them, exact or as rounded."""
    if criteria.policy.rank_on == "rounded":
        return Fraction(percent)
    return Fraction(final) if criteria.policy.grade_on == "points" else Fraction(final, top)


def _states(ledger: pd.DataFrame, codes: Sequence[str], rejected: Collection[str]) -> list[str]:
    due = ledger[ledger["applicable"] > 0].groupby("unit", sort=False)
    appraised = due["appraised"].count().to_dict()
    expected = due["appraised"].size().to_dict()
    sent = set(ledger.loc[ledger["status"] != "not_sent", "unit"])
    states = []
    for code in codes:
        if code in rejected:
            states.append("rejected")
        elif code not in sent:
            states.append("not_sent")
        elif not appraised.get(code, 0):
            states.append("sent")
        else:
            whole = appraised[code] >= expected[code]
            states.append("appraised" if whole else "appraised_in_part")
    return states


def _unanswered(ledger: pd.DataFrame, codes: Sequence[str]) -> list[int]:
    open_ = ledger[ledger["status"].isin(["blank", "faulty"])].groupby("unit", sort=False).size()
    return [int(open_.get(code, 0)) for code in codes]


def _averages(criteria: CriteriaSet, units: pd.DataFrame) -> dict[str, int | None]:
    """Mean of the units' exact shares, rounded once, by block."""
    policy = criteria.policy
    means: dict[str, int | None] = {}
    for block in dict.fromkeys(units["block"]):
        own = units[(units["block"] == block) & units["percent"].notna()]
        shares = [Fraction(int(f) * 100_000, int(m)) for f, m in zip(own["final"], own["max"], strict=True)]
        mean = sum(shares, Fraction(0)) / max(len(shares), 1)
        rounded = divide(
            np.array([mean.numerator], dtype=object),  # Python's whole numbers: sums of fractions grow
            np.array([mean.denominator], dtype=object),
            policy.percent_digits,
            policy.percent_rounding,
        )
        means[block] = int(rounded[0]) if shares else None
    return means
