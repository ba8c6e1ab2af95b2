"""The results of a round: one frame of units with points, percent, grade and rank; targets; averages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import pandas as pd
import pandera.pandas as pa

from criteria.exact import round_fraction, share
from criteria.model import CriteriaSet, Plan, Unit
from evidence.judgements import judgements_frame
from scoring.columns import plain
from scoring.grades import grade_of
from scoring.grid import Grid
from scoring.ledger import at_stage, bare_claims, build_ledger
from scoring.limits import AppliedLimit, Circumstances, Recorded, Standing, apply_limits
from scoring.quotas import Proposal, proposals
from scoring.ranking import Key, ranks
from scoring.shares import WHOLE, Shares, shares_of, tie_breaks
from scoring.states import PROVISIONAL_STATES, UNIT_STATES, senders, states
from scoring.targets import Attainment, attainment
from scoring.totals import totals

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
    """All that a round comes to; `ledger`, `units` and `judgements` are frames of their contracts."""

    criteria: CriteriaSet
    plan: Plan
    ledger: pd.DataFrame
    units: pd.DataFrame
    limits: dict[str, tuple[AppliedLimit, ...]]  # by unit, only of units that have any
    targets: tuple[Attainment, ...]
    proposals: tuple[Proposal, ...]
    averages: dict[str, int | None]  # block -> mean percent (thousandths), of the units with a percent
    judgements: pd.DataFrame = field(default_factory=judgements_frame)
    sent: frozenset[str] = (
        frozenset()
    )  # codes of the units with a dossier, whether it could be taken or not

    @property
    def provisional(self) -> bool:
        """Whether any unit's points are still its own claims, or disputed."""
        return bool((self.units["state"].isin(PROVISIONAL_STATES)).any())


def score(
    criteria: CriteriaSet,
    plan: Plan,
    units: Sequence[Unit],
    answers: pd.DataFrame,
    rejected: Collection[str] = (),
    circumstances: Circumstances | None = None,
    judgements: pd.DataFrame | None = None,
) -> Results:
    """Results of the answers' frame, of what persons judged, and of what is known of the units beside.

    `rejected` are codes whose file was not taken.
    """
    circumstances = circumstances or Circumstances()
    judgements = judgements_frame() if judgements is None else judgements
    ledger = build_ledger(criteria, units, answers, judgements)
    grid = Grid.of(criteria, ledger)
    shares = shares_of(criteria, ledger, grid)
    frame = _unit_frame(criteria, units, ledger, grid)
    frame["state"] = states(criteria, ledger, list(frame["code"]), rejected, circumstances, grid)
    sent = frozenset({*rejected, *senders(ledger, grid)})
    bare = grid.sums(bare_claims(ledger))
    grades, limits = _grades(criteria, frame, sent, bare, shares, circumstances)
    keys = _keys(criteria, frame, shares)
    frame["grade_by_points"] = pd.Series([by_points for by_points, _ in grades], dtype=object)
    frame["grade"] = pd.Series([final for _, final in grades], dtype=object)
    frame["rank"] = pd.array(
        ranks(list(keys.values()), list(frame["block"]), criteria.policy.ties), dtype="Int64"
    )
    frame = RESULTS.validate(frame, lazy=True)
    return Results(
        criteria,
        plan,
        ledger,
        frame,
        limits,
        tuple(
            attainment(criteria, target, frame, ledger, answers, circumstances) for target in plan.targets
        ),
        tuple(proposals(criteria, frame, keys)),
        _averages(criteria, frame),
        judgements,
        sent,
    )


def _unit_frame(
    criteria: CriteriaSet, units: Sequence[Unit], ledger: pd.DataFrame, grid: Grid
) -> pd.DataFrame:
    """The results' frame without states, grades and ranks."""
    codes = [unit.code for unit in units]
    # the applicable maxima as they were when a kind of points was given
    tops = {
        kind: grid.sums(at_stage(criteria, ledger, kind, grid)["applicable"].to_numpy(dtype=np.int64))
        for kind in ("self", "appraised", "final")
    }
    top = np.array([tops["final"].get(code, 0) for code in codes], dtype=np.int64)
    sums = {kind: totals(criteria, ledger, kind, codes, tops[kind], grid) for kind in tops}
    scored = sums["final"].notna().to_numpy(dtype=np.bool_) & (top > 0)
    final = sums["final"].fillna(0).to_numpy(dtype=np.int64)
    policy = criteria.policy
    percent = share(final, np.maximum(top, 1), policy.percent_digits, policy.percent_rounding)
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
            "grade_by_points": None,
            "grade": None,
            "rank": pd.NA,
            "state": "",
            "unanswered": _unanswered(ledger, codes, grid),
        }
    )
    return frame.astype(
        {name: str(column.dtype) for name, column in RESULTS.columns.items() if column.dtype}
    )


def _grades(
    criteria: CriteriaSet,
    frame: pd.DataFrame,
    sent: Collection[str],
    bare: Mapping[str, int],
    shares: Shares,
    circumstances: Circumstances,
) -> tuple[list[tuple[str | None, str | None]], dict[str, tuple[AppliedLimit, ...]]]:
    """Grade by points and final grade of each unit, and the limits between them.

    `bare`: how many of a unit's criteria lost their points for want of evidence.
    """
    grades: list[tuple[str | None, str | None]] = []
    limits: dict[str, tuple[AppliedLimit, ...]] = {}
    columns = (plain(frame[name]) for name in ("code", "block", "percent", "final", "max"))
    for code, block, percent, points, top in zip(*columns, strict=True):
        by_points = None
        if percent is not None:
            by_points = grade_of(criteria, block, points, top, code, shares)
        standing = Standing(
            code,
            block,
            code in sent,
            circumstances.late.get(code, 0),
            _by_name(circumstances.facts.get(code, ())),
            bare.get(code, 0),
            shares,
            percent is not None,
        )
        final, applied = apply_limits(criteria, standing, by_points)
        grades.append((by_points, final))
        if applied:
            limits[code] = applied
    return grades, limits


def _by_name(facts: Sequence[Recorded]) -> dict[str, str]:
    """Texts of facts by name; what was recorded twice is told twice."""
    texts: dict[str, str] = {}
    for item in facts:
        texts[item.fact] = f"{texts[item.fact]}; {item.text}" if item.fact in texts else item.text
    return texts


def _keys(criteria: CriteriaSet, frame: pd.DataFrame, shares: Shares) -> dict[str, Key | None]:
    """What units are ranked on: the measure that grades them, exact or as rounded, then tie-breaks."""
    keys: dict[str, Key | None] = {}
    columns = (plain(frame[name]) for name in ("code", "percent", "final", "max"))
    for code, percent, points, top in zip(*columns, strict=True):
        if percent is None:
            keys[code] = None
            continue
        if criteria.policy.rank_on == "rounded":
            first = Fraction(percent)
        elif criteria.policy.grade_on == "points":
            first = Fraction(points)
        else:
            first = Fraction(points, top)
        keys[code] = (first, *tie_breaks(criteria, shares, code))
    return keys


def _unanswered(ledger: pd.DataFrame, codes: Sequence[str], grid: Grid) -> list[int]:
    # nobody owes an answer in a bonus or penalty group: only what counts towards the maximum is open
    status = ledger["status"].to_numpy(dtype=object)
    due = ledger["applicable"].to_numpy(dtype=np.int64) > 0
    open_ = grid.sums(due & ((status == "blank") | (status == "faulty")))
    return [open_.get(code, 0) for code in codes]


def _averages(criteria: CriteriaSet, units: pd.DataFrame) -> dict[str, int | None]:
    """Mean percent of each block."""
    return {
        block: mean_percent(criteria, units[units["block"] == block])
        for block in dict.fromkeys(units["block"])
    }


def mean_percent(criteria: CriteriaSet, units: pd.DataFrame) -> int | None:
    """Mean of the exact shares of these rows of the results' frame, rounded once (thousandths of %).

    Units without a percent do not count; None where none has one.
    """
    own = units[units["percent"].notna()]
    if own.empty:
        return None
    finals: dict[int, int] = {}  # by maximum: most units have the same few, and fractions add up slowly
    for final, top in zip(plain(own["final"]), plain(own["max"]), strict=True):
        finals[top] = finals.get(top, 0) + final
    policy = criteria.policy
    shares = (Fraction(total * WHOLE, top) for top, total in finals.items())
    mean = sum(shares, Fraction(0)) / len(own)
    return round_fraction(mean, policy.percent_digits, policy.percent_rounding)
