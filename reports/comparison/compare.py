"""Two rounds held against each other: each unit then and now, with its predecessors where units merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal, as_typed
from criteria.exact import thousandths
from criteria.library import Library
from criteria.model import CriteriaSet
from evidence.folders import RESULTS
from evidence.mergers import MERGERS_NAME, Merger, read_mergers
from evidence.problems import Problem
from evidence.round import Round, load_round
from evidence.sealing.sealed_files import is_sealed
from reports.comparison.criteria import (
    Comparable,
    CriterionTrend,
    Points,
    comparable,
    final_points,
    moved_criteria,
    trends,
)
from reports.comparison.lineage import Lineage, Origin, Relation, lineage
from reports.runs import Run, RunUnreadable, read_run


@dataclass(frozen=True)
class Side:
    """One of the two rounds: as loaded, its criteria before the plan fixed deadlines, its run."""

    round: Round
    criteria: CriteriaSet
    run: Run
    sealed: bool

    @property
    def units(self) -> dict[str, Mapping[str, Any]]:
        """Units of the record by code, in the order of the roster."""
        return {unit["code"]: unit for unit in self.run.record["units"]}


@dataclass(frozen=True)
class Place:
    """Where a unit stood in one of the rounds; points and percent in thousandths, None where not known.

    `ranked`: how many units of its block have a rank.
    """

    code: str
    name: str
    block: str
    max: int
    final: int | None
    percent: int | None
    grade: str | None
    rank: int | None
    ranked: int


@dataclass(frozen=True)
class UnitThenAndNow:
    """A unit of the newer round and what it was: `before` has one place a predecessor.

    Only a unit that is the same or renamed has differences: `points` where totals mean the same and
    the maximum is the same, `percent` in thousandths, `rank` (positive: so many places up) within the
    same block, `grade` (positive: so many levels up) where the block has the same labels.
    """

    relation: Relation
    now: Place
    before: tuple[Place, ...]
    documents: tuple[str, ...]
    points: int | None
    percent: int | None
    rank: int | None
    grade: int | None
    criteria: tuple[tuple[str, int | None, int | None], ...]


@dataclass(frozen=True)
class Comparison:
    """Two rounds compared; `gone` are units of the older one that no unit came from."""

    old: Side
    new: Side
    comparable: Comparable
    units: tuple[UnitThenAndNow, ...]
    gone: tuple[Place, ...]
    trends: tuple[CriterionTrend, ...]
    mergers: tuple[Merger, ...]
    problems: tuple[Problem, ...]


def load_side(folder: Path) -> Side:
    """A round with its results; raises RoundFault, or RunUnreadable where it was not scored as it is."""
    round_ = load_round(folder)
    criteria = Library.of_round(folder).criteria(round_.criteria.id)
    side = Side(round_, criteria, read_run(folder / RESULTS), is_sealed(folder))
    if changed := ", ".join(sorted(round_.by_code.keys() ^ side.units.keys())):
        raise RunUnreadable(
            f"Danh sách đơn vị của đợt “{folder.name}” đã đổi sau khi chấm điểm: {changed}. "
            f"Chấm lại bằng lệnh: danvan score {as_typed(folder)}"
        )
    return side


def compare(old: Path, new: Path, merged: Path | None = None) -> Comparison:
    """The rounds in two folders compared, the older first.

    `merged`: the table of merged, split and renamed units; without it `sap-nhap.csv` of the newer
    round, where there is one. Mistakes in it are the comparison's `problems`. Raises Refusal where a
    round has no results or the table named is not there.
    """
    mergers, problems = _mergers(new, merged)
    return compare_sides(load_side(old), load_side(new), mergers, problems)


def _mergers(folder: Path, merged: Path | None) -> tuple[tuple[Merger, ...], list[Problem]]:
    path = merged or folder / MERGERS_NAME
    if path.is_file():
        return read_mergers(path)
    if merged:
        raise Refusal(f"Không có bảng sáp nhập, chia tách “{merged}”. Kiểm tra lại đường dẫn.")
    return (), []


def compare_sides(
    old: Side, new: Side, mergers: Iterable[Merger] = (), problems: Iterable[Problem] = ()
) -> Comparison:
    """Two rounds with their results compared."""
    lines = _lineage(old, new.round, mergers)
    same = comparable(old.criteria, new.criteria)
    points: tuple[Points, Points] | None = None
    if old.run.ledger is not None and new.run.ledger is not None:
        points = (final_points(old.run.ledger), final_points(new.run.ledger))
    then, now = places(old), places(new)
    units = tuple(
        _unit(old, new, origin, now[code], [then[key] for key in origin.before], same, points)
        for code, origin in lines.origins.items()
    )
    pairs = [(unit.before[0].code, unit.now.code) for unit in units if unit.relation in ("same", "renamed")]
    return Comparison(
        old,
        new,
        same,
        units,
        tuple(then[code] for code in lines.gone),
        tuple(trends(new.criteria, same.ids, *points, pairs)) if points else (),
        lines.used,
        tuple(problems),
    )


def _lineage(old: Side, new: Round, mergers: Iterable[Merger]) -> Lineage:
    codes = [unit.code for unit in new.units]
    return lineage(list(old.units), codes, mergers, (old.round.year, new.year))


def places(side: Side) -> dict[str, Place]:
    """Where each unit of a round stood, by code."""
    units = side.units
    ranked: dict[str, int] = {}
    for unit in units.values():
        ranked[unit["block"]] = ranked.get(unit["block"], 0) + (unit["rank"] is not None)
    return {
        code: Place(
            code,
            unit["name"],
            unit["block"],
            thousandths(unit["max"]),
            _decimal(unit["final"]),
            _decimal(unit["percent"]),
            unit["grade"],
            unit["rank"],
            ranked[unit["block"]],
        )
        for code, unit in units.items()
    }


def _decimal(text: str | None) -> int | None:
    return None if text is None else thousandths(text)


def _unit(
    old: Side,
    new: Side,
    origin: Origin,
    now: Place,
    before: Sequence[Place],
    same: Comparable,
    points: tuple[Points, Points] | None,
) -> UnitThenAndNow:
    differences: list[int | None] = [None] * 4
    moved: tuple[tuple[str, int | None, int | None], ...] = ()
    if origin.relation in ("same", "renamed"):
        then = before[0]
        totals = same.totals and then.max == now.max
        in_block = then.block == now.block
        differences = [
            _less(now.final, then.final) if totals else None,
            _less(now.percent, then.percent),
            _less(then.rank, now.rank) if in_block else None,
            _levels(old.criteria, new.criteria, then, now),
        ]
        if points:
            moved = tuple(moved_criteria(same.ids, *points, (then.code, now.code)))
    return UnitThenAndNow(
        origin.relation, now, tuple(before), origin.documents, *differences, criteria=moved
    )


def _less(value: int | None, other: int | None) -> int | None:
    return None if value is None or other is None else value - other


def grade_labels_agree(old: CriteriaSet, new: CriteriaSet, then: str, now: str) -> bool:
    """Whether two blocks, one of each set, have the same grades in the same order."""
    return _labels(old, then) == _labels(new, now)


def _labels(criteria: CriteriaSet, block: str) -> list[str]:
    return [grade.label for grade in criteria.grades_of(block)]


def _levels(old: CriteriaSet, new: CriteriaSet, then: Place, now: Place) -> int | None:
    """How many grades up (positive) or down; None where the labels differ or a grade is none of them."""
    labels = _labels(new, now.block)
    agree = grade_labels_agree(old, new, then.block, now.block)
    if not agree or then.grade not in labels or now.grade not in labels:
        return None
    return labels.index(then.grade) - labels.index(now.grade)


@dataclass(frozen=True)
class Past:
    """What a unit was in an earlier round: its relation to it, and the place of each predecessor."""

    relation: Relation
    places: tuple[Place, ...]

    @property
    def rank(self) -> int | None:
        """Rank in the earlier round of a unit that is the same or renamed; None for any other."""
        return self.places[0].rank if self.relation in ("same", "renamed") else None


def previous_ranks(earlier: Side, round_: Round, mergers: Iterable[Merger] = ()) -> dict[str, Past]:
    """For each unit of a round what it was in an earlier one, with each predecessor's place there."""
    then = places(earlier)
    origins = _lineage(earlier, round_, mergers).origins
    return {
        code: Past(origin.relation, tuple(then[key] for key in origin.before))
        for code, origin in origins.items()
    }
