"""The consolidated table of a round (`bang-diem`): units down, criteria across, points in the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from criteria.exact import NotANumber, thousandths, vietnamese
from criteria.model import CriteriaSet, Criterion, Unit
from evidence.answers import ANSWERS, Source, answers_frame
from evidence.layout import (
    NOT_APPLICABLE_WORDS,
    TABLE_APPRAISED,
    TABLE_CODE,
    TABLE_NAME,
    TABLE_POINTS,
    TABLE_SELF,
    column_letter,
    fold,
)
from evidence.problems import Place, Problem, problem
from evidence.typed import as_text, is_blank
from evidence.workbook import Cell, Sheet, Unreadable, address, read_workbook

_KINDS = {fold(TABLE_SELF): "self", fold(TABLE_APPRAISED): "appraised", "": "self"}


@dataclass(frozen=True)
class _Found:
    """The table on its sheet: heading row, key columns, criterion columns."""

    file: str
    sheet: Sheet
    heading: int
    keys: dict[str, int]
    criteria: dict[str, int]

    def place(self, row: int, column: int, unit: str = "") -> Place:
        return Place(unit, self.file, self.sheet.name, address(row, column))


def read_table(
    path: Path, criteria: CriteriaSet, units: Sequence[Unit]
) -> tuple[pd.DataFrame, list[Source], list[Problem]]:
    """Answers of a consolidated table, the one source they have, and its problems.

    A criterion's cell holds points with a decimal comma or dot, `KPS`, or nothing. The optional
    column “Loại điểm” tells self points (the default) from appraised ones.
    """
    problems: list[Problem] = []
    try:
        found = _find(path, _sheets(path), criteria, problems)
    except Unreadable as fault:
        problems.append(problem(fault.code, Place("", path.name), fault.found))
        return answers_frame(pd.DataFrame(columns=_COLUMNS)), [], problems
    lines = _unit_lines(found, units, problems)
    rows = [
        row
        for unit in units
        if unit.code in lines
        for leaf in criteria.criteria
        for row in _answer(found, unit, leaf, lines[unit.code], problems)
    ]
    letters = {id_: column_letter(column) for id_, column in found.criteria.items()}
    frame = pd.DataFrame.from_records(rows, columns=_COLUMNS)
    return answers_frame(frame), [Source(path.name, found.sheet.name, letters)], problems


_COLUMNS = [name for name in ANSWERS.columns if name != "row"]


def _sheets(path: Path) -> list[Sheet]:
    if path.suffix.lower() != ".csv":
        return read_workbook(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable("table-unreadable", "tệp không phải văn bản UTF-8") from error
    head = text.split("\n", 1)[0]
    separator = max(";\t,", key=head.count)
    rows: list[list[Cell]] = [list(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    return [Sheet("", rows)]


def _find(path: Path, sheets: Sequence[Sheet], criteria: CriteriaSet, problems: list[Problem]) -> _Found:
    names = {fold(TABLE_CODE): "code", fold(TABLE_NAME): "name", fold(TABLE_POINTS): "kind"}
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows[:60]):
            texts = [as_text(cell).strip() for cell in cells]
            keys = {names[fold(text)]: index for index, text in enumerate(texts) if fold(text) in names}
            leaves = {text: index for index, text in enumerate(texts) if text in criteria.by_id}
            if "code" in keys and leaves:
                found = _Found(path.name, sheet, row, keys, leaves)
                for index, text in enumerate(texts):
                    if text and index not in {*keys.values(), *leaves.values()}:
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
        place = found.place(row, found.keys["code"])
        code = codes.get(typed.casefold())
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


def _answer(
    found: _Found, unit: Unit, leaf: Criterion, kinds: dict[str, int], problems: list[Problem]
) -> Iterator[dict[str, object]]:
    """The answers' row of a unit and criterion; nothing where the criterion is not for its type."""
    column = found.criteria.get(leaf.id)
    points: dict[str, int | None] = {"self": None, "appraised": None}
    states: list[str] = []
    for kind, row in kinds.items():
        cell = found.sheet.cell(row, column) if column is not None else None
        if unit.type not in leaf.applies_to:
            if not _says_nothing(cell):
                place = found.place(row, column or 0, unit.code)
                problems.append(problem("table-not-for-type", place, as_text(cell)))
            continue
        place = found.place(row, column, unit.code) if column is not None else Place(unit.code, found.file)
        state, points[kind] = _cell(cell, leaf, place, problems)
        states.append(state)
    if unit.type in leaf.applies_to:
        yield {
            "unit": unit.code,
            "criterion": leaf.id,
            "source": 0,
            "line": max(kinds.values()) + 1,
            "state": _joined(states),
            "x1": None,
            "x2": None,
            "self": points["self"],
            "appraised": points["appraised"],
            "evidence": "",
            "explanation": "",
        }


def _joined(states: Sequence[str]) -> str:
    """State of a criterion from its self and appraised cells: points win over nothing."""
    for state in ("answered", "not_applicable", "faulty"):
        if state in states:
            return state
    return "blank"


def _says_nothing(cell: Cell) -> bool:
    return is_blank(cell) or as_text(cell).strip() in ("-", "–") or _is_not_applicable(cell)


def _is_not_applicable(cell: Cell) -> bool:
    return fold(as_text(cell)) in NOT_APPLICABLE_WORDS


def _cell(cell: Cell, leaf: Criterion, place: Place, problems: list[Problem]) -> tuple[str, int | None]:
    """State and points (thousandths) of one cell."""
    if is_blank(cell):
        problems.append(problem("not-answered", place, f"{leaf.id} ({leaf.title})"))
        return "blank", None
    if _is_not_applicable(cell):
        if leaf.not_applicable == "forbidden":
            problems.append(problem("not-applicable-forbidden", place))
            return "faulty", None
        return "not_applicable", None
    bound = f"số từ 0 đến {vietnamese(leaf.top)}, hoặc KPS nếu không phát sinh"
    try:
        points = thousandths(cell)
    except NotANumber:
        problems.append(problem("value-not-understood", place, as_text(cell), bound))
        return "faulty", None
    if not 0 <= points <= leaf.top:
        problems.append(problem("value-range", place, vietnamese(points), bound))
        return "faulty", None
    return "answered", points
