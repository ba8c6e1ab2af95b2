"""The final points of a round as a consolidated table, which a round can be scored from again."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from criteria.exact import vietnamese
from evidence.csv_text import as_csv_text
from evidence.layout import TABLE_APPRAISED, TABLE_CODE, TABLE_NAME, TABLE_POINTS, TABLE_SELF
from evidence.placing import write_aside
from evidence.round import Round
from scoring.results import Results

KINDS = (("self", TABLE_SELF), ("appraised", TABLE_APPRAISED))


def write_points_table(path: Path, round_: Round, results: Results, answers: pd.DataFrame) -> None:
    """Writes `bang-diem.csv`: a line a unit and kind of points, a column a criterion.

    Criteria whose figures a target of the plan adds up have these beside their points (`1.1 (a)`).
    The round's marks stand above the heading. Semicolons between, decimal commas, `KPS` for not
    applicable, nothing where nothing was declared; units that sent nothing are left out. What a limit
    looks to beside the points (missing evidence) is not in it. Text that a spreadsheet would compute
    has an apostrophe in front, which our reader takes off. Raises FileHeld where it is held.
    """
    leaves = [leaf.id for leaf in round_.criteria.criteria]
    figures = _figures(round_, answers)
    by_unit = {code: rows.set_index("criterion") for code, rows in results.ledger.groupby("unit")}
    with write_aside(path) as aside, aside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for mark in round_.marks:
            writer.writerow([as_csv_text(mark)])
        heads = [TABLE_CODE, TABLE_NAME, TABLE_POINTS, *leaves, *figures]
        writer.writerow(map(as_csv_text, heads))
        for unit in round_.units:
            rows = by_unit[unit.code]
            for column, word in KINDS:
                if rows[column].notna().any() or (column == "self" and not _silent(rows)):
                    cells = [_cell(rows, leaf, column) for leaf in leaves]
                    cells += [by_code.get(unit.code, "") for by_code in figures.values()]
                    writer.writerow([as_csv_text(unit.code), as_csv_text(unit.name), word, *cells])


def _figures(round_: Round, answers: pd.DataFrame) -> dict[str, dict[str, str]]:
    """For each column of figures, the figure of each unit as text."""
    wanted = [item.criterion for item in round_.plan.targets if item.kind == "people_share"]
    columns: dict[str, dict[str, str]] = {}
    for id_ in filter(None, wanted):
        rows = answers[answers["criterion"] == id_]
        for letter, name in (("a", "x1"), ("b", "x2")):
            known = rows[rows[name].notna()]
            pairs = zip(known["unit"], known[name], strict=True)
            columns[f"{id_} ({letter})"] = {unit: vietnamese(int(value)) for unit, value in pairs}
    return columns


def _silent(rows: pd.DataFrame) -> bool:
    """Whether the unit sent nothing, or has appraised points only."""
    return bool((rows["status"] == "not_sent").all() or rows["appraised"].notna().any())


def _cell(rows: pd.DataFrame, leaf: str, column: str) -> str:
    if leaf not in rows.index:
        return ""
    row = rows.loc[leaf]
    if row["status"] == "not_applicable":
        return "KPS"
    return "" if pd.isna(row[column]) else vietnamese(int(row[column]))
