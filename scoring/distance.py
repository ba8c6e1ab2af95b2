"""The distance to the next grade: what a unit lacks, and the criteria where it could be won.

A way is a set of changes that the rules allow and after which the unit holds at least the grade above its
final one, limits and floors heeded. One way is shorter than another where it changes fewer criteria, then
where it brings the lesser total; of equals stands first the one whose criteria come first in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from criteria.model import Condition, Criterion
from scoring.goal import Goal, Marks, marks_of
from scoring.limits import AppliedLimit, Circumstances, Recorded
from scoring.moves import Points, Stand, Stands, unchangeable
from scoring.results import Results
from scoring.shortest import Search

MOST_WAYS = 5  # criteria named, where each is enough alone


@dataclass(frozen=True)
class Change:
    """One criterion changed: figures (as the rule's inputs; None where there are none) and final points.

    `after` is None where the declared figures are good for these points already. `evidence`: the claim's
    evidence is to be supplied; `granted`: the points are an appraiser's to grant; `status` is the
    criterion's in the ledger now. Points in thousandths, exact.
    """

    criterion: Criterion
    status: str
    before: tuple[int, ...] | None
    after: tuple[int, ...] | None
    points_before: Points
    points_after: Points
    evidence: bool
    granted: bool

    @property
    def gain(self) -> Points:
        """Points (thousandths) won on the criterion; in a penalty group, points no longer taken off."""
        more = self.points_after - self.points_before
        return max(more, -more)


@dataclass(frozen=True)
class Way:
    """Changes that together are enough, and the total (thousandths) and final grade they lead to."""

    changes: tuple[Change, ...]
    total: int
    grade: str


@dataclass(frozen=True)
class Advice:
    """How a unit comes to the grade `label`, the one above its final grade.

    `missing`: points (thousandths) that its total lacks for that grade, 0 where only a floor or a limit
    stands between. `ways`, the shortest first: single criteria of which each is enough, or else the one
    shortest combination. Without ways, `why_none` says whether `limits` hold the grade down whatever the
    points, or the points that can still be won are too few. `fixed` are criteria short of their maximum
    on results made elsewhere.
    """

    unit: str
    label: str
    missing: int
    ways: tuple[Way, ...]
    why_none: Literal["", "limits", "points"]
    limits: tuple[AppliedLimit, ...]
    fixed: tuple[Criterion, ...]


def advice(
    results: Results, unit: str, answers: pd.DataFrame, known: Circumstances | None = None
) -> Advice | None:
    """Advice to one unit; None where it holds the top grade, or has no points or no grades to reach.

    `known` is what the results were computed with; without it the facts are those of the limits that
    apply. Raises KeyError for an unknown code.
    """
    if unit not in set(results.units["code"]):
        raise KeyError(unit)
    own = results.ledger[results.ledger["unit"] == unit]
    stands = Stands(results.criteria, own, answers)
    row = results.units[results.units["code"] == unit].to_dict("records")[0]
    return _advice(results, row, stands.of(unit), marks_of(results.criteria, str(row["block"])), known)


def advices(
    results: Results, answers: pd.DataFrame, known: Circumstances | None = None
) -> dict[str, Advice]:
    """Advice to every unit that can be given any, by code, in the order of the roster."""
    stands = Stands(results.criteria, results.ledger, answers)
    marks = {block: marks_of(results.criteria, block) for block in dict.fromkeys(results.units["block"])}
    found = {}
    for row in results.units.to_dict("records"):
        code = str(row["code"])
        given = _advice(results, row, stands.of(code), marks[row["block"]], known)
        if given is not None:
            found[code] = given
    return found


def _advice(
    results: Results,
    row: Mapping[Any, Any],
    stands: Sequence[Stand],
    marks: Marks,
    known: Circumstances | None,
) -> Advice | None:
    unit, block = str(row["code"]), str(row["block"])
    labels = [grade.label for grade in results.criteria.grades_of(block)]
    if pd.isna(row["percent"]) or not labels or row["grade"] == labels[0]:
        return None
    target = labels.index(row["grade"]) - 1 if row["grade"] in labels else len(labels) - 1
    applied = results.limits.get(unit, ())
    known = known or Circumstances(*_facts_of(unit, applied))
    goal = Goal(
        results.criteria, marks, unit, block, int(row["max"]), known, target, sent=unit in results.sent
    )
    search = Search(results.criteria, stands, goal)
    ways = tuple(_ways(search))
    why, limits = _why_none(search, ways)
    missing = max(goal.least - int(row["final"]), 0)
    return Advice(unit, labels[target], missing, ways, why, limits, tuple(unchangeable(stands)))


def _ways(search: Search) -> Iterator[Way]:
    """Single criteria, the least total first; else the shortest combination; nothing where none is."""
    single = [_way(search, gains) for gains in search.alone()]
    if single:
        yield from sorted(single, key=lambda way: way.total)[:MOST_WAYS]
        return
    shortest = search.shortest()
    if shortest is not None:
        yield _way(search, shortest)


def _way(search: Search, gains: Mapping[int, Points]) -> Way:
    then = search.outcome(gains)
    kinds = search.criteria.group_by_id
    changes = []
    for place in sorted(gains):
        stand, gain = search.stands[place], gains[place]
        down = kinds[stand.leaf.group].kind == "penalty"
        after = stand.points - gain if down else stand.points + gain
        changes.append(
            Change(
                stand.leaf,
                stand.status,
                stand.values,
                stand.inputs_for(gain),
                stand.points,
                after,
                stand.lacks_evidence,
                stand.judged,
            )
        )
    return Way(tuple(changes), then.total, str(then.grade))


def _why_none(
    search: Search, ways: Sequence[Way]
) -> tuple[Literal["", "limits", "points"], tuple[AppliedLimit, ...]]:
    """Whether limits hold the goal back though points are enough, and which; nothing where ways are."""
    if ways:
        return "", ()
    best = search.best()
    freed = replace(search, goal=replace(search.goal, heed_limits=False))
    if not freed.goal.reached(freed.outcome(best).grade):
        return "points", ()
    return "limits", tuple(item for item in search.outcome(best).limits if item.before != item.after)


def _facts_of(
    unit: str, applied: Sequence[AppliedLimit]
) -> tuple[dict[str, list[Recorded]], dict[str, int]]:
    """The facts, and a day's lateness, that the limits which apply to a unit look to."""
    facts: dict[str, list[Recorded]] = {}
    late: dict[str, int] = {}
    for item in applied:
        for name in item.limit.when.facts():
            facts.setdefault(unit, []).append(Recorded(name, "; ".join(item.because)))
        if _looks_to_lateness(item.limit.when):
            late[unit] = 1
    return facts, late


def _looks_to_lateness(when: Condition) -> bool:
    return (when.kind == "dossier" and when.name == "late") or any(map(_looks_to_lateness, when.parts))
