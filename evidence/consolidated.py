"""The consolidated table of a round (`bang-diem`): units down, criteria across, points in the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from criteria.exact import NotANumber, thousandths, vietnamese
from criteria.model import CriteriaSet, Criterion, Unit
from evidence.answers import ANSWERS, Source, answers_frame
from evidence.judgements import JUDGEMENTS, judgements_frame
from evidence.layout import (
    NOT_APPLICABLE_WORDS,
    TABLE_APPRAISED,
    TABLE_CODE,
    TABLE_DECIDED,
    TABLE_NAME,
    TABLE_POINTS,
    TABLE_SELF,
    column_letter,
    fold,
)
from evidence.problems import Place, Problem, problem
from evidence.reading.table_file import read_sheets
from evidence.reading.typed import NotUnderstood, as_text, expected, is_blank, parse_input
from evidence.reading.workbook import Cell, Sheet, Unreadable, address

TABLE_EVIDENCE = "theo bảng điểm"  # the table's keeper vouches for it
_INPUT_HEAD = re.compile(r"(\S+) \(([ab])\)")
_KINDS = {
    fold(TABLE_SELF): "self",
    fold(TABLE_APPRAISED): "appraised",
    fold(TABLE_DECIDED): "decided",
    fold("Cuối cùng"): "decided",
    "": "self",
}
_STAGES = ("self", "appraised", "decided")


@dataclass(frozen=True)
class _Found:
    """The table on its sheet: heading row, key columns, criterion columns."""

    file: str
    sheet: Sheet
    heading: int
    keys: dict[str, int]
    criteria: dict[str, int]
    inputs: dict[tuple[str, str], int]
    width: int

    def place(self, row: int, column: int, unit: str = "") -> Place:
        return Place(unit, self.file, self.sheet.name, address(row, column))


def read_table(
    path: Path, criteria: CriteriaSet, units: Sequence[Unit]
) -> tuple[pd.DataFrame, list[Source], pd.DataFrame, list[Problem]]:
    """Answers of a consolidated table, the one source they have, the judgements in it, its problems.

    A criterion's cell holds points with a decimal comma or dot, `KPS`, or nothing. The optional
    column “Loại điểm” tells self points (the default) from appraised and decided ones; columns such as
    `1.1 (a)` hold the figures that the points come from.
    """
    problems: list[Problem] = []
    try:
        found = _find(path, read_sheets(path), criteria, problems)
    except Unreadable as fault:
        problems.append(problem(fault.code, Place("", path.name), fault.found))
        return answers_frame(pd.DataFrame(columns=_COLUMNS)), [], judgements_frame(), problems
    lines = _unit_lines(found, units, problems)
    table = _Table(found, [unit for unit in units if unit.code in lines], lines)
    answers, judgements = table.read(criteria, problems)
    letters = {id_: column_letter(column) for id_, column in found.criteria.items()}
    at = {(code, kind): row + 1 for code, kinds in lines.items() for kind, row in kinds.items()}
    source = Source(path.name, found.sheet.name, letters, at)
    return answers_frame(answers), [source], judgements_frame(judgements), problems


_COLUMNS = [name for name in ANSWERS.columns if name != "row"]


def _find(path: Path, sheets: Sequence[Sheet], criteria: CriteriaSet, problems: list[Problem]) -> _Found:
    names = {fold(TABLE_CODE): "code", fold(TABLE_NAME): "name", fold(TABLE_POINTS): "kind"}
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows[:60]):
            texts = [as_text(cell).strip() for cell in cells]
            keys = {names[fold(text)]: index for index, text in enumerate(texts) if fold(text) in names}
            places: dict[str, list[int]] = {}
            for index, text in enumerate(texts):
                if text in criteria.by_id:
                    places.setdefault(text, []).append(index)
            leaves = {id_: found[0] for id_, found in places.items() if len(found) == 1}
            matches = ((index, _INPUT_HEAD.fullmatch(text)) for index, text in enumerate(texts))
            inputs = {(m[1], m[2]): index for index, m in matches if m and m[1] in criteria.by_id}
            if "code" in keys and places:
                found = _Found(path.name, sheet, row, keys, leaves, inputs, len(texts))
                for id_, several in places.items():
                    if len(several) > 1:
                        problems.append(problem("table-column-twice", found.place(row, several[1]), id_))
                for index, text in enumerate(texts):
                    if (
                        text
                        and text not in places
                        and index not in {*keys.values(), *leaves.values(), *inputs.values()}
                    ):
                        problems.append(problem("table-unknown-criterion", found.place(row, index), text))
                return found
    raise Unreadable("table-unreadable", "không thấy dòng tiêu đề")


def _unit_lines(found: _Found, units: Sequence[Unit], problems: list[Problem]) -> dict[str, dict[str, int]]:
    """For each unit's code, the row of each kind of points."""
    codes = {unit.code.casefold(): unit.code for unit in units}
    lines: dict[str, dict[str, int]] = {}
    twice: set[tuple[str, str]] = set()
    for row in range(found.heading + 1, len(found.sheet.rows)):
        typed = as_text(found.sheet.cell(row, found.keys["code"])).strip()
        if not typed:
            continue
        code = codes.get(typed.casefold())
        place = found.place(row, found.keys["code"], code or "")
        cells = found.sheet.rows[row]
        if any(not is_blank(cell) for cell in cells[found.width :]):
            problems.append(problem("table-row-too-long", place))
            continue
        if code is None:
            problems.append(problem("table-unknown-unit", place, typed))
            continue
        said = as_text(found.sheet.cell(row, found.keys["kind"])) if "kind" in found.keys else ""
        kind = _KINDS.get(fold(said))
        if kind is None:
            problems.append(problem("table-points-kind", found.place(row, found.keys["kind"], code), said))
        elif kind in lines.setdefault(code, {}):
            problems.append(problem("table-unit-twice", found.place(row, found.keys["code"], code), code))
            twice.add((code, kind))
        else:
            lines[code][kind] = row
    for code, kind in twice:
        del lines[code][kind]
    return {code: kinds for code, kinds in lines.items() if kinds}


@dataclass(frozen=True)
class _Said:
    """What one cell says of a criterion: state, points (thousandths), what is wrong with it.

    `fault`: code, what was found and what is expected; of an empty cell it is told only where one owes it.
    """

    state: str
    points: int | None
    fault: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class _Table:
    """The lines of the units that have any, read a column at a time: a nation has a million cells."""

    found: _Found
    units: Sequence[Unit]
    lines: dict[str, dict[str, int]]

    def read(self, criteria: CriteriaSet, problems: list[Problem]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Columns of the answers and of the judgements, criteria within units; adds to the problems."""
        answers: list[pd.DataFrame] = [pd.DataFrame(columns=["_unit", *_COLUMNS])]
        judged: list[pd.DataFrame] = [pd.DataFrame(columns=["_unit", *_JUDGED])]
        told: list[tuple[int, Problem]] = []
        for leaf in criteria.criteria:
            scale = criteria.group_by_id[leaf.group].kind == "scale"
            stages = self._stages(leaf, scale and not leaf.rule.inputs[0].table, told)
            judged += [self._judged(leaf, stage, said) for stage, said in stages.items() if stage != "self"]
            answers.append(self._answers(leaf, stages, told))
        # the sort is stable: what is said of a unit stays in the order of the criteria
        problems += [item for _, item in sorted(told, key=lambda pair: pair[0])]
        return _by_unit(answers), _by_unit(judged)

    def _stages(
        self, leaf: Criterion, owed: bool, told: list[tuple[int, Problem]]
    ) -> dict[str, dict[int, _Said]]:
        """What the cells of a criterion say, by stage and by index of the unit."""
        column = self.found.criteria.get(leaf.id)
        understood: dict[tuple[type, Cell], _Said] = {}  # most cells of a column are alike
        stages: dict[str, dict[int, _Said]] = {}
        for stage in _STAGES:
            own = stages.setdefault(stage, {})
            for at, unit in enumerate(self.units):
                row = self.lines[unit.code].get(stage)
                if row is None:
                    continue
                cell = None if column is None else self.found.sheet.figure(row, column)
                if unit.type not in leaf.applies_to:
                    if not _says_nothing(cell):
                        place = self.found.place(row, column or 0, unit.code)
                        told.append((at, problem("table-not-for-type", place, as_text(cell))))
                    continue
                key = (type(cell), cell)
                said = understood.get(key)
                if said is None:
                    said = understood[key] = _said(cell, leaf)
                own[at] = said
                if said.fault and (said.state != "blank" or (owed and self._due(unit, stage))):
                    told.append(
                        (at, problem(said.fault[0], self._place(unit, row, column), *said.fault[1:]))
                    )
        return stages

    def _due(self, unit: Unit, stage: str) -> bool:
        """Whether nothing in a cell is a mistake: points that others have not given yet are none."""
        return stage == "self" or (stage == "appraised" and "self" not in self.lines[unit.code])

    def _place(self, unit: Unit, row: int, column: int | None) -> Place:
        if column is None:
            return Place(unit.code, self.found.file)
        return self.found.place(row, column, unit.code)

    def _answers(
        self, leaf: Criterion, stages: dict[str, dict[int, _Said]], told: list[tuple[int, Problem]]
    ) -> pd.DataFrame:
        """The answers' rows of a criterion, for the units whose type it applies to."""
        where = [at for at, unit in enumerate(self.units) if unit.type in leaf.applies_to]
        said = [stages["self"].get(at, _NOTHING) for at in where]
        inputs = self._all_inputs(leaf, stages, where, told)
        return pd.DataFrame(
            {
                "_unit": where,
                "unit": [self.units[at].code for at in where],
                "criterion": leaf.id,
                "source": 0,
                "line": [self._first_line(at) for at in where],
                "state": [item.state for item in said],
                "x1": pd.array([x1 for x1, _ in inputs], dtype="Int64"),
                "x2": pd.array([x2 for _, x2 in inputs], dtype="Int64"),
                "self": pd.array([item.points for item in said], dtype="Int64"),
                "evidence": TABLE_EVIDENCE,
                "explanation": "",
            }
        )

    def _first_line(self, at: int) -> int:
        """The line (from 1) of a unit's self points, or the first that it has."""
        kinds = self.lines[self.units[at].code]
        return kinds.get("self", min(kinds.values())) + 1

    def _all_inputs(
        self,
        leaf: Criterion,
        stages: dict[str, dict[int, _Said]],
        where: Sequence[int],
        told: list[tuple[int, Problem]],
    ) -> list[tuple[int | None, int | None]]:
        """The declared figures of each unit, where the table has columns for them and points beside."""
        if not any(id_ == leaf.id for id_, _ in self.found.inputs):
            return [(None, None)] * len(where)
        inputs: list[tuple[int | None, int | None]] = []
        for at in where:
            wrong: list[Problem] = []
            unit, row = self.units[at], min(self.lines[self.units[at].code].values())
            answered = any(said[at].state == "answered" for said in stages.values() if at in said)
            inputs.append(_inputs(self.found, unit, leaf, row, wrong) if answered else (None, None))
            told.extend((at, item) for item in wrong)
        return inputs

    def _judged(self, leaf: Criterion, stage: str, said: dict[int, _Said]) -> pd.DataFrame:
        """What the table says that persons judged; its keeper vouches for it, and no reason is demanded."""
        given = {at: item for at, item in said.items() if item.state in ("answered", "not_applicable")}
        column = self.found.criteria.get(leaf.id)
        codes = [self.units[at].code for at in given]
        places = [self._place(self.units[at], self.lines[code][stage], column) for at, code in
                  zip(given, codes, strict=True)]  # fmt: skip
        return pd.DataFrame(
            {
                "_unit": list(given),
                **dict.fromkeys(_JUDGED, ""),
                "unit": codes,
                "criterion": leaf.id,
                "stage": stage,
                "points": pd.array([item.points for item in given.values()], dtype="Int64"),
                "not_applicable": [item.state == "not_applicable" for item in given.values()],
                "by": TABLE_EVIDENCE,
                "file": self.found.file,
                "sheet": self.found.sheet.name,
                "cell": [place.cell for place in places],
            }
        )


_NOTHING = _Said("blank", None)
_JUDGED = [name for name in JUDGEMENTS.columns if name != "row"]


def _by_unit(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all criteria, those of a unit together."""
    frames = [part for part in parts if len(part)] or list(parts[:1])
    frame = pd.concat(frames, ignore_index=True)
    return frame.sort_values("_unit", kind="stable", ignore_index=True).drop(columns="_unit")


def _inputs(
    found: _Found, unit: Unit, leaf: Criterion, row: int, problems: list[Problem]
) -> tuple[int | None, int | None]:
    """The declared figures of a criterion, where the table has columns for them (`1.1 (a)`)."""
    values: list[int | None] = [None, None]
    for index, (wanted, letter) in enumerate(zip(leaf.rule.inputs, "ab", strict=False)):
        column = found.inputs.get((leaf.id, letter))
        cell = None if column is None else found.sheet.figure(row, column)
        if _is_not_applicable(cell):
            continue
        try:
            values[index] = parse_input(wanted, cell)
        except NotUnderstood:
            place = found.place(row, column or 0, unit.code)
            problems.append(problem("value-not-understood", place, as_text(cell), expected(wanted)))
    # figures are taken whole or not at all
    wanted_all = values[: len(leaf.rule.inputs)]
    return (None, None) if None in wanted_all else (values[0], values[1])


def _says_nothing(cell: Cell) -> bool:
    return is_blank(cell) or as_text(cell).strip() in ("-", "–") or _is_not_applicable(cell)


def _is_not_applicable(cell: Cell) -> bool:
    return fold(as_text(cell)) in NOT_APPLICABLE_WORDS


def _said(cell: Cell, leaf: Criterion) -> _Said:
    """What one cell says of a criterion."""
    if is_blank(cell):
        return _Said("blank", None, ("not-answered", f"{leaf.id} ({leaf.title})", ""))
    if _is_not_applicable(cell):
        if leaf.not_applicable == "forbidden":
            return _Said("faulty", None, ("not-applicable-forbidden", leaf.id, ""))
        return _Said("not_applicable", None)
    bound = f"số từ 0 đến {vietnamese(leaf.top)}, hoặc KPS nếu không phát sinh"
    try:
        points = thousandths(cell)
    except NotANumber:
        return _Said("faulty", None, ("value-not-understood", as_text(cell), bound))
    if not 0 <= points <= leaf.top:
        return _Said("faulty", None, ("value-range", vietnamese(points), bound))
    return _Said("answered", points)
