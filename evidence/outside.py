"""Results made elsewhere (an index, a survey), from the tables in a round's folder `chi-so/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from criteria.exact import NotANumber, thousandths, vietnamese
from criteria.model import CriteriaSet, Unit
from evidence.answers import Source, answers_frame
from evidence.folders import OUTSIDE
from evidence.layout import TABLE_CODE, column_letter, fold
from evidence.problems import Place, Problem, problem
from evidence.reading.table_file import read_sheets
from evidence.reading.typed import as_text, is_blank
from evidence.reading.workbook import Cell, Sheet, Unreadable

VALUE, LAST_YEAR = "Giá trị", "Năm trước"


@dataclass(frozen=True)
class Outside:
    """One table: its file, and by unit this year's and last year's value with the line (from 1)."""

    source: Source
    values: Mapping[str, tuple[int, int | None, int]]


def read_outside(
    folder: Path, criteria: CriteriaSet, units: Sequence[Unit], problems: list[Problem]
) -> dict[str, Outside]:
    """The tables that the criteria set looks to, by name; what is wrong in them becomes problems."""
    most = {i.table: i.most for leaf in criteria.criteria for i in leaf.rule.inputs if i.table}
    tables: dict[str, Outside] = {}
    for name in sorted(most):
        for suffix in (".csv", ".xlsx"):
            path = folder / OUTSIDE / f"{name}{suffix}"
            if path.is_file():
                tables[name] = _read(path, most[name], units, problems)
                break
    return tables


def _read(path: Path, most: int | None, units: Sequence[Unit], problems: list[Problem]) -> Outside:
    file = f"{OUTSIDE}/{path.name}"
    try:
        for sheet in read_sheets(path):
            for row, cells in enumerate(sheet.rows[:60]):
                heads = {fold(cell): index for index, cell in enumerate(cells) if cell}
                if fold(TABLE_CODE) in heads and fold(VALUE) in heads:
                    return _values(file, sheet, row, heads, most, units, problems)
        raise Unreadable("table-unreadable", f"cần cột “{TABLE_CODE}” và “{VALUE}”")
    except Unreadable as fault:
        problems.append(problem(fault.code, Place("", file), fault.found))
        return Outside(Source(file, ""), {})


def _values(
    file: str,
    sheet: Sheet,
    heading: int,
    heads: dict[str, int],
    most: int | None,
    units: Sequence[Unit],
    problems: list[Problem],
) -> Outside:
    codes = {unit.code.casefold(): unit.code for unit in units}
    letter = {key: column_letter(index) for key, index in heads.items()}
    source = Source(file, sheet.name, {"x1": letter[fold(VALUE)]})
    values: dict[str, tuple[int, int | None, int]] = {}
    seen: set[str] = set()
    for row in range(heading + 1, len(sheet.rows)):
        typed = as_text(sheet.cell(row, heads[fold(TABLE_CODE)])).strip()
        if not typed:
            continue
        code = codes.get(typed.casefold())
        place = Place(code or "", file, sheet.name, f"{letter[fold(TABLE_CODE)]}{row + 1}")
        if code is None:
            problems.append(problem("table-unknown-unit", place, typed))
        elif code in seen:
            problems.append(problem("table-unit-twice", place, code))
            values.pop(code, None)
        else:
            seen.add(code)
            numbers = [
                _number(
                    sheet.figure(row, heads[head]),
                    replace(place, cell=f"{letter[head]}{row + 1}"),
                    most,
                    problems,
                )
                if head in heads
                else None
                for head in (fold(VALUE), fold(LAST_YEAR))
            ]
            if numbers[0] is not None:
                values[code] = (numbers[0], numbers[1], row + 1)
    return Outside(source, values)


def _number(cell: Cell, place: Place, most: int | None, problems: list[Problem]) -> int | None:
    """Thousandths of a figure; None where there is none, or none that can be used."""
    if is_blank(cell):
        return None
    bound = "không âm" if most is None else f"từ 0 đến {vietnamese(most)}"
    wanted = f"một số {bound}, ví dụ 87,25"
    try:
        value = thousandths(cell)
    except NotANumber:
        problems.append(problem("value-not-understood", place, as_text(cell), wanted))
        return None
    if value < 0 or (most is not None and value > most):
        problems.append(problem("value-range", place, vietnamese(value), wanted))
        return None
    return value


def with_outside(
    answers: pd.DataFrame,
    sources: Sequence[Source],
    tables: Mapping[str, Outside],
    criteria: CriteriaSet,
    units: Sequence[Unit],
    problems: list[Problem],
) -> tuple[pd.DataFrame, list[Source]]:
    """The answers with the figures of the tables in place, and the sources with the tables added.

    A figure given in a consolidated table as points stays; what a unit typed in a form does not.
    """
    leaves = {leaf.id: leaf for leaf in criteria.criteria if leaf.rule.inputs[0].table}
    if not leaves:
        return answers, list(sources)
    names = {unit.code: unit.name for unit in units}
    all_sources = [*sources, *(table.source for table in tables.values())]
    at = {name: len(sources) + index for index, name in enumerate(tables)}
    rows = answers.drop(columns=["row"]).copy()
    # of a table that holds appraised points only, nobody asks for what they were made from
    unasked = [
        bool(sources[n].lines) and (unit, "self") not in sources[n].lines
        for n, unit in zip(rows["source"], rows["unit"], strict=True)
    ]
    given = rows["self"].notna() | pd.Series(unasked, index=rows.index, dtype=bool)
    for index in rows.index[rows["criterion"].isin(list(leaves)) & ~given]:
        leaf = leaves[rows.at[index, "criterion"]]
        wanted, unit = leaf.rule.inputs[0], rows.at[index, "unit"]
        name = str(wanted.table)
        found = tables[name].values.get(unit) if name in tables else None
        if rows.at[index, "state"] == "not_applicable":
            continue
        if found is None:
            expected_file = f"{OUTSIDE}/{name}.csv"
            whose = f"tiêu chí {leaf.id} của {names[unit]} ({unit})"
            problems.append(problem("outside-missing", Place(unit, expected_file), whose, expected_file))
            rows.loc[index, ["state", "x1"]] = ["blank", pd.NA]
        else:
            columns = ["state", "x1", "source", "line"]
            rows.loc[index, columns] = ["answered", found[0], at[name], found[2]]
    return answers_frame(rows), all_sources


def yearly(tables: Mapping[str, Outside]) -> Iterator[tuple[str, dict[str, tuple[int, int | None]]]]:
    """For each table, this year's and last year's value (thousandths) by unit."""
    for name, table in tables.items():
        yield name, {unit: (now, last) for unit, (now, last, _) in table.values.items()}
