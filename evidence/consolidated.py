"""The consolidated table of a round (`bang-diem`): units down, criteria across, points in the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from criteria.model import CriteriaSet, Unit
from evidence.answers import ANSWERS, Source, answers_frame
from evidence.judgements import judgements_frame
from evidence.layout import (
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
from evidence.reading.typed import as_text, is_blank
from evidence.reading.workbook import Sheet, Unreadable
from evidence.table_cells import Found, TableCells

_INPUT_HEAD = re.compile(r"(\S+) \(([ab])\)")
_KINDS = {
    fold(TABLE_SELF): "self",
    fold(TABLE_APPRAISED): "appraised",
    fold(TABLE_DECIDED): "decided",
    fold("Cuối cùng"): "decided",
    "": "self",
}


def read_table(
    path: Path, criteria: CriteriaSet, units: Sequence[Unit]
) -> tuple[pd.DataFrame, list[Source], pd.DataFrame, list[Problem]]:
    """Answers of a consolidated table, the one source they have, the judgements in it, its problems.

    A criterion's cell holds points with a decimal comma or dot, `KPS`, or nothing. The optional
    column “Loại điểm” tells self points (the default) from appraised and decided ones; columns such as
    `1.1 (a)` hold the figures that the points come from. Columns such as a total are passed over.
    """
    problems: list[Problem] = []
    try:
        found = _find(path, read_sheets(path), criteria, problems)
    except Unreadable as fault:
        problems.append(problem(fault.code, Place("", path.name), fault.found))
        return answers_frame(pd.DataFrame(columns=_COLUMNS)), [], judgements_frame(), problems
    lines = _unit_lines(found, units, problems)
    cells = TableCells(found, [unit for unit in units if unit.code in lines], lines)
    answers, judgements, wrong = cells.read(criteria)
    problems += wrong
    letters = {id_: column_letter(column) for id_, column in found.criteria.items()}
    at = {(code, kind): row + 1 for code, kinds in lines.items() for kind, row in kinds.items()}
    source = Source(path.name, found.sheet.name, letters, at)
    return answers_frame(answers), [source], judgements_frame(judgements), problems


# what people put beside points; whatever else is no criterion may be one whose id is misspelt
_BESIDE = {fold(heading) for heading in (
    "STT", "TT", "Số TT", "Số thứ tự", "Tổng", "Cộng", "Tổng số", "Tổng cộng", "Tổng điểm", "Tổng số điểm",
    "Tỷ lệ", "Tỷ lệ %", "Tỷ lệ (%)", "Xếp loại", "Xếp hạng", "Thứ hạng", "Hạng",
    "Khối", "Khối đánh giá", "Loại đơn vị", "Ghi chú",
)}  # fmt: skip
_COLUMNS = [name for name in ANSWERS.columns if name != "row"]


def _find(path: Path, sheets: Sequence[Sheet], criteria: CriteriaSet, problems: list[Problem]) -> Found:
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
                found = Found(path.name, sheet, row, keys, leaves, inputs, len(texts))
                for id_, several in places.items():
                    if len(several) > 1:
                        problems.append(problem("table-column-twice", found.place(row, several[1]), id_))
                for index, text in enumerate(texts):
                    if (
                        text
                        and text not in places
                        and index not in {*keys.values(), *leaves.values(), *inputs.values()}
                    ):
                        code = "table-column-beside" if fold(text) in _BESIDE else "table-unknown-criterion"
                        problems.append(problem(code, found.place(row, index), text))
                return found
    raise Unreadable("table-unreadable", "không thấy dòng tiêu đề")


def _unit_lines(found: Found, units: Sequence[Unit], problems: list[Problem]) -> dict[str, dict[str, int]]:
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
