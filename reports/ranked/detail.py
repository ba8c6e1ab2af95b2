"""The sheets `Chi tiết`: units down, criteria across, a subtotal after each group."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from xlsxwriter.worksheet import Worksheet

from criteria.exact import Ints, as_float
from criteria.model import CriteriaSet, Criterion, Floor, Grade, Group
from evidence.round import Round
from reports.ranked.detail_formulas import (
    FAULTY,
    KPS,
    NOT_FOR_TYPE,
    GroupCells,
    applicable,
    floors_missed,
    group_points,
    total,
)
from reports.ranked.detail_head import LEADING, DetailColumns, write_head
from reports.ranked.heat import colour_points, fold_criteria
from reports.sheet.page import (
    A3,
    A4,
    Page,
    freeze,
    lead_of,
    set_columns,
    set_up_print,
    write_marks,
    write_title,
)
from reports.sheet.places import UnitColumns, cell
from reports.sheet.styles import Styles
from reports.standing import Standing, standings
from reports.wording import basis_line, subject
from scoring.columns import plain, rows_by
from scoring.grades import failed_floors
from scoring.ledger import at_stage
from scoring.results import Results
from scoring.shares import Shares, shares_of
from scoring.totals import capped, group_sums

Kind: TypeAlias = Literal["final", "self", "appraised"]

SHEETS: dict[Kind, str] = {
    "final": "Chi tiết",
    "self": "Chi tiết tự chấm",
    "appraised": "Chi tiết thẩm định",
}
_TITLES: dict[Kind, str] = {
    "final": "ĐIỂM CUỐI CÙNG THEO TỪNG TIÊU CHÍ",
    "self": "ĐIỂM TỰ CHẤM THEO TỪNG TIÊU CHÍ",
    "appraised": "ĐIỂM THẨM ĐỊNH THEO TỪNG TIÊU CHÍ",
}
LEGEND = (
    "KPS: không phát sinh, được trừ khỏi điểm tối đa áp dụng; –: tiêu chí không áp dụng cho loại đơn vị; "
    "ô trống: chưa có điểm; Lỗi: số liệu kê khai có lỗi nên chưa tính điểm."
)
# columns of the ledger that hold the same points before rounding; appraised points are given exactly
_EXACT: dict[Kind, str] = {"final": "exact", "self": "exact_self"}
_TEXT_WIDTH = 800  # points: texts go no further to the right, they must be read without scrolling
_ZOOM = 80


def kinds_shown(results: Results) -> dict[Kind, Kind]:
    """For each kind of points that is shown, the sheet whose totals give it.

    Points that are the same everywhere share a sheet; points that nobody has are not shown.
    """
    ledger, units = results.ledger, results.units
    shown: dict[Kind, Kind] = {"final": "final"}
    for kind in ("self", "appraised"):
        has_any = bool(ledger[kind].notna().any())
        if has_any or (kind == "self" and not ledger["appraised"].notna().any()):
            same = ledger[kind].equals(ledger["final"]) and units[kind].equals(units["final"])
            shown[kind] = "final" if same else kind
    return shown


@dataclass(frozen=True)
class _Entry:
    """A unit's points on a criterion as a sheet shows them; `exact` before rounding, where it is kept."""

    status: str
    points: int | None
    exact: Fraction | None


@dataclass(frozen=True)
class _Entries:
    """The entries of all units for one kind of points, by column of the ledger."""

    rows: dict[str, Ints]  # of each unit
    criterion: list[str]
    status: list[str]
    points: list[int | None]
    exact: list[Fraction | None]

    @classmethod
    def of(cls, results: Results, kind: Kind) -> _Entries:
        """The entries of the ledger, their status as it was when this kind of points was given."""
        ledger = results.ledger
        status = plain(at_stage(results.criteria, ledger, kind)["status"])
        exact = plain(ledger[_EXACT[kind]]) if kind in _EXACT else [None] * len(ledger)
        return cls(rows_by(ledger["unit"]), plain(ledger["criterion"]), status, plain(ledger[kind]), exact)

    def of_unit(self, code: str) -> dict[str, _Entry]:
        """The entries of a unit by criterion."""
        return {
            self.criterion[at]: _Entry(self.status[at], self.points[at], self.exact[at])
            for at in self.rows.get(code, ())
        }


@dataclass(frozen=True)
class _Grid:
    """What the rows of units are written from; `tops` is the row of the criteria's maxima."""

    page: Page
    columns: DetailColumns
    kind: Kind
    tops: int
    criteria: CriteriaSet
    entries: _Entries
    maxima: dict[str, int]  # applicable ones, by unit
    sums: dict[str, dict[str, Any]]  # by group, then by unit
    shares: Shares


def _grid(page: Page, columns: DetailColumns, kind: Kind, tops: int, results: Results) -> _Grid:
    criteria, ledger = results.criteria, results.ledger
    codes = list(results.units["code"])
    sums = group_sums(criteria, ledger, kind).reindex(codes)
    by_group = {str(id_): dict(zip(codes, plain(sums[id_]), strict=True)) for id_ in sums.columns}
    shares = shares_of(criteria, ledger) if columns.floors else Shares({}, {})
    then = at_stage(criteria, ledger, kind)["applicable"]
    maxima = then.groupby(ledger["unit"], sort=False).sum().to_dict()
    return _Grid(page, columns, kind, tops, criteria, _Entries.of(results, kind), maxima, by_group, shares)


def write_detail(
    sheet: Worksheet,
    styles: Styles,
    kind: Kind,
    round_: Round,
    results: Results,
    marks: tuple[str, ...],
) -> UnitColumns:
    """Writes one sheet of points; gives the places of the units' totals and applicable maxima."""
    columns = DetailColumns.of(results.criteria, with_floors=kind == "final")
    page = Page(sheet, styles, columns.widths())
    set_columns(page)
    readable = max(column for column in range(page.last + 1) if page.room(0, column) <= _TEXT_WIDTH)
    title = f"{_TITLES[kind]} - {subject(round_).upper()}"
    # above the table only the marks' first sentences, so that its head can stay in sight
    leads = " ".join(lead_of(text) for text in marks)
    write_title(page, title, (), basis_line(round_))
    write_marks(page, [leads] if leads else [], readable)
    head = page.row
    tops = write_head(page, columns, results.criteria)
    head_height = page.height
    first, last = _write_units(_grid(page, columns, kind, tops, results), round_, results)
    colour_points(page, columns, first, last)
    fold_criteria(page, columns)
    page.next_row(8)
    page.line(LEGEND, "legend", readable)
    write_marks(page, marks, readable)
    wide = readable < page.last
    set_up_print(page, marks, A3 if wide else A4)
    sheet.repeat_rows(head, tops)
    freeze(page, tops + 1, len(LEADING), head_height, _ZOOM if wide else 100)
    places = UnitColumns(sheet.name, first, last, columns.places())
    sheet.ignore_errors({"number_stored_as_text": places.local("code").replace("$", "")})
    return places


def _write_units(grid: _Grid, round_: Round, results: Results) -> tuple[int, int]:
    """The units of each block in the order of the roster; gives the first and last row of all."""
    page, styles = grid.page, grid.page.styles
    units = standings(results)
    blocks = list(dict.fromkeys(unit.block for unit in units))
    first = page.row
    number = 0
    for block in blocks:
        if len(blocks) > 1:
            row = page.next_row(18)
            page.put(row, 0, len(LEADING) - 1, round_.blocks[block], styles("block"))
            for column in range(len(LEADING), len(page.widths)):
                page.sheet.write_blank(row, column, None, styles("block"))
        for unit in units:
            if unit.block == block:
                number += 1
                _write_unit(grid, unit, number)
    return first, page.row - 1


def _write_unit(grid: _Grid, unit: Standing, number: int) -> None:
    page, sheet, styles = grid.page, grid.page.sheet, grid.page.styles
    row = page.next_row(max(18, page.fit(unit.code, 1), page.fit(unit.name, 2)))
    sheet.write_number(row, 0, number, styles("centre"))
    sheet.write_string(row, 1, unit.code, styles("centre"))
    sheet.write_string(row, 2, unit.name, styles("text"))
    groups = [_cells(grid, row, *places) for places in grid.columns.groups]
    entries = grid.entries.of_unit(unit.code)
    for cells, (group, first, _, end) in zip(groups, grid.columns.groups, strict=True):
        for column, leaf in enumerate(group.criteria, first):
            _write_points(grid, row, column, leaf, entries.get(leaf.id))
        if any(leaf.id in entries for leaf in group.criteria):
            formula = group_points(grid.criteria, cells, grid.kind in _EXACT)
            _formula(grid, row, end, formula, _group_value(grid, unit, group))
        else:
            sheet.write_string(row, end, NOT_FOR_TYPE, styles("silent"))
    points: int | None = getattr(unit, grid.kind)
    top = cell(row, grid.columns.top)
    _formula(grid, row, grid.columns.total, total(grid.criteria, groups, top), _stored(points))
    _formula(grid, row, grid.columns.top, applicable(groups), as_float(grid.maxima.get(unit.code, 0)))
    for column, floors in grid.columns.floors.items():
        missed = _missed(grid, unit, floors)
        sheet.write_formula(row, column, floors_missed(floors, groups), styles("aside"), missed)


def _cells(grid: _Grid, row: int, group: Group, first: int, last: int, end: int) -> GroupCells:
    leaves = {leaf.id: column for column, leaf in enumerate(group.criteria, first)}
    tops = grid.tops
    return GroupCells(
        group,
        {id_: cell(row, column) for id_, column in leaves.items()},
        f"{cell(row, first)}:{cell(row, last)}",
        cell(row, end),
        {id_: cell(tops, column, fixed=True) for id_, column in leaves.items()},
        f"{cell(tops, first, fixed=True)}:{cell(tops, last, fixed=True)}",
        cell(tops, end, fixed=True),
    )


def _group_value(grid: _Grid, unit: Standing, group: Group) -> float | str:
    """What a group comes to, as scoring has it."""
    points = grid.sums[group.id][unit.code]
    if points is None:
        return ""
    return float(Fraction(capped(group, points)) / 1000)


def _missed(grid: _Grid, unit: Standing, floors: tuple[Floor, ...]) -> int:
    """How many groups and criteria of a unit are under these floors, as scoring has it."""
    return len(failed_floors(Grade("", 0, floors=floors), unit.code, grid.shares))


def _formula(grid: _Grid, row: int, column: int, formula: str, stored: float | str) -> None:
    grid.page.sheet.write_formula(row, column, formula, grid.page.styles("bold_number"), stored)


def _stored(points: int | None) -> float | str:
    return "" if points is None else as_float(points)


def _write_points(grid: _Grid, row: int, column: int, leaf: Criterion, entry: _Entry | None) -> None:
    """One criterion of one unit; points that no decimal holds stand there as a division."""
    sheet, styles = grid.page.sheet, grid.page.styles
    if entry is None:
        sheet.write_string(row, column, NOT_FOR_TYPE, styles("silent"))
    elif entry.status == "not_applicable" and leaf.not_applicable == "exclude":
        sheet.write_string(row, column, KPS, styles("silent"))
    elif entry.points is not None and entry.exact is not None and entry.exact != entry.points:
        share = entry.exact / 1000
        formula = f"={share.numerator}/{share.denominator}"
        sheet.write_formula(row, column, formula, styles("number"), float(share))
    elif entry.points is not None:
        sheet.write_number(row, column, as_float(entry.points), styles("number"))
    elif entry.status == "faulty" and grid.kind != "appraised":
        sheet.write_string(row, column, FAULTY, styles("fault"))
    else:
        sheet.write_blank(row, column, None, styles("number"))
