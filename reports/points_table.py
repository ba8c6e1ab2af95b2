"""The final points of a round as a consolidated table, which a round can be scored from again."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from criteria.exact import vietnamese
from evidence.layout import TABLE_APPRAISED, TABLE_CODE, TABLE_NAME, TABLE_POINTS, TABLE_SELF
from evidence.placing import write_aside
from evidence.round import Round
from scoring.results import Results

KINDS = (("self", TABLE_SELF), ("appraised", TABLE_APPRAISED))


def write_points_table(path: Path, round_: Round, results: Results) -> None:
    """Writes `bang-diem.csv`: a line a unit and kind of points, a column a criterion.

    Semicolons between, decimal commas, `KPS` for not applicable, nothing where nothing was declared;
    units that sent nothing are left out. Raises FileHeld where the file is open elsewhere.
    """
    leaves = [leaf.id for leaf in round_.criteria.criteria]
    by_unit = {code: rows.set_index("criterion") for code, rows in results.ledger.groupby("unit")}
    with write_aside(path) as aside, aside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([TABLE_CODE, TABLE_NAME, TABLE_POINTS, *leaves])
        for unit in round_.units:
            rows = by_unit[unit.code]
            for column, word in KINDS:
                if rows[column].notna().any() or (column == "self" and not _silent(rows)):
                    cells = [_cell(rows, leaf, column) for leaf in leaves]
                    writer.writerow([unit.code, unit.name, word, *cells])


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
