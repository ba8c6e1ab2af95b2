"""From a line of a history back to the cells that it names."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
from openpyxl.workbook.workbook import Workbook

from criteria.exact import divide
from criteria.model import Criterion
from evidence.reading.typed import parse_input
from evidence.round import Round


@cache
def book(path: Path) -> Workbook:
    """A workbook with the values that it shows, opened once."""
    return openpyxl.load_workbook(path, data_only=True)


def points_of_cells(round_: Round, leaf: Criterion, row: Mapping[Any, Any]) -> int:
    """What stands in the cells that `self_file`, `self_sheet` and `self_cell` name comes to by the rule."""
    cells = row["self_cell"].split("; ")
    wanted = leaf.rule.inputs
    if wanted[0].table:
        typed: list[object] = [_of_csv(round_.folder / row["self_file"], cells[0])]
    else:
        sheet = book(round_.folder / "nop" / row["self_file"])[row["self_sheet"]]
        typed = [sheet[cell].value for cell in cells]
    values = [parse_input(item, value) for item, value in zip(wanted, typed, strict=True)]
    exact = leaf.rule.points([np.array([value], dtype=np.int64) for value in values])
    policy = round_.criteria.policy
    return int(divide(exact.num, exact.den, policy.points_digits, policy.points_rounding)[0])


def _of_csv(path: Path, cell: str) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return rows[int(cell[1:]) - 1]["ABCDEFG".index(cell[0])]
