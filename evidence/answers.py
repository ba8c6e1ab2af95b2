"""The contract between evidence and scoring: one frame of all answers of all units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import pandera.pandas as pa

STATES = ("answered", "not_applicable", "blank", "faulty")

# One row a unit and criterion. `x1`, `x2`: what the rule's inputs declare (thousandths, or the index
# of a level); `self`: points given outright in a consolidated table (thousandths). What persons judged
# of them stands in a frame of its own (evidence/judgements.py).
# `source` and `line` (from 1) lead back to file, sheet and cell; `row` is the frame's own id.
ANSWERS = pa.DataFrameSchema(
    {
        "row": pa.Column("int64", unique=True),
        "unit": pa.Column(str),
        "criterion": pa.Column(str),
        "source": pa.Column("int64"),
        "line": pa.Column("int64"),
        "state": pa.Column(str, pa.Check.isin(STATES)),
        "x1": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "x2": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "self": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "evidence": pa.Column(str),
        "explanation": pa.Column(str),
    },
    unique=["unit", "criterion"],
    strict=True,
    ordered=True,
)


@dataclass(frozen=True)
class Source:
    """A sheet that answers came from; `columns` gives the letter of each field's column.

    The fields are x1, x2, na, evidence, explanation in a form; criterion ids in a table, where
    `lines` gives the line of each unit's kinds of points (self, appraised, decided).
    """

    file: str
    sheet: str
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def cell(self, key: str, line: int) -> str:
        """Address of a field on a line (from 1); empty where the sheet has no such column."""
        return f"{self.columns[key]}{line}" if key in self.columns else ""

    def points_cell(self, criterion: str, unit: str, kind: str) -> str:
        """Address of a unit's points of a kind in a table; empty where there is none."""
        line = self.lines.get((unit, kind))
        return "" if line is None else self.cell(criterion, line)


def answers_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The answers' frame of all columns but `row`, in their order; raises pandera's SchemaErrors."""
    frame = rows.reset_index(drop=True)
    frame.insert(0, "row", range(len(frame)))
    frame = frame.astype({name: str(column.dtype) for name, column in ANSWERS.columns.items()})
    return ANSWERS.validate(frame, lazy=True)
