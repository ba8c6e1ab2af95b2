"""The consolidated table of a round (`bang-diem`): units down, criteria across, points in the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
from evidence.table_file import read_sheets
from evidence.typed import NotUnderstood, as_text, expected, is_blank, parse_input
from evidence.workbook import Cell, Sheet, Unreadable, address

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

    def on_scale(leaf: Criterion) -> bool:
        return criteria.group_by_id[leaf.group].kind == "scale"

    judged: list[dict[str, object]] = []
    rows = [
        row
        for unit in units
        if unit.code in lines
        for leaf in criteria.criteria
        for row in _answer(found, unit, leaf, on_scale(leaf), lines[unit.code], judged, problems)
    ]
    letters = {id_: column_letter(column) for id_, column in found.criteria.items()}
    at = {(code, kind): row + 1 for code, kinds in lines.items() for kind, row in kinds.items()}
    frame = pd.DataFrame.from_records(rows, columns=_COLUMNS)
    source = Source(path.name, found.sheet.name, letters, at)
    return answers_frame(frame), [source], _judgements(judged), problems


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
        place = found.place(row, found.keys["code"])
        cells = found.sheet.rows[row]
        if any(not is_blank(cell) for cell in cells[found.width :]):
            problems.append(problem("table-row-too-long", place))
            continue
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
    found: _Found,
    unit: Unit,
    leaf: Criterion,
    scale: bool,
    kinds: dict[str, int],
    judged: list[dict[str, object]],
    problems: list[Problem],
) -> Iterator[dict[str, object]]:
    """The answers' row of a unit and criterion; nothing where the criterion is not for its type.

    What the table holds of appraised and decided points is added to `judged`.
    """
    column = found.criteria.get(leaf.id)
    owed = scale and not leaf.rule.inputs[0].table
    said: dict[str, tuple[str, int | None]] = {}
    for kind, row in sorted(kinds.items(), key=lambda item: _STAGES.index(item[0])):
        cell = found.sheet.cell(row, column) if column is not None else None
        if unit.type not in leaf.applies_to:
            if not _says_nothing(cell):
                place = found.place(row, column or 0, unit.code)
                problems.append(problem("table-not-for-type", place, as_text(cell)))
            continue
        place = found.place(row, column, unit.code) if column is not None else Place(unit.code, found.file)
        # appraised points that are not there yet are no mistake of the unit's
        due = owed and (kind == "self" or (kind == "appraised" and "self" not in kinds))
        said[kind] = _cell(cell, leaf, place, problems, due)
        if kind != "self" and said[kind][0] in ("answered", "not_applicable"):
            judged.append(_judgement(leaf, kind, *said[kind], place))
    if unit.type in leaf.applies_to:
        state, points = said.get("self", ("blank", None))
        inputs = (None, None)
        if "answered" in (told for told, _ in said.values()):
            inputs = _inputs(found, unit, leaf, min(kinds.values()), problems)
        yield {
            "unit": unit.code,
            "criterion": leaf.id,
            "source": 0,
            "line": kinds.get("self", min(kinds.values())) + 1,
            "state": state,
            "x1": inputs[0],
            "x2": inputs[1],
            "self": points,
            "evidence": TABLE_EVIDENCE,
            "explanation": "",
        }


def _judgements(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    names = [name for name in JUDGEMENTS.columns if name != "row"]
    return judgements_frame(pd.DataFrame.from_records(rows, columns=names))


def _judgement(
    leaf: Criterion, stage: str, state: str, points: int | None, place: Place
) -> dict[str, object]:
    """What the table says that a person judged; its keeper vouches for it, and no reason is demanded."""
    return {
        **dict.fromkeys(JUDGEMENTS.columns, ""),
        "unit": place.unit,
        "criterion": leaf.id,
        "stage": stage,
        "points": points,
        "not_applicable": state == "not_applicable",
        "by": TABLE_EVIDENCE,
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
    }


def _inputs(
    found: _Found, unit: Unit, leaf: Criterion, row: int, problems: list[Problem]
) -> tuple[int | None, int | None]:
    """The declared figures of a criterion, where the table has columns for them (`1.1 (a)`)."""
    values: list[int | None] = [None, None]
    for index, (wanted, letter) in enumerate(zip(leaf.rule.inputs, "ab", strict=False)):
        column = found.inputs.get((leaf.id, letter))
        cell = None if column is None else found.sheet.cell(row, column)
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


def _cell(
    cell: Cell, leaf: Criterion, place: Place, problems: list[Problem], owed: bool
) -> tuple[str, int | None]:
    """State and points (thousandths) of one cell; `owed`: whether nothing in it is a mistake."""
    if is_blank(cell):
        if owed:
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
