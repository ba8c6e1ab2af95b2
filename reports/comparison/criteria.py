"""What of two criteria sets can be compared, and how each criterion that can came out in both years."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from criteria.exact import round_fraction
from criteria.model import CriteriaSet, Criterion
from reports.standing import whole

_POLICY = ("points_digits", "points_rounding", "points_at", "hold_to_scale")  # what a total depends on


@dataclass(frozen=True)
class Comparable:
    """Which criteria of two sets mean the same, why the others are left out, whether totals do.

    `ids`: same id, title, maximum and rule in both. `left_out`: id and reason (Vietnamese), in the
    order of the newer set, then the older. `totals`: whether points of whole units can be compared.
    """

    ids: tuple[str, ...]
    left_out: Mapping[str, str]
    totals: bool


@dataclass(frozen=True)
class CriterionTrend:
    """A criterion over the units that have points on it both times: how many, means, how many rose or fell.

    Means in thousandths of a point, rounded half up to two decimals.
    """

    criterion: str
    title: str
    top: int
    units: int
    old: int
    new: int
    up: int
    down: int


def comparable(old: CriteriaSet, new: CriteriaSet) -> Comparable:
    """What can be compared between results under these two sets."""
    left_out = {leaf.id: why for leaf in new.criteria if (why := _differs(old.by_id.get(leaf.id), leaf))}
    left_out |= {leaf.id: "chỉ có ở đợt cũ" for leaf in old.criteria if leaf.id not in new.by_id}
    groups = [
        {group.id: (group.top, group.kind, group.applies_to) for group in side.groups}
        for side in (old, new)
    ]
    policies = [[getattr(side.policy, name) for name in _POLICY] for side in (old, new)]
    totals = (
        not left_out and old.scale == new.scale and groups[0] == groups[1] and policies[0] == policies[1]
    )
    return Comparable(tuple(leaf.id for leaf in new.criteria if leaf.id not in left_out), left_out, totals)


def _differs(old: Criterion | None, new: Criterion) -> str:
    """Why a criterion cannot be compared; empty where it can."""
    if old is None:
        return "chỉ có ở đợt mới"
    same = {
        "khác tên": same_words(old.title, new.title),
        "khác điểm tối đa": old.top == new.top,
        "khác cách chấm": old.rule == new.rule or old.top != new.top,  # a rule knows its maximum
    }
    return ", ".join(what for what, holds in same.items() if not holds)


def same_words(text: str, other: str) -> bool:
    """Whether two names read the same: blanks, capitals and how marks are stored are no difference."""
    return _folded(text) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


Points = Mapping[tuple[str, str], int | None]  # final points by unit and criterion


def final_points(ledger: pd.DataFrame) -> Points:
    """Final points of a ledger by unit and criterion, None where there are none."""
    keys = zip(ledger["unit"], ledger["criterion"], strict=True)
    return dict(zip(keys, map(whole, ledger["final"]), strict=True))


def moved_criteria(
    ids: tuple[str, ...], old: Points, new: Points, pair: tuple[str, str]
) -> Iterator[tuple[str, int | None, int | None]]:
    """Of one unit (its code then and now) the compared criteria whose points differ: id, then and now."""
    for id_ in ids:
        was, now = old.get((pair[0], id_)), new.get((pair[1], id_))
        if was != now:
            yield id_, was, now


def trends(
    criteria: CriteriaSet, ids: tuple[str, ...], old: Points, new: Points, pairs: list[tuple[str, str]]
) -> Iterator[CriterionTrend]:
    """The trend of each compared criterion over pairs of codes (then, now); none without such units."""
    for id_ in ids:
        both: list[tuple[int, int]] = []
        for before, after in pairs:
            was, now = old.get((before, id_)), new.get((after, id_))
            if was is not None and now is not None:
                both.append((was, now))
        if both:
            leaf: Any = criteria.by_id[id_]
            yield CriterionTrend(
                id_,
                leaf.title,
                leaf.top,
                len(both),
                _mean([was for was, _ in both]),
                _mean([now for _, now in both]),
                sum(now > was for was, now in both),
                sum(now < was for was, now in both),
            )


def _mean(values: list[int]) -> int:
    return round_fraction(Fraction(sum(values), len(values)), 2, "half_up")
