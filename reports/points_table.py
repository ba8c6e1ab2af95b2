"""The final points of a round as a consolidated table, which a round can be scored from again."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

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
from scoring.columns import plain, rows_by
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
    of_units = rows_by(results.ledger["unit"])
    ledger = {name: plain(results.ledger[name]) for name in _LEDGER}
    with write_aside(path) as aside, aside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for mark in round_.marks:
            writer.writerow([as_csv_text(mark)])
        heads = [TABLE_CODE, TABLE_NAME, TABLE_POINTS, *leaves, *figures]
        writer.writerow(map(as_csv_text, heads))
        for unit in round_.units:
            rows = [
                {name: column[at] for name, column in ledger.items()} for at in of_units.get(unit.code, ())
            ]
            for kind, (word, given) in KINDS.items():
                any_given = any(row[given] is not None for row in rows)
                if any_given and not (kind == "self" and _claims_nothing(rows)):
                    told = {row["criterion"]: _cell(row, kind) for row in rows}
                    cells = [told.get(leaf, "") for leaf in leaves]
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


_LEDGER = (
    "criterion", "claim", "status", "self", "appraised", "decided", "answer", "judgement", "decision"
)  # fmt: skip


def _claims_nothing(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether only others speak of the unit: it has no claim, and was judged all the same."""
    judged = any(row["judgement"] is not None or row["decision"] is not None for row in rows)
    return judged and all(row["claim"] in ("blank", "faulty", "not_sent") for row in rows)


def _cell(row: Mapping[str, Any], kind: str) -> str:
    """Points of one kind on a criterion, by its row of the ledger."""
    if _not_applicable(row, kind):
        return "KPS"
    return "" if row[kind] is None else vietnamese(row[kind])


def _not_applicable(row: Mapping[str, Any], kind: str) -> bool:
    """Whether this is what was said at that stage."""
    if kind == "self":
        return bool(row["claim"] == "not_applicable")
    judged = row[KINDS[kind][1]] is not None
    last = "appraised" if row["decision"] is None else "decided"
    if kind == last and row["status"] == "not_applicable" and judged:
        return True
    # judged, and yet without points; where it has full points instead, these say the same
    return judged and row[kind] is None
