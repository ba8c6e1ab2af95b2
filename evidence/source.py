"""Where answers came from: a sheet and its columns, so that each answer leads back to its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
