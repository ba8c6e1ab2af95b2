"""What a unit's points must come to for a better grade: totals, floors and limits as marks to be held.

A mark is a bit: a floor of a grade that is missed, or a condition of a limit on a group or criterion that
holds. With the marks and the number of claims without evidence known, the grade hangs on the total alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from criteria.model import Condition, CriteriaSet, Grade
from scoring.grades import points_needed
from scoring.limits import AppliedLimit, Circumstances, Standing, apply_limits
from scoring.shares import WHOLE, Shares


@dataclass(frozen=True)
class Marks:
    """The marks of a block: by id (or `criterion`, `group` for each) the shares that are watched.

    `floors[i]` is the mark that grade i of the block is missed by a floor; `atoms` those of conditions;
    `bare` the greatest number of claims without evidence that any limit looks to, 0 for none; `turning`:
    whether a limit asks for a share, or evidence, not to be missing, so that more points may harm.
    """

    watched: Mapping[str, tuple[tuple[int, int], ...]]
    floors: tuple[int, ...]
    atoms: Mapping[tuple[str, int], int]
    bare: int
    turning: bool

    def on(self, id_: str, kind: str, points: int | Fraction, applicable: int) -> int:
        """The marks on a group or criterion (`kind`) with these points of this maximum (thousandths)."""
        marks = 0
        if applicable:
            for percent, mark in (*self.watched.get(id_, ()), *self.watched.get(kind, ())):
                if points * WHOLE < percent * applicable:
                    marks |= mark
        return marks

    def watches(self, id_: str, kind: str) -> bool:
        """Whether any mark looks to a group or criterion."""
        return id_ in self.watched or kind in self.watched


def marks_of(criteria: CriteriaSet, block: str) -> Marks:
    """The marks that the grades of a block and the limits look to."""
    watched: dict[str, list[tuple[int, int]]] = {}
    floors = []
    for index, grade in enumerate(criteria.grades_of(block)):
        for floor in grade.floors:
            watched.setdefault(floor.of, []).append((floor.percent, 1 << index))
        floors.append(1 << index)
    atoms: dict[tuple[str, int], int] = {}
    parts = [part for limit in criteria.limits for part in _simple(limit.when)]
    for part, _ in parts:
        if part.kind in ("group", "criterion") and (part.name, part.number) not in atoms:
            atoms[part.name, part.number] = 1 << (len(floors) + len(atoms))
            watched.setdefault(part.name, []).append((part.number, atoms[part.name, part.number]))
    points = [(part, turned) for part, turned in parts if part.kind in _ON_POINTS]
    return Marks(
        {id_: tuple(shares) for id_, shares in watched.items()},
        tuple(floors),
        atoms,
        max((part.number for part, _ in points if part.kind == "evidence_missing"), default=0),
        any(turned for _, turned in points),
    )


_ON_POINTS = ("group", "criterion", "evidence_missing")


def _simple(when: Condition, turned: bool = False) -> Iterator[tuple[Condition, bool]]:
    """The conditions without parts, and whether each stands under a `not`."""
    if not when.parts:
        yield when, turned
    for part in when.parts:
        yield from _simple(part, turned or when.kind == "not")


@dataclass(frozen=True)
class _Marked(Shares):
    """Shares of which nothing is known but the marks."""

    marks: int = 0
    atoms: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def below(self, unit: str, id_: str, percent: int) -> bool | None:
        """Whether the mark of a condition is set."""
        return bool(self.marks & self.atoms.get((id_, percent), 0))


@dataclass(frozen=True)
class Goal:
    """A final grade to be reached, or any better one, by a unit of a block.

    `applicable` is the unit's maximum (thousandths).
    """

    criteria: CriteriaSet
    marks: Marks
    unit: str
    block: str
    applicable: int
    known: Circumstances
    target: int  # index among the block's grades
    heed_limits: bool = True
    sent: bool = True  # whether the unit has a dossier: no points make up for one that never came

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The block's grades, best first."""
        return self.criteria.grades_of(self.block)

    @property
    def least(self) -> int:
        """The least total (thousandths) with which the goal can be reached at all: no limit raises."""
        return points_needed(self.criteria, self.grades[self.target], self.applicable)

    def limited(
        self, marks: int, bare: int, grade: str | None
    ) -> tuple[str | None, tuple[AppliedLimit, ...]]:
        """The final grade after the limits, for a grade by points, and the limits that apply."""
        if not self.heed_limits:
            return grade, ()
        facts = {item.fact: item.text for item in self.known.facts.get(self.unit, ())}
        shares = _Marked({}, {}, marks, self.marks.atoms)
        late = self.known.late.get(self.unit, 0)
        standing = Standing(self.unit, self.block, self.sent, late, facts, bare, shares)
        return apply_limits(self.criteria, standing, grade)

    def by_points(self, marks: int, total: int) -> str | None:
        """The grade by points of a total (thousandths) under these marks."""
        for index, need in self._needs(marks):
            if total >= need:
                return self.grades[index].label
        return None

    def totals(self, marks: int, bare: int) -> list[tuple[int, int | None]]:
        """The spans of totals (thousandths; from, up to but not including) that reach the goal, rising."""
        spans: list[tuple[int, int | None]] = []
        above: int | None = None
        for index, need in self._needs(marks):
            if index <= self.target and self.reached(
                self.limited(marks, bare, self.grades[index].label)[0]
            ):
                spans.append((need, above))
            above = need if above is None else min(above, need)
        return spans[::-1]

    def reached(self, grade: str | None) -> bool:
        """Whether a final grade is the goal or better."""
        return grade in [item.label for item in self.grades[: self.target + 1]]

    def _needs(self, marks: int) -> Iterator[tuple[int, int]]:
        """Index and least total of each grade of which no floor is missed, best first."""
        for index, grade in enumerate(self.grades):
            if not marks & self.marks.floors[index]:
                yield index, points_needed(self.criteria, grade, self.applicable)
