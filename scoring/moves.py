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

Points: TypeAlias = int | Fraction  # thousandths of a point
Objects: TypeAlias = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Stand:
    """Where a unit stands on one criterion, and what it could have there instead.

    `points` are final (thousandths; 0 where there are none), `applicable` what counts towards the
    maximum. `values` are the declared figures, None where there are none. `judged`: the points are not
    the unit's own claim, so more must be granted by whoever judged. `outright`: the points stand in a
    table, whatever figures stand beside them. `bare`: a claim that lost its points for want of evidence;
    `lacks_evidence`: one that would lose them if changed without. `gains` are the
    distinct gains (thousandths, rising), `inputs` the figures that bring each.
    """

    leaf: Criterion
    status: str
    points: Points
    own: Points | None
    applicable: int
    values: tuple[int, ...] | None
    judged: bool
    outright: bool
    bare: bool
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
        self._rows: dict[str, Ints] = {
            str(unit): np.asarray(rows) for unit, rows in ledger.groupby("unit", sort=False).indices.items()
        }
        self._answers = {name: answers[name].to_numpy(dtype=object) for name in _ANSWERS}
        # without a limit that counts claims without evidence, evidence that brings no points is no move
        self._bare_counts = any(_counts_evidence(limit.when) for limit in criteria.limits)

    def of(self, unit: str) -> tuple[Stand, ...]:
        """A unit's stands, in the order of the decision; empty for one that is not in the ledger."""
        return tuple(self._stand(row) for row in self._rows.get(unit, ()))

    def _stand(self, at: int) -> Stand:
        row = {name: column[at] for name, column in self._ledger.items()}
        leaf = self._criteria.by_id[row["criterion"]]
        points = _number(row["final"] if row["exact"] is None else row["exact"])
        answer = None if pd.isna(row["answer"]) else int(row["answer"])
        values = None if answer is None else self._values(leaf, answer)
        claim = answer is not None and not pd.isna(self._answers["self"][answer])
        own = _number(row["self"])
        judged = not pd.isna(row["appraised"]) or (
            points is not None and row["status"] == "answered" and row["exact"] is None and own != points
        )
        stand = Stand(
            leaf=leaf,
            status=row["status"],
            points=points or 0,
            own=own,
            applicable=int(row["applicable"]),
            values=values,
            judged=judged,
            outright=claim or (values is None and judged),
            bare=row["reason"] == "no_evidence",
            lacks_evidence=leaf.loses_without_evidence
            and not claim
            and (answer is None or not self._answers["evidence"][answer]),
        )
        if stand.status == "not_applicable":
            return stand
        return _with_moves(self._criteria, stand, self._bare_counts)

    def _values(self, leaf: Criterion, answer: int) -> tuple[int, ...] | None:
        found = [self._answers[name][answer] for name in ("x1", "x2")[: len(leaf.rule.inputs)]]
        return None if any(pd.isna(value) for value in found) else tuple(int(value) for value in found)


_LEDGER = ("criterion", "status", "applicable", "self", "appraised", "final", "exact", "reason", "answer")
_ANSWERS = ("x1", "x2", "self", "evidence")


def _number(value: Any) -> Points | None:
    """Points as Python's own number; None where not known."""
    return value if isinstance(value, Fraction) else None if pd.isna(value) else int(value)


def _counts_evidence(when: Condition) -> bool:
    return when.kind == "evidence_missing" or any(map(_counts_evidence, when.parts))


def _with_moves(criteria: CriteriaSet, stand: Stand, bare_counts: bool) -> Stand:
    """The stand with every gain that the rule allows, each by the figures nearest to those declared."""
    leaf, policy = stand.leaf, criteria.policy
    inputs = leaf.rule.attainable(stand.values)
    if not inputs:
        return stand
    exact = leaf.rule.points(inputs)
    if policy.points_at == "criterion" or stand.judged or stand.outright:
        points: Any = divide(exact.num, exact.den, policy.points_digits, policy.points_rounding)
    else:
        pairs = zip(exact.num, exact.den, strict=True)
        points = np.array([Fraction(int(num), int(den)) for num, den in pairs], dtype=object)
    declared = _worth_of(stand, criteria)
    if declared is not None:
        # the figures as they are, for evidence to be supplied for them or points to be granted on them
        inputs = tuple(np.append(column, UNCHANGED) for column in inputs)
        points = np.append(points, np.array([declared]))
    sign = -1 if criteria.group_by_id[leaf.group].kind == "penalty" else 1
    gains = (points - stand.points) * sign
    if points.dtype == object or gains.dtype == object:
        gains = np.array([Fraction(gain) for gain in gains], dtype=object)
    keep = gains >= 0 if stand.bare and bare_counts else gains > 0
    if stand.bare and not stand.judged and declared is not None:
        keep &= points * sign >= declared * sign  # nobody does worse to prove what was done
    if not keep.any():
        return stand
    if declared is not None:
        stand = replace(stand, claimed=(declared - stand.points) * sign)
    return _distinct(stand, gains[keep], tuple(column[keep] for column in inputs))


def _worth_of(stand: Stand, criteria: CriteriaSet) -> Points | None:
    """What is declared, were its evidence there and nothing taken off; None where nothing is declared."""
    if stand.values is None or stand.outright:
        return stand.own if stand.judged else None
    policy = criteria.policy
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
