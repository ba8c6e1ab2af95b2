"""The cells of a consolidated table as answers and judgements, a column at a time: a nation has a million.

Most cells of a column are alike. Each different one is understood once, and what it says is spread over
the units; only what is wrong is gone through unit by unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from criteria.exact import Ints, NotANumber, thousandths, vietnamese
from criteria.model import CriteriaSet, Criterion, Unit
from criteria.rules import Input
from criteria.worth import Bools
from evidence.answers import STATES, few_texts
from evidence.layout import NOT_APPLICABLE_WORDS, column_letter, fold
from evidence.problems import Place, Problem, problem
from evidence.reading.typed import NotUnderstood, as_text, expected, is_blank, parse_input
from evidence.reading.workbook import Cell, Sheet, address

TABLE_EVIDENCE = "theo bảng điểm"  # the table's keeper vouches for it
STAGES = ("self", "appraised", "decided")
_ANSWERED, _NOT_APPLICABLE, _BLANK = map(STATES.index, ("answered", "not_applicable", "blank"))
_NO_CELL = -1  # no line of this kind of points, or a criterion that is not for the unit

Told = list[tuple[int, Problem]]  # with the index of the unit that it is told of
Fault = tuple[str, str, str]  # code, what was found, what is expected


@dataclass(frozen=True)
class Found:
    """The table on its sheet: heading row, key columns, criterion columns."""

    file: str
    sheet: Sheet
    heading: int
    keys: dict[str, int]
    criteria: dict[str, int]
    inputs: dict[tuple[str, str], int]
    width: int

    def place(self, row: int, column: int | None, unit: str = "") -> Place:
        """Place of a cell; the whole file where the table has no such column."""
        if column is None:
            return Place(unit, self.file)
        return Place(unit, self.file, self.sheet.name, address(row, column))


class _Said(NamedTuple):
    """What one cell says of a criterion: state (index of STATES), points (thousandths), what is wrong.

    The `fault` of an empty cell is told only where one owes it.
    """

    state: int
    points: int = 0
    fault: Fault | None = None


class _Lines(NamedTuple):
    """One line of each of some units: indices of the units (rising), the rows, their cells by column."""

    units: Ints
    rows: Ints
    columns: Sequence[Sequence[Cell]]

    @classmethod
    def of(cls, sheet: Sheet, row_of: Mapping[int, int | None]) -> Self:
        """The lines of the units that have a row, by their index."""
        rows = {unit: row for unit, row in row_of.items() if row is not None}
        units, where = (np.array(list(part), dtype=np.int64) for part in (rows.keys(), rows.values()))
        return cls(units, where, sheet.figures(list(rows.values())))

    def distinct(self, column: int | None) -> tuple[list[Cell], Ints]:
        """The different cells of a column, and for each line which of them it has; 1, 1.0, True differ."""
        if column is None or column >= len(self.columns):
            return [None], np.zeros(len(self.units), dtype=np.int64)
        cells = self.columns[column]
        index: defaultdict[tuple[type, Cell], int] = defaultdict(count().__next__)
        keys = zip(map(type, cells), cells, strict=True)
        which = np.fromiter(map(index.__getitem__, keys), dtype=np.int64, count=len(cells))
        return [cell for _, cell in index], which


class _Column(NamedTuple):
    """What the table says of one criterion: arrays over the units, `state` and `points` a row a stage.

    `x`: the declared figures, a row each; `declared`: which of them are known.
    """

    applies: Bools
    state: npt.NDArray[np.int8]
    points: Ints
    x: Ints
    declared: Bools


@dataclass(frozen=True)
class TableCells:
    """The cells of the units that have a line; `lines`: by unit's code the row of each kind of points."""

    found: Found
    units: Sequence[Unit]
    lines: dict[str, dict[str, int]]

    def read(self, criteria: CriteriaSet) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
        """Columns of the answers and of the judgements, criteria within units, and what is wrong."""
        told: Told = []
        columns = [self._column(criteria, leaf, told) for leaf in criteria.criteria]
        # the sort is stable: what is said of a unit stays in the order of the criteria
        problems = [item for _, item in sorted(told, key=lambda pair: pair[0])]
        return self._answers(criteria, columns), self._judged(criteria, columns), problems

    @cached_property
    def _kinds(self) -> list[dict[str, int]]:
        """For each unit the row of each kind of its points."""
        return [self.lines[unit.code] for unit in self.units]

    @cached_property
    def _stages(self) -> list[_Lines]:
        """The lines of each kind of points."""
        rows = ({at: kinds.get(stage) for at, kinds in enumerate(self._kinds)} for stage in STAGES)
        return [_Lines.of(self.found.sheet, own) for own in rows]

    @cached_property
    def _first(self) -> _Lines:
        """The first line of each unit: it holds the declared figures."""
        rows = {at: min(kinds.values()) for at, kinds in enumerate(self._kinds)}
        return _Lines.of(self.found.sheet, rows)

    @cached_property
    def _due(self) -> list[Bools]:
        """For each line whether an empty cell is a mistake: points that others may yet give are none."""
        own, appraised, decided = (lines.units for lines in self._stages)
        return [np.ones(len(own), np.bool_), ~np.isin(appraised, own), np.zeros(len(decided), np.bool_)]

    @cached_property
    def _types(self) -> tuple[Ints, list[str]]:
        """For each unit the index of its type, and the types."""
        which, types = pd.factorize(np.array([unit.type for unit in self.units], dtype=object))
        return which, list(types)

    def _column(self, criteria: CriteriaSet, leaf: Criterion, told: Told) -> _Column:
        """What the table says of a criterion; adds to what is told."""
        scale = criteria.group_by_id[leaf.group].kind == "scale"
        owed = scale and not leaf.rule.inputs[0].table
        which, types = self._types
        applies = np.array([type_ in leaf.applies_to for type_ in types], dtype=np.bool_)[which]
        state = np.full((len(STAGES), len(self.units)), _NO_CELL, dtype=np.int8)
        points = np.zeros(state.shape, dtype=np.int64)
        for stage, (lines, due) in enumerate(zip(self._stages, self._due, strict=True)):
            own = applies[lines.units]
            says = self._stage(leaf, lines, own, due & owed, told)
            state[stage, lines.units[own]], points[stage, lines.units[own]] = says
        x, declared = self._inputs(leaf, (state == _ANSWERED).any(axis=0), told)
        return _Column(applies, state, points, x, declared)

    def _stage(
        self, leaf: Criterion, lines: _Lines, own: Bools, due: Bools, told: Told
    ) -> tuple[npt.NDArray[np.int8], Ints]:
        """State and points of the lines (`own`) whose unit the criterion is for."""
        column = self.found.criteria.get(leaf.id)
        cells, which = lines.distinct(column)
        if not own.all():
            told += self._wrong(lines, column, [_not_for_type(cell) for cell in cells], which, ~own)
        said = [_said(cell, leaf) for cell in cells]
        state = np.array([item.state for item in said], dtype=np.int8)[which]
        points = np.array([item.points for item in said], dtype=np.int64)[which]
        faults = [item.fault for item in said]
        told += self._wrong(lines, column, faults, which, own & (due | (state != _BLANK)))
        return state[own], points[own]

    def _inputs(self, leaf: Criterion, answered: Bools, told: Told) -> tuple[Ints, Bools]:
        """The declared figures of units with points, where the table has columns for them (`1.1 (a)`)."""
        x = np.zeros((2, len(self.units)), dtype=np.int64)
        declared = np.zeros(x.shape, dtype=np.bool_)
        columns = [self.found.inputs.get((leaf.id, letter)) for letter in "ab"]
        if columns == [None, None]:
            return x, declared
        wanted = leaf.rule.inputs[:2]
        for index, (input_, column) in enumerate(zip(wanted, columns, strict=False)):
            cells, which = self._first.distinct(column)
            figures = [_figure(input_, cell) for cell in cells]
            x[index] = np.array([value or 0 for value, _ in figures], dtype=np.int64)[which]
            declared[index] = np.array([value is not None for value, _ in figures], dtype=np.bool_)[which]
            told += self._wrong(self._first, column, [fault for _, fault in figures], which, answered)
        # figures are taken whole or not at all
        declared[: len(wanted)] = declared[: len(wanted)].all(axis=0) & answered
        return x, declared

    def _wrong(
        self,
        lines: _Lines,
        column: int | None,
        faults: Sequence[Fault | None],
        which: Ints,
        where: Bools,
    ) -> Iterator[tuple[int, Problem]]:
        """What is wrong with a column's cells on the lines of `where`; `which` fault each line has."""
        wrong = np.array([fault is not None for fault in faults], dtype=np.bool_)[which] & where
        for at in np.flatnonzero(wrong).tolist():
            unit, fault = int(lines.units[at]), faults[which[at]]
            if fault:
                place = self.found.place(int(lines.rows[at]), column, self.units[unit].code)
                yield unit, problem(fault[0], place, *fault[1:])

    def _answers(self, criteria: CriteriaSet, columns: Sequence[_Column]) -> pd.DataFrame:
        """The answers' rows: each unit's criteria that are for its type."""
        applies = _beside([column.applies for column in columns])
        unit, leaf = np.nonzero(applies)
        state = _beside([column.state[0] for column in columns])[applies]
        state[state == _NO_CELL] = _BLANK
        own = _beside([column.points[0] for column in columns])[applies]
        x = _beside([column.x.T for column in columns])[applies]
        known = _beside([column.declared.T for column in columns])[applies]
        lines = [kinds.get("self", min(kinds.values())) + 1 for kinds in self._kinds]
        return pd.DataFrame(
            {
                "unit": few_texts([unit.code for unit in self.units], unit),
                "criterion": few_texts([leaf.id for leaf in criteria.criteria], leaf),
                "source": 0,
                "line": np.array(lines, dtype=np.int64)[unit],
                "state": few_texts(STATES, state),
                "x1": pd.arrays.IntegerArray(x[:, 0].copy(), ~known[:, 0]),
                "x2": pd.arrays.IntegerArray(x[:, 1].copy(), ~known[:, 1]),
                "self": pd.arrays.IntegerArray(own, state != _ANSWERED),
                "evidence": few_texts([TABLE_EVIDENCE], np.zeros(len(unit), dtype=np.int64)),
                "explanation": few_texts([""], np.zeros(len(unit), dtype=np.int64)),
            }
        )

    def _judged(self, criteria: CriteriaSet, columns: Sequence[_Column]) -> pd.DataFrame:
        """What the table says that persons judged; its keeper vouches for it, and no reason is demanded."""
        state = _beside([column.state[1:].T for column in columns])  # units, criteria, stages
        given = (state == _ANSWERED) | (state == _NOT_APPLICABLE)
        unit, leaf, stage = np.nonzero(given)
        absent = state[given] == _NOT_APPLICABLE
        points = _beside([column.points[1:].T for column in columns])[given]
        ids = [leaf.id for leaf in criteria.criteria]
        letters = [column_letter(self.found.criteria.get(id_, 0)) for id_ in ids]
        rows = np.zeros((len(self.units), len(STAGES) - 1), dtype=np.int64)
        for index, lines in enumerate(self._stages[1:]):
            rows[lines.units, index] = lines.rows
        places = zip(leaf.tolist(), rows[unit, stage].tolist(), strict=True)
        return pd.DataFrame(
            {
                "unit": few_texts([unit.code for unit in self.units], unit),
                "criterion": few_texts(ids, leaf),
                "stage": few_texts(STAGES[1:], stage),
                "points": pd.arrays.IntegerArray(points, absent),
                "not_applicable": absent,
                "reason": "",
                "by": TABLE_EVIDENCE,
                "on": "",
                "document": "",
                "file": self.found.file,
                "sheet": self.found.sheet.name,
                "cell": [f"{letters[at]}{row + 1}" for at, row in places],
            }
        )


def _beside(columns: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Arrays of the criteria, an entry a unit, as one array: a row a unit, a column a criterion."""
    return np.stack(columns, axis=1)


def _not_for_type(cell: Cell) -> Fault | None:
    """What is wrong with a cell of a criterion that is not for the unit: anything said in it."""
    says = not is_blank(cell) and as_text(cell).strip() not in ("-", "–") and not _is_not_applicable(cell)
    return ("table-not-for-type", as_text(cell), "") if says else None


def _is_not_applicable(cell: Cell) -> bool:
    return fold(as_text(cell)) in NOT_APPLICABLE_WORDS


def _said(cell: Cell, leaf: Criterion) -> _Said:
    """What one cell says of a criterion."""
    faulty = STATES.index("faulty")
    if is_blank(cell):
        return _Said(_BLANK, fault=("not-answered", f"{leaf.id} ({leaf.title})", ""))
    if _is_not_applicable(cell):
        if leaf.not_applicable == "forbidden":
            return _Said(faulty, fault=("not-applicable-forbidden", leaf.id, ""))
        return _Said(_NOT_APPLICABLE)
    bound = f"số từ 0 đến {vietnamese(leaf.top)}, hoặc KPS nếu không phát sinh"
    try:
        points = thousandths(cell)
    except NotANumber:
        return _Said(faulty, fault=("value-not-understood", as_text(cell), bound))
    if not 0 <= points <= leaf.top:
        return _Said(faulty, fault=("value-range", vietnamese(points), bound))
    return _Said(_ANSWERED, points)


def _figure(wanted: Input, cell: Cell) -> tuple[int | None, Fault | None]:
    """A declared figure (thousandths, or index of a level), None where there is none; what is wrong."""
    if _is_not_applicable(cell):
        return None, None
    try:
        value = parse_input(wanted, cell)
    except NotUnderstood:
        return None, ("value-not-understood", as_text(cell), expected(wanted))
    if value is not None and value < 0:
        return None, ("value-range", vietnamese(value), expected(wanted))
    return value, None
