"""What a unit's criteria could still bring: for each, the better points that its rule can give.

A move changes one criterion: other figures declared, the missing evidence supplied, an answer where there
is none, or points granted that the appraisal did not grant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from criteria.exact import Ints, divide
from criteria.model import Condition, CriteriaSet, Criterion
from scoring.ledger import bare_claims

Points: TypeAlias = int | Fraction  # thousandths of a point
Objects: TypeAlias = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Stand:
    """Where a unit stands on one criterion, and what it could have there instead.

    `points` are final (thousandths; 0 where there are none), `applicable` what counts towards the
    maximum. `values` are the declared figures, None where there are none. `judged`: the points are not
    the unit's own claim, so more must be granted by whoever judged. `outright`: the points stand in a
    table, whatever figures stand beside them. `unproved`: a claim that lost its points for want of
    evidence; `bare`: and nobody gave any since; `lacks_evidence`: one that would lose them if changed
    without. `gains` are the distinct gains (thousandths, rising), `inputs` the figures that bring each.
    """

    leaf: Criterion
    status: str
    points: Points
    own: int | None
    applicable: int
    values: tuple[int, ...] | None
    judged: bool
    outright: bool
    bare: bool
    unproved: bool
    lacks_evidence: bool
    claimed: Points | None = None  # the gain (thousandths) that what is declared already would bring
    gains: Sequence[Points] = ()
    inputs: tuple[Ints, ...] = ()

    def inputs_for(self, gain: Points) -> tuple[int, ...] | None:
        """The figures that bring a gain; None where they need not change or there are none."""
        at = list(self.gains).index(gain)
        found = tuple(int(column[at]) for column in self.inputs)
        granted = self.judged and self.claimed is not None and gain <= self.claimed
        return None if granted or self.outright or found[:1] == (UNCHANGED,) else found


UNCHANGED = -1  # in place of figures: those declared already are good for these points


class Stands:
    """The stands of units, read from the frames of ledger and answers once."""

    def __init__(self, criteria: CriteriaSet, ledger: pd.DataFrame, answers: pd.DataFrame) -> None:
        self._criteria = criteria
        self._ledger = {name: ledger[name].to_numpy(dtype=object) for name in _LEDGER}
        self._ledger["bare"] = bare_claims(ledger)
        self._rows: dict[str, Ints] = {
            str(unit): np.asarray(rows) for unit, rows in ledger.groupby("unit", sort=False).indices.items()
        }
        self._answers = {name: answers[name].to_numpy(dtype=object) for name in _ANSWERS}
        self._offers: dict[tuple[str, tuple[int, ...], bool], tuple[tuple[Ints, ...], Any]] = {}
        # without a limit that counts claims without evidence, evidence that brings no points is no move
        self._bare_counts = any(_counts_evidence(limit.when) for limit in criteria.limits)

    def of(self, unit: str) -> tuple[Stand, ...]:
        """A unit's stands, in the order of the decision; empty for one that is not in the ledger."""
        return tuple(self._stand(row) for row in self._rows.get(unit, ()))

    def _stand(self, at: int) -> Stand:
        row = {name: column[at] for name, column in self._ledger.items()}
        leaf = self._criteria.by_id[row["criterion"]]
        points = _exactly(row["final"], row["exact"])
        answer = None if pd.isna(row["answer"]) else int(row["answer"])
        values = None if answer is None else self._values(leaf, answer)
        claim = answer is not None and not pd.isna(self._answers["self"][answer])
        # also where the judgement agrees with the claim: other figures would not change it
        judged = not (pd.isna(row["judgement"]) and pd.isna(row["decision"]))
        stand = Stand(
            leaf=leaf,
            status=row["status"],
            points=points or 0,
            own=None if pd.isna(row["self"]) else int(row["self"]),
            applicable=int(row["applicable"]),
            values=values,
            judged=judged,
            outright=claim or (values is None and judged),
            bare=bool(row["bare"]),
            unproved=row["reason"] == "no_evidence",
            lacks_evidence=leaf.loses_without_evidence
            and not claim
            and (answer is None or not self._answers["evidence"][answer]),
        )
        if stand.status == "not_applicable":
            return stand
        return self._with_moves(stand)

    def _values(self, leaf: Criterion, answer: int) -> tuple[int, ...] | None:
        found = [self._answers[name][answer] for name in ("x1", "x2")[: len(leaf.rule.inputs)]]
        return None if any(pd.isna(value) for value in found) else tuple(int(value) for value in found)

    def _with_moves(self, stand: Stand) -> Stand:
        """The stand with every gain that the rule allows, each by the figures nearest to those declared."""
        inputs, points = self._offered(stand)
        if not inputs:
            return stand
        declared = _worth_of(stand, self._criteria)
        if declared is not None:
            # the figures as they are, for evidence to be supplied or points to be granted on them
            inputs = tuple(np.append(column, UNCHANGED) for column in inputs)
            points = np.append(points, np.array([declared]))
        sign = -1 if self._criteria.group_by_id[stand.leaf.group].kind == "penalty" else 1
        gains = (points - stand.points) * sign
        keep = gains >= 0 if stand.bare and self._bare_counts else gains > 0
        if stand.bare and not stand.judged and declared is not None:
            keep &= points * sign >= declared * sign  # nobody does worse to prove what was done
        if not keep.any():
            return stand
        if declared is not None:
            stand = replace(stand, claimed=(declared - stand.points) * sign)
        gains = gains[keep]
        if gains.dtype == object:
            gains = np.array([Fraction(gain) for gain in gains], dtype=object)
        return _distinct(stand, gains, tuple(column[keep] for column in inputs))

    def _offered(self, stand: Stand) -> tuple[tuple[Ints, ...], Any]:
        """What the rule can give and for which figures; the same for all units of the same total."""
        leaf, policy = stand.leaf, self._criteria.policy
        whole = policy.points_at == "criterion" or stand.judged or stand.outright
        key = (leaf.id, (stand.values or (0, 0))[1:], whole)
        if key not in self._offers:
            inputs = leaf.rule.attainable(stand.values)
            points: Any = ()
            if inputs:
                num, den = leaf.rule.points(inputs)
                if whole:
                    points = divide(num, den, policy.points_digits, policy.points_rounding)
                else:
                    pairs = zip(num, den, strict=True)
                    points = np.array([Fraction(int(num), int(den)) for num, den in pairs], dtype=object)
            self._offers[key] = inputs, points
        return self._offers[key]


_LEDGER = (
    "criterion",
    "status",
    "applicable",
    "self",
    "final",
    "exact",
    "reason",
    "answer",
    "judgement",
    "decision",
)
_ANSWERS = ("x1", "x2", "self", "evidence")


def _exactly(points: Any, exact: Any) -> Points | None:
    """Points as Python's own number, the unrounded ones where they are kept; None where not known."""
    return exact if isinstance(exact, Fraction) else None if pd.isna(points) else int(points)


def _counts_evidence(when: Condition) -> bool:
    return when.kind == "evidence_missing" or any(map(_counts_evidence, when.parts))


def _worth_of(stand: Stand, criteria: CriteriaSet) -> Points | None:
    """What is declared, were its evidence there and nothing taken off; None where nothing is declared."""
    if stand.values is None or stand.outright:
        return stand.own if stand.judged else None
    policy = criteria.policy
    if policy.points_at == "criterion" and not stand.unproved and stand.own is not None:
        return stand.own
    exact = stand.leaf.rule.points([np.array([value], dtype=np.int64) for value in stand.values])
    if policy.points_at == "criterion" or stand.judged:
        return int(divide(exact.num, exact.den, policy.points_digits, policy.points_rounding)[0])
    return Fraction(int(exact.num[0]), int(exact.den[0]))


def _distinct(stand: Stand, gains: Any, inputs: tuple[Ints, ...]) -> Stand:
    """The stand with one move a gain: that of the figures as declared, else of those nearest to them."""
    first = inputs[0]
    if stand.values is not None:
        near = np.where(first == UNCHANGED, -1, np.abs(first - stand.values[0]))
    else:
        near = np.abs(first - first[int(np.argmin(gains))])
    order = np.lexsort((near, gains)) if gains.dtype != object else _sorted(gains, near)
    ordered = gains[order]
    fresh = np.ones(len(ordered), dtype=np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    chosen = order[fresh]
    found = tuple(gain if gains.dtype == object else int(gain) for gain in gains[chosen])
    return replace(stand, gains=found, inputs=tuple(column[chosen] for column in inputs))


def _sorted(gains: Objects, near: Ints) -> Ints:
    return np.array(sorted(range(len(gains)), key=lambda at: (gains[at], near[at])), dtype=np.int64)


def unchangeable(stands: Sequence[Stand]) -> Iterator[Criterion]:
    """Criteria short of their maximum on results made elsewhere, which the unit cannot change."""
    for stand in stands:
        if any(wanted.table for wanted in stand.leaf.rule.inputs) and stand.points < stand.applicable:
            yield stand.leaf
