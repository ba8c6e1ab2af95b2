"""The shortest way of a unit to a goal: fewest criteria changed, then the least total.

Ways are sums of gains (`reachable`), so all of them are looked at, not only likely ones. Where points are
rounded later than at the criterion, gains are fractions: they are counted in equal parts of a thousandth,
and where their common parts are too many, in fewer, cut downward. A way that is given then holds all the
same; one that reaches the grade by less than such a part is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby

import numpy as np

from criteria.exact import round_fraction
from criteria.model import CriteriaSet, Group
from scoring.goal import Goal
from scoring.limits import AppliedLimit
from scoring.moves import Points, Stand
from scoring.reachable import Bounds, Joined, Key, Leaf, Part, Table, Whole, least_from
from scoring.totals import capped

FINEST = 1 << 20  # members of a set of gains while their common parts are kept
GRAINS = (1000, 100, 10, 1)  # thousandths in the last of so many decimals
COARSER = 1 << 17  # members where they are not


@dataclass(frozen=True)
class Outcome:
    """What a unit comes to with some criteria changed: total (thousandths), grades, limits."""

    total: int
    by_points: str | None
    grade: str | None
    limits: tuple[AppliedLimit, ...]


@dataclass(frozen=True)
class Search:
    """A unit's stands and goal."""

    criteria: CriteriaSet
    stands: Sequence[Stand]
    goal: Goal

    def outcome(self, gains: Mapping[int, Points]) -> Outcome:
        """What the unit comes to with these gains (thousandths) of criteria by their place."""
        counted = Fraction(0)
        marks = bare = 0
        for group, places in self._groups:
            raw = Fraction(0)
            for place in places:
                stand = self.stands[place]
                points = stand.points + self._sign(group) * gains.get(place, 0)
                raw += points
                marks |= self.goal.marks.on(stand.leaf.id, "criterion", points, stand.applicable)
                bare += stand.bare and place not in gains
            own = self._counted(group, raw)
            marks |= self.goal.marks.on(group.id, "group", own, self._applicable(places))
            counted += self._sign(group) * own
        total = self._total(counted)
        by_points = self.goal.by_points(marks, total)
        return Outcome(total, by_points, *self.goal.limited(marks, bare, by_points))

    def best(self) -> dict[int, Points]:
        """Every gain that could be had, at its greatest."""
        return {place: stand.gains[-1] for place, stand in enumerate(self.stands) if stand.gains}

    def shortest(self) -> dict[int, Points] | None:
        """The gains of the shortest way, by place in the file; None where no way reaches the goal."""
        best = self.best()
        if not best:
            return None
        if not self.goal.marks.turning and not self.goal.reached(self.outcome(best).grade):
            return None
        most = self._fewest(best)
        while most <= len(best):
            found = self._within(most)
            if found is not None:
                return found
            if most == len(best):
                break
            most = min(2 * most, len(best))
        return None

    def alone(self) -> Iterator[dict[int, Points]]:
        """For each criterion that reaches the goal alone, its least gain that does, in the file's order."""
        best = self.best()
        if not best or self._fewest(best) > 1:
            return
        for place, gain in best.items():
            if self._plain_total({place: gain}) >= self.goal.least:
                found = self._within(1, {place})
                if found is not None:
                    yield found

    def _fewest(self, best: Mapping[int, Points]) -> int:
        """The number of criteria under which no way can reach the goal's least total."""
        total = self._base
        for number, gain in enumerate(sorted(best.values(), reverse=True), 1):
            total += gain
            # rounding within a group can add at most half a step to each
            if self._total(total + self._slack) >= self.goal.least:
                return number
        return len(best)

    def _within(self, most: int, only: set[int] | None = None) -> dict[int, Points] | None:
        """The shortest way of at most so many criteria (of those in `only`)."""
        movable = self.best() if only is None else {place: self.stands[place].gains[-1] for place in only}
        widest = sum(sorted(movable.values(), reverse=True)[:most], Fraction(0)) + self._slack
        if not widest:
            widest = Fraction(1)
        scale = _Scale.of(self._values(movable), widest)
        whole = Joined(
            [part for group, places in self._groups for part in self._parts(group, places, movable, scale)]
        )
        bounds = Bounds(most, scale.down(widest) + 1, self.goal.marks.bare)
        table = whole.table(bounds)
        for _, same in groupby(sorted(table, key=lambda key: key.changed), key=lambda key: key.changed):
            ends = [(gain, key) for key in same if (gain := self._least(table, key, scale)) is not None]
            if ends:
                gain, key = min(ends)
                found = whole.undo(key, gain)
                return {place: scale.up(self.stands[place], units) for place, units in found.items()}
        return None

    def _least(self, table: Table, key: Key, scale: _Scale) -> int | None:
        """The least gain (units) under a key that reaches the goal."""
        found = []
        for start, end in self.goal.totals(key.marks, key.bare):
            low, high = 0, table[key].bit_length()
            while low < high:
                middle = (low + high) // 2
                if self._total(self._base + scale.value(middle)) >= start:
                    high = middle
                else:
                    low = middle + 1
            gain = least_from(table[key], low)
            if gain is not None and (end is None or self._total(self._base + scale.value(gain)) < end):
                found.append(gain)
        return min(found, default=None)

    def _parts(
        self, group: Group, places: Sequence[int], movable: Mapping[int, Points], scale: _Scale
    ) -> Sequence[Part]:
        """The criteria of a group; one part where it counts as a whole, for such a set has many members."""
        leaves = [self._leaf(place, place in movable, scale) for place in places]
        if not self._walled(group, places):
            return leaves
        sign = self._sign(group)
        raw = sum((Fraction(self.stands[place].points) for place in places), Fraction(0))
        now = self._counted(group, raw)
        applicable = self._applicable(places)

        def count(units: int) -> tuple[int, int]:
            then = self._counted(group, raw + sign * scale.value(units))
            marks = self.goal.marks.on(group.id, "group", then, applicable)
            return scale.down(sign * (then - now)), marks

        return [Whole(Joined(leaves), count)]

    def _leaf(self, place: int, movable: bool, scale: _Scale) -> Leaf:
        stand = self.stands[place]
        marks, watched = self.goal.marks, self.goal.marks.watches(stand.leaf.id, "criterion")
        stays = Key(0, marks.on(stand.leaf.id, "criterion", stand.points, stand.applicable),
                    min(int(stand.bare), marks.bare))  # fmt: skip
        options: Table = {}
        if movable and not watched:
            options[Key(1, 0, 0)] = scale.bits(stand.gains)
        elif movable:
            for gain in stand.gains:  # a watched criterion counts towards the scale: gains are points
                mark = marks.on(stand.leaf.id, "criterion", stand.points + gain, stand.applicable)
                key = Key(1, mark, 0)
                options[key] = options.get(key, 0) | 1 << scale.down(gain)
        return Leaf(place, stays, options)

    def _walled(self, group: Group, places: Sequence[int]) -> bool:
        """Whether a group's sum counts otherwise than as the sum of its criteria."""
        return (
            group.kind != "scale"
            or self.criteria.policy.points_at == "group"
            or (self.goal.marks.watches(group.id, "group") and self._applicable(places) > 0)
        )

    def _values(self, movable: Mapping[int, Points]) -> Iterator[Points]:
        """Whatever gains are made of: those of criteria, and the room that groups have under their cap."""
        for place in movable:
            yield from self.stands[place].gains
        for group, places in self._groups:
            raw = sum((self.stands[place].points for place in places), 0)
            if group.kind != "scale":
                yield group.top - raw
            if self.criteria.policy.points_at == "group":
                yield raw - self._counted(group, Fraction(raw))
                yield GRAINS[self.criteria.policy.points_digits]

    @cached_property
    def _groups(self) -> list[tuple[Group, list[int]]]:
        """The unit's groups with the places of their criteria."""
        by_id = self.criteria.group_by_id
        places = range(len(self.stands))
        found = groupby(places, key=lambda place: self.stands[place].leaf.group)
        return [(by_id[id_], list(own)) for id_, own in found]

    @cached_property
    def _base(self) -> Fraction:
        """The total as it stands, before it is rounded and held."""
        total = Fraction(0)
        for group, places in self._groups:
            raw = sum((Fraction(self.stands[place].points) for place in places), Fraction(0))
            total += self._sign(group) * self._counted(group, raw)
        return total

    @cached_property
    def _slack(self) -> Fraction:
        """What rounding the groups may add to a sum of gains."""
        if self.criteria.policy.points_at != "group":
            return Fraction(0)
        return Fraction(len(self._groups) * GRAINS[self.criteria.policy.points_digits])

    def _applicable(self, places: Sequence[int]) -> int:
        return sum(self.stands[place].applicable for place in places)

    def _sign(self, group: Group) -> int:
        return -1 if group.kind == "penalty" else 1

    def _counted(self, group: Group, raw: Fraction) -> Fraction:
        """A group's points as they count: rounded where the decision says so, then held to its cap."""
        policy = self.criteria.policy
        if policy.points_at == "group":
            raw = Fraction(round_fraction(raw, policy.points_digits, policy.points_rounding))
        return Fraction(capped(group, raw))

    def _plain_total(self, gains: Mapping[int, Points]) -> int:
        return self._total(self._base + sum(gains.values(), Fraction(0)) + self._slack)

    def _total(self, counted: Fraction) -> int:
        """The total (thousandths) of what groups count: rounded, not below zero, held to the maximum."""
        policy = self.criteria.policy
        if policy.points_at == "criterion":
            total = max(int(counted), 0)
        else:
            total = round_fraction(max(counted, Fraction(0)), policy.points_digits, policy.points_rounding)
        if policy.hold_to_scale and any(group.kind == "bonus" for group in self.criteria.groups):
            return min(total, self.goal.applicable)
        return total


@dataclass(frozen=True)
class _Scale:
    """Units of gain: `num / den` thousandths of a point each."""

    num: int
    den: int

    @classmethod
    def of(cls, values: Iterator[Points], widest: Fraction) -> _Scale:
        """The widest unit of which all values are whole numbers, or one that keeps sets small enough."""
        seen = {Fraction(value) for value in values if value}
        den = int(np.lcm.reduce(np.array([1, *{value.denominator for value in seen}], dtype=object)))
        if den == 1:
            return cls(int(np.gcd.reduce([0, *map(int, seen)])) or 1, 1)
        if widest * den <= FINEST:
            return cls(1, den)
        return cls(1, max(int(COARSER // (int(widest) + 1)), 1))

    def down(self, points: Points) -> int:
        """Whole units in so many thousandths, cut downward."""
        return int(points * self.den // self.num)

    def value(self, units: int) -> Fraction:
        """Thousandths of so many units."""
        return Fraction(units * self.num, self.den)

    def bits(self, gains: Sequence[Points]) -> int:
        """A set of gains."""
        found = 0
        for gain in gains:
            found |= 1 << self.down(gain)
        return found

    def up(self, stand: Stand, units: int) -> Points:
        """The greatest gain of a stand that so many units stand for."""
        return next(gain for gain in reversed(stand.gains) if self.down(gain) == units)
