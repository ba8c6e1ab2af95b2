"""What a criterion is worth: the points that claims come to, and the points that a person may give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from criteria.exact import Ints, divide
from criteria.model import Criterion, Policy
from criteria.rules import Exact

Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]


class Points(NamedTuple):
    """Values (thousandths) and where there are any; the values elsewhere are 0 and mean nothing."""

    value: Ints
    known: Bools


@dataclass(frozen=True)
class Said:
    """What units say on one criterion, an array entry a unit.

    `state` as in the answers' frame; `evidence`: whether any is cited; `x`: the declared figures;
    `own`: points given outright.
    """

    state: Objects
    evidence: Bools
    x: Sequence[Points]
    own: Points


class Claimed(NamedTuple):
    """Points that units claim, which claims lost theirs for want of evidence, the points unrounded."""

    points: Points
    no_evidence: Bools
    exact: Exact


def claimed(leaf: Criterion, policy: Policy, said: Said) -> Claimed:
    """What is claimed on one criterion; points given outright stand, even beside their figures."""
    value, known = said.own.value.copy(), said.own.known.copy()
    declared = (said.state == "answered") & said.x[0].known & ~known
    exact = leaf.rule.points([said.x[i].value[declared] for i in range(len(leaf.rule.inputs))])
    value[declared] = divide(exact.num, exact.den, digits_of(policy), policy.points_rounding)
    known |= declared
    no_evidence = declared & ~said.evidence & leaf.loses_without_evidence
    no_evidence[declared] &= np.asarray(exact.num > 0, dtype=np.bool_)  # nothing is proved by nothing
    value[no_evidence] = 0
    full = (said.state == "not_applicable") & (leaf.not_applicable == "full") & ~known
    value[full] = leaf.top
    num, den = value.astype(object), np.ones(len(value), dtype=object)
    live = declared & ~no_evidence
    num[live], den[live] = exact.num[live[declared]], exact.den[live[declared]]
    return Claimed(Points(value, known | full), no_evidence, Exact(num, den))


def digits_of(policy: Policy) -> int:
    """Decimals that the points of one criterion have."""
    return policy.points_digits if policy.points_at == "criterion" else 3


@dataclass(frozen=True)
class Givable:
    """The points (thousandths) that a person may give: from 0 to `top` in steps, or one of `listed`."""

    top: int
    step: int
    listed: tuple[int, ...] = ()
    not_applicable: bool = False  # whether "không phát sinh" may be said instead

    @property
    def choices(self) -> tuple[int, ...]:
        """Every value that may be given, highest first."""
        return tuple(sorted(self.listed or range(0, self.top + 1, self.step), reverse=True))

    def __contains__(self, points: object) -> bool:
        if self.listed:
            return points in self.listed
        return isinstance(points, int) and 0 <= points <= self.top and points % self.step == 0


def givable(leaf: Criterion, policy: Policy) -> Givable:
    """What an appraiser may give on a criterion, by its rule.

    Where points are judged, the rule's own step; of a choice, what its levels are worth; elsewhere any
    points that the decision's rounding can come to, since corrected figures may lead to any.
    """
    wanted = leaf.rule.inputs[0]
    may = leaf.not_applicable != "forbidden"
    if leaf.rule.KIND == "judged":
        return Givable(leaf.top, wanted.step, (), may)
    if wanted.type == "level":
        exact = leaf.rule.points([np.arange(len(wanted.levels), dtype=np.int64)])
        worth = divide(exact.num, exact.den, digits_of(policy), policy.points_rounding)
        return Givable(leaf.top, 1, tuple(dict.fromkeys(int(value) for value in worth)), may)
    return Givable(leaf.top, int(10 ** (3 - digits_of(policy))), (), may)
