"""The sheet `Tổng hợp`: grades by block, mean percent, the plan's targets and a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float, share
from criteria.model import CriteriaSet
from evidence.round import Round
from reports.ranked import formulas
from reports.ranked.quotas_part import write_quotas
from reports.ranked.ranking import BlockPlaces
from reports.ranked.targets_part import HEADS, Totals, write_targets
from reports.sheet.page import (
    Page,
    freeze,
    set_columns,
    set_up_print,
    write_marks,
    write_signatures,
    write_state_heading,
    write_title,
)
from reports.sheet.places import GradeTables, cell
from reports.sheet.styles import Styles, percent_format
from reports.standing import Standing
from reports.wording import NOT_GRADED, basis_line, issuing_body, subject
from scoring.results import Results, mean_percent

SUMMARY_SHEET = "Tổng hợp"


@dataclass(frozen=True)
class _Grid:
    """The table of grades: a pair of columns a grade (number, percent) after block and units."""

    page: Page
    criteria: CriteriaSet
    grades: GradeTables

    @property
    def ungraded(self) -> int:
        """Column of the units without a grade (or, where no grades exist, without points)."""
        return 2 + 2 * len(self.grades.labels)

    @property
    def average(self) -> int:
        """Column of the mean percent, the table's last."""
        return self.ungraded + 1


def write_summary(
    sheet: Worksheet,
    styles: Styles,
    round_: Round,
    results: Results,
    marks: tuple[str, ...],
    blocks: Sequence[tuple[BlockPlaces, Sequence[Standing]]],
    grades: GradeTables,
) -> None:
    """Writes the sheet from the sheets of the blocks."""
    least = 2 + len(HEADS) + 2
    width = max(least, 4 + 2 * len(grades.labels))
    page = Page(sheet, styles, [34.0, 9.0, *[9.5] * (width - 3), 12.0])
    set_columns(page)
    write_state_heading(page, issuing_body(round_.plan))
    title = f"TỔNG HỢP KẾT QUẢ {subject(round_).upper()}"
    write_title(page, title, (), basis_line(round_))
    write_marks(page, marks)
    grid = _Grid(page, results.criteria, grades)
    first = _write_head(grid, results.criteria.labels)
    for places, units in blocks:
        _write_block_line(grid, places, units, results.averages[units[0].block])
    everyone = [unit for _, units in blocks for unit in units]
    _write_total(
        grid,
        first,
        [places for places, _ in blocks],
        everyone,
        mean_percent(results.criteria, results.units),
    )
    sections = [(0, 0.0)]
    if results.targets:
        sections.append((page.row, page.height))
        names = dict(zip(results.units["code"], results.units["name"], strict=True))
        write_targets(page, results.criteria, results.targets, _totals(grid, page.row - 1), names)
    if results.proposals:
        sections.append((page.row, page.height))
        write_quotas(page, round_, results)
    write_signatures(page)
    set_up_print(page, marks, sections=sections)
    freeze(page, 0, 1, 0)


def _write_head(grid: _Grid, labels: Sequence[str]) -> int:
    """Two rows of headings; gives the first row of data."""
    page, head = grid.page, grid.page.styles("head")
    page.next_row(6)
    single = {0: "Khối", 1: "Số đơn vị", grid.average: "Tỷ lệ bình quân (%)"}
    named = any(limit.act == "not_graded" for limit in grid.criteria.limits)
    without = "Chưa hoặc không xếp loại" if named else NOT_GRADED
    single[grid.ungraded] = without if labels else "Chưa có điểm"
    half = max(page.fit(text, column, style="head") for column, text in single.items()) / 2
    names = [page.fit(label, 2, 3, "head") for label in grid.grades.labels]
    upper, lower = page.next_row(max([half, *names])), page.next_row(max(half, 34))
    for column, text in single.items():
        page.sheet.merge_range(upper, column, lower, column, "", head)
        page.sheet.write_string(upper, column, text, head)
    for index, (label, address) in enumerate(grid.grades.labels.items()):
        column = 2 + 2 * index
        page.sheet.merge_range(upper, column, upper, column + 1, "", head)
        page.sheet.write_formula(upper, column, f"={address}", head, label)
        page.sheet.write_string(lower, column, "Số đơn vị", head)
        page.sheet.write_string(lower, column + 1, "Tỷ lệ (%)", head)
    return page.row


def _write_block_line(
    grid: _Grid, places: BlockPlaces, units: Sequence[Standing], average: int | None
) -> None:
    page = grid.page
    row = page.next_row(max(20, page.fit(places.title, 0)))
    page.sheet.write_string(row, 0, places.title, page.styles("text"))
    _number(grid, row, 1, f"ROWS({places.units.range('code')})", len(units), "number")
    labels = grid.criteria.labels
    for index, (label, address) in enumerate(grid.grades.labels.items()):
        # not COUNTIF, which would read a label such as ">" or "***" as a pattern
        formula = f"SUMPRODUCT(--({places.units.range('grade')}={address}))"
        _number(grid, row, 2 + 2 * index, formula, _count(units, label), "number")
    _write_shares(grid, row, units, "number")
    if not labels:
        formula = f"{cell(row, 1)}-COUNT({places.units.range('percent')})"
        _number(grid, row, grid.ungraded, formula, _ungraded(grid, units), "number")
    _percent(grid, row, grid.average, places.average, average, "number")


def _write_total(
    grid: _Grid,
    first: int,
    blocks: Sequence[BlockPlaces],
    everyone: Sequence[Standing],
    mean: int | None,
) -> None:
    page = grid.page
    row = page.next_row(20)
    page.sheet.write_string(row, 0, "Toàn đợt", page.styles("bold_text"))
    labels = grid.criteria.labels
    counts = {1: len(everyone)}
    counts |= {2 + 2 * index: _count(everyone, label) for index, label in enumerate(labels)}
    if not labels:
        counts[grid.ungraded] = _ungraded(grid, everyone)
    for column, value in counts.items():
        formula = f"SUM({cell(first, column)}:{cell(row - 1, column)})"
        _number(grid, row, column, formula, value, "bold_number")
    _write_shares(grid, row, everyone, "bold_number")
    formula = formulas.mean([places.units.range("share") for places in blocks], grid.criteria)
    _percent(grid, row, grid.average, formula, mean, "bold_number")


def _counts(grid: _Grid) -> list[int]:
    """Columns of the numbers of each grade."""
    return list(range(2, grid.ungraded, 2))


def _totals(grid: _Grid, row: int) -> Totals:
    labels = grid.criteria.labels
    grades = {label: cell(row, column) for label, column in zip(labels, _counts(grid), strict=True)}
    return Totals(cell(row, 1), cell(row, grid.ungraded), grades)


def _write_shares(grid: _Grid, row: int, units: Sequence[Standing], style: str) -> None:
    """The share of each grade among all units of the line, and the units without a grade."""
    labels = grid.criteria.labels
    for index, label in enumerate(labels):
        formula = formulas.share_of_counts(cell(row, 2 + 2 * index), cell(row, 1), grid.criteria)
        value = _share(grid.criteria, _count(units, label), len(units))
        _percent(grid, row, 3 + 2 * index, formula, value, style)
    if labels:
        counts = "-".join([cell(row, 1), *(cell(row, 2 + 2 * index) for index in range(len(labels)))])
        _number(grid, row, grid.ungraded, counts, _ungraded(grid, units), style)


def _count(units: Sequence[Standing], label: str) -> int:
    return sum(unit.grade == label for unit in units)


def _ungraded(grid: _Grid, units: Sequence[Standing]) -> int:
    """Units without a grade; where no grades exist, units without points."""
    if grid.grades.labels:
        return sum(unit.grade not in grid.grades.labels for unit in units)
    return sum(unit.percent is None for unit in units)


def _share(criteria: CriteriaSet, part: int, whole: int) -> int:
    policy = criteria.policy
    parts, wholes = np.array([part], dtype=np.int64), np.array([whole], dtype=np.int64)
    return int(share(parts, wholes, policy.percent_digits, policy.percent_rounding)[0])


def _number(grid: _Grid, row: int, column: int, formula: str, value: int, style: str) -> None:
    grid.page.sheet.write_formula(row, column, f"={formula}", grid.page.styles(style), value)


def _percent(grid: _Grid, row: int, column: int, formula: str, value: int | None, style: str) -> None:
    digits = percent_format(grid.criteria.policy.percent_digits)
    fmt = grid.page.styles(style, num_format=digits)
    stored = "" if value is None else as_float(value)
    grid.page.sheet.write_formula(row, column, f"={formula}", fmt, stored)
