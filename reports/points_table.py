"""The final points of a round as a consolidated table, which a round can be scored from again."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from criteria.exact import vietnamese
from evidence.csv_text import as_csv_text
from evidence.layout import (
    TABLE_APPRAISED,
    TABLE_CODE,
    TABLE_DECIDED,
    TABLE_NAME,
    TABLE_POINTS,
    TABLE_SELF,
)
from evidence.placing import write_aside
from evidence.round import Round
from scoring.results import Results

# kind of points: its word in the table, the ledger's column that tells where somebody gave them
KINDS = {
    "self": (TABLE_SELF, "answer"),
    "appraised": (TABLE_APPRAISED, "judgement"),
    "decided": (TABLE_DECIDED, "decision"),
}


def write_points_table(path: Path, round_: Round, results: Results, answers: pd.DataFrame) -> None:
    """Writes `bang-diem.csv`: a line a unit and kind of points that it has, a column a criterion.

    Criteria whose figures a target of the plan adds up have these beside their points (`1.1 (a)`).
    The round's marks stand above the heading. Semicolons between, decimal commas, `KPS` for not
    applicable, nothing where nothing was declared or judged; units of which there is nothing are left out.
    What a limit looks to beside the points (missing evidence, a dossier that never came) is not in it.
    Text that a spreadsheet would compute has an apostrophe in front, which our reader takes off. Raises
    FileHeld where it is held.
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
            for kind, (word, given) in KINDS.items():
                if rows[given].notna().any() and not (kind == "self" and _claims_nothing(rows)):
                    cells = [_cell(rows, leaf, kind) for leaf in leaves]
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


def _claims_nothing(rows: pd.DataFrame) -> bool:
    """Whether only others speak of the unit: it has no claim, and was judged all the same."""
    judged = rows["judgement"].notna().any() or rows["decision"].notna().any()
    return bool(judged and rows["claim"].isin(["blank", "faulty", "not_sent"]).all())


def _cell(rows: pd.DataFrame, leaf: str, kind: str) -> str:
    if leaf not in rows.index:
        return ""
    row = rows.loc[leaf]
    if _not_applicable(row, kind):
        return "KPS"
    return "" if pd.isna(row[kind]) else vietnamese(int(row[kind]))


def _not_applicable(row: pd.Series, kind: str) -> bool:
    """Whether this is what was said at that stage."""
    if kind == "self":
        return bool(row["claim"] == "not_applicable")
    last = "appraised" if pd.isna(row["decision"]) else "decided"
    if kind == last and row["status"] == "not_applicable" and not pd.isna(row[KINDS[kind][1]]):
        return True
    # judged, and yet without points; where it has full points instead, these say the same
    return bool(not pd.isna(row[KINDS[kind][1]]) and pd.isna(row[kind]))
