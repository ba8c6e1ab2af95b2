"""How firm each rank is: which units would move if something had been otherwise, everything else as it is.

Two questions, both answered exactly by ranking again under the decision's own policy: if one disputed
point (claimed and final differ, or an objection is open) went the other way; and if one criterion
were left out, its points and its maximum.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from criteria.model import Criterion
from scoring.grades import grade_of
from scoring.ranking import Key, ranks
from scoring.results import Results
from scoring.shares import Shares, shares_of
from scoring.tally import Tally, tally_of


@dataclass(frozen=True)
class Dispute:
    """One criterion of a unit judged otherwise than claimed, and what the other way would change.

    Points in thousandths; ranks in the block; grades by points, before any limit.
    """

    unit: str
    criterion: str
    final: int
    other: int
    rank: int
    other_rank: int
    grade: str | None
    other_grade: str | None

    @property
    def matters(self) -> bool:
        """Whether the rank or the grade by points hangs on it."""
        return self.rank != self.other_rank or self.grade != self.other_grade


@dataclass(frozen=True)
class LeftOut:
    """A round without one criterion: the units whose rank is another then, with both ranks.

    The furthest moved first; the rank is None where nothing is left that applies to the unit.
    """

    criterion: str
    moved: tuple[tuple[str, int, int | None], ...]


@dataclass(frozen=True)
class Firm:
    """How far one unit's rank may go: by disputes (its own going its way; all the others' theirs), and
    over all rounds with one criterion left out."""

    unit: str
    rank: int
    best_by_disputes: int
    worst_by_disputes: int
    best_without_one: int
    worst_without_one: int

    @property
    def firm(self) -> bool:
        """Whether nothing of all this moves it."""
        return {self.best_by_disputes, self.worst_by_disputes} == {self.rank} == {
            self.best_without_one,
            self.worst_without_one,
        }  # fmt: skip


@dataclass(frozen=True)
class Firmness:
    """The disputes, the criteria left out one by one, and the span of each unit's rank."""

    disputes: tuple[Dispute, ...]
    left_out: tuple[LeftOut, ...]
    units: tuple[Firm, ...]


def firmness(results: Results, objections: Mapping[tuple[str, str], int] | None = None) -> Firmness:
    """The firmness of a round's ranks.

    `objections`: points (thousandths) claimed in open objections, by unit and criterion; they are
    disputes beside those that the ledger holds.
    """
    tally = tally_of(results)
    keys = tally.keys(tally.points, tally.applicable, tally.known)
    own = _ranks(tally, keys)
    other = _others(results, tally, objections or {})
    disputes = _disputes(results, tally, keys, own, other)
    without = _without(tally)
    left_out = tuple(
        LeftOut(leaf.id, _moved(tally, own, then))
        for leaf, then in zip(results.criteria.criteria, without, strict=True)
    )
    spans = _spans(tally, keys, other)
    units = []
    for at, (unit, rank) in enumerate(zip(tally.units, own, strict=True)):
        if rank is None:
            continue
        seen = [rank, *(then[at] for then in without)]
        known = [place for place in seen if place is not None]
        decided = [rank, *spans[at]]
        units.append(Firm(unit, rank, min(decided), max(decided), min(known), max(known)))
    return Firmness(disputes, left_out, tuple(units))


def _ranks(tally: Tally, keys: Sequence[Key | None]) -> list[int | None]:
    return ranks(keys, tally.blocks, tally.criteria.policy.ties)


def _others(
    results: Results, tally: Tally, objections: Mapping[tuple[str, str], int]
) -> dict[tuple[int, int], int]:
    """Points the other way, by row and column of the tally."""
    ledger = results.ledger
    judged = ledger["appraised"].notna() | ledger["decided"].notna()
    both = ledger[judged & ledger["self"].notna() & ledger["final"].notna()]
    both = both[(both["self"] != both["final"]) & both["unit"].isin(tally.row)]
    found = {
        (tally.row[unit], tally.column[criterion]): int(own)
        for unit, criterion, own in zip(both["unit"], both["criterion"], both["self"], strict=True)
    }
    for (unit, criterion), points in objections.items():
        if unit in tally.row and criterion in tally.column:
            found[tally.row[unit], tally.column[criterion]] = points
    return dict(sorted(found.items()))


def _disputes(
    results: Results,
    tally: Tally,
    keys: Sequence[Key | None],
    own: Sequence[int | None],
    other: Mapping[tuple[int, int], int],
) -> tuple[Dispute, ...]:
    """Each dispute gone the other way: a row of points for each, counted and ranked by itself."""
    criteria, places = results.criteria, list(other)
    if not places:
        return ()
    rows = np.array([row for row, _ in places], dtype=np.int64)
    points, applicable = tally.points[rows], tally.applicable[rows]
    for at, (_, column) in enumerate(places):
        points[at, column] = tally.exact(other[places[at]])
    then_keys, totals = tally.keys(points, applicable, tally.known[rows]), tally.totals(points, applicable)
    counted = {group.id: tally.group(group, points).tolist() for group in criteria.groups}
    shares = shares_of(criteria, results.ledger)
    grades = dict(zip(results.units["code"], results.units["grade_by_points"], strict=True))
    fields = _Fields(tally, keys)
    found = []
    for at, (row, column) in enumerate(places):
        unit, leaf = tally.units[row], criteria.criteria[column]
        key, before, grade = then_keys[at], own[row], grades[unit]
        if before is None or key is None:
            continue
        then = _shares_then(shares, unit, leaf, points[at, column], counted[leaf.group][at])
        reached = grade_of(
            criteria, tally.blocks[row], int(totals[at]), int(applicable[at].sum()), unit, then
        )
        found.append(
            Dispute(
                unit,
                leaf.id,
                int(tally.points[row, column]),
                other[row, column],
                before,
                fields.rank(row, key),
                None if pd.isna(grade) else str(grade),
                reached,
            )
        )
    return tuple(found)


def _shares_then(shares: Shares, unit: str, leaf: Criterion, points: Any, counted: Any) -> Shares:
    """The shares of one unit with other points of one criterion and so of its group."""
    groups, leaves = shares.groups[unit], shares.criteria[unit]
    return Shares(
        {unit: {**groups, leaf.group: (_plain(counted), groups[leaf.group][1])}},
        {unit: {**leaves, leaf.id: (_plain(points), leaves[leaf.id][1])}},
    )


def _plain(points: Any) -> int | Fraction:
    return points if isinstance(points, Fraction) else int(points)


class _Fields:
    """The keys of each block in order, to rank one changed key among the others as they are."""

    def __init__(self, tally: Tally, keys: Sequence[Key | None]) -> None:
        self._blocks, self._keys = tally.blocks, keys
        self._sorted: dict[str, list[Key]] = {}
        self._alone: dict[str, set[Key]] = {}  # keys that count once: where ties are dense, all count once
        for block in dict.fromkeys(tally.blocks):
            times = Counter(
                key for key, of in zip(keys, tally.blocks, strict=True) if of == block and key is not None
            )
            dense = tally.criteria.policy.ties == "dense"
            self._sorted[block] = sorted(times if dense else times.elements())
            self._alone[block] = {key for key, number in times.items() if number == 1 or not dense}

    def rank(self, row: int, key: Key) -> int:
        """Rank of a unit with another key than its own."""
        block, own = self._blocks[row], self._keys[row]
        field = self._sorted[block]
        above = len(field) - bisect_right(field, key)
        # the unit itself does not stand above itself
        return 1 + above - (own is not None and own > key and own in self._alone[block])


def _spans(
    tally: Tally, keys: Sequence[Key | None], other: Mapping[tuple[int, int], int]
) -> list[tuple[int, int]]:
    """Best and worst rank of each unit by disputes: each way that is the better or worse for it.

    Best: every disputed point of its own is the greater of the two and every other unit's the lesser;
    worst the other way about. No other way of deciding them goes further, save where ties are dense: there
    units that tie may draw nearer to the first place those that stand under them.
    """
    high, low = tally.points.copy(), tally.points.copy()
    down = {
        index
        for index, leaf in enumerate(tally.criteria.criteria)
        if tally.criteria.group_by_id[leaf.group].kind == "penalty"
    }
    for (row, column), value in other.items():
        now = tally.points[row, column]
        better, worse = (min, max) if column in down else (max, min)
        high[row, column], low[row, column] = better(now, value), worse(now, value)
    highs, lows = (tally.keys(points, tally.applicable, tally.known) for points in (high, low))
    up, under = _Fields(tally, highs), _Fields(tally, lows)
    spans = []
    for row in range(len(tally.units)):
        best, worst = highs[row], lows[row]
        if best is None or worst is None:
            spans.append((0, 0))
        else:
            spans.append((under.rank(row, best), up.rank(row, worst)))
    return spans


def _without(tally: Tally) -> list[list[int | None]]:
    """The ranks of all units with each criterion left out in turn."""
    found = []
    for column in range(len(tally.criteria.criteria)):
        points, applicable, known = tally.points.copy(), tally.applicable.copy(), tally.known.copy()
        points[:, column] = tally.exact(0)
        applicable[:, column] = 0
        known[:, column] = False
        found.append(_ranks(tally, tally.keys(points, applicable, known)))
    return found


def _moved(
    tally: Tally, own: Sequence[int | None], then: Sequence[int | None]
) -> tuple[tuple[str, int, int | None], ...]:
    moved = [
        (unit, before, after)
        for unit, before, after in zip(tally.units, own, then, strict=True)
        if before is not None and before != after
    ]
    far = {unit: abs(before - (after or len(then) + 1)) for unit, before, after in moved}
    return tuple(sorted(moved, key=lambda item: -far[item[0]]))
