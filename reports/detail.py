"""The sheets `Chi tiết`: units down, criteria across, a subtotal after each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float
from evidence.round import Round
from reports.detail_head import LEADING, DetailColumns, write_head
from reports.page import A3, A4, Page, freeze, lead_of, set_columns, set_up_print, write_marks, write_title
from reports.places import UnitColumns, cell
from reports.standing import Standing, standings, whole
from reports.styles import Styles
from reports.wording import basis_line, subject
from scoring.results import Results

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
KPS, NOT_FOR_TYPE, FAULTY = "KPS", "–", "Lỗi"
LEGEND = (
    "KPS: không phát sinh, được trừ khỏi điểm tối đa áp dụng; –: tiêu chí không áp dụng cho loại đơn vị; "
    "ô trống: chưa có điểm; Lỗi: số liệu kê khai có lỗi nên chưa tính điểm."
)
_TEXT_WIDTH = 800  # points: texts go no further to the right, they must be read without scrolling
_ZOOM = 80


def kinds_shown(results: Results) -> dict[Kind, Kind]:
    """For each kind of points that is shown, the sheet whose totals give it.

    Points that are the same everywhere share a sheet; points that nobody has are not shown.
    """
    ledger = results.ledger
    shown: dict[Kind, Kind] = {"final": "final"}
    for kind in ("self", "appraised"):
        has_any = bool(ledger[kind].notna().any())
        if has_any or (kind == "self" and not ledger["appraised"].notna().any()):
            shown[kind] = "final" if ledger[kind].equals(ledger["final"]) else kind
    return shown


@dataclass(frozen=True)
class _Grid:
    """What the rows of units are written from; `tops` is the row of the criteria's maxima."""

    page: Page
    columns: DetailColumns
    kind: Kind
    tops: int
    ledger: dict[tuple[str, str], dict[Any, Any]]


def _entries(results: Results) -> dict[tuple[str, str], dict[Any, Any]]:
    """The ledger's rows by unit and criterion."""
    return {(str(row["unit"]), str(row["criterion"])): row for row in results.ledger.to_dict("records")}


def write_detail(
    sheet: Worksheet,
    styles: Styles,
    kind: Kind,
    round_: Round,
    results: Results,
    marks: tuple[str, ...],
) -> UnitColumns:
    """Writes one sheet of points; gives the places of the units' totals and applicable maxima."""
    columns = DetailColumns.of(results.criteria)
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
    first, last = _write_units(_Grid(page, columns, kind, tops, _entries(results)), round_, results)
    page.next_row(8)
    page.line(LEGEND, "legend", readable)
    write_marks(page, marks, readable)
    wide = readable < page.last
    set_up_print(page, marks, A3 if wide else A4)
    sheet.repeat_rows(head, tops)
    freeze(page, tops + 1, len(LEADING), head_height, _ZOOM if wide else 100)
    places = UnitColumns(sheet.name, first, last, {"code": 1, "total": columns.total, "max": columns.top})
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
    row = page.next_row(max(18, page.fit(unit.name, 2)))
    sheet.write_number(row, 0, number, styles("centre"))
    sheet.write_string(row, 1, unit.code, styles("centre"))
    sheet.write_string(row, 2, unit.name, styles("text"))
    subtotals, tops = [], []
    for group, first, last, subtotal in grid.columns.groups:
        known: list[int] = []
        for column, leaf in enumerate(group.criteria, first):
            known += _write_points(grid, row, column, grid.ledger.get((unit.code, leaf.id)))
        own = f"{cell(row, first)}:{cell(row, last)}"
        _write_sum(grid, row, subtotal, own, sum(known) if known else None)
        subtotals.append(cell(row, subtotal))
        top = f"{cell(grid.tops, first, fixed=True)}:{cell(grid.tops, last, fixed=True)}"
        # subtotals lie in between, so the maxima are added up group by group
        tops.append(f'SUMPRODUCT(({own}<>"{KPS}")*({own}<>"{NOT_FOR_TYPE}")*{top})')
    total: int | None = getattr(unit, grid.kind)
    _write_sum(grid, row, grid.columns.total, ",".join(subtotals), total)
    formula = f"=ROUND({'+'.join(tops)},3)"
    sheet.write_formula(row, grid.columns.top, formula, styles("bold_number"), as_float(unit.max))


def _write_sum(grid: _Grid, row: int, column: int, cells: str, value: int | None) -> None:
    """A live sum that stays empty where nothing is known: no points are not zero points."""
    formula = f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),3))'
    stored = "" if value is None else as_float(value)
    grid.page.sheet.write_formula(row, column, formula, grid.page.styles("bold_number"), stored)


def _write_points(grid: _Grid, row: int, column: int, entry: dict[Any, Any] | None) -> list[int]:
    """One criterion of one unit; gives the points that it adds, if any."""
    sheet, styles = grid.page.sheet, grid.page.styles
    if entry is None:
        sheet.write_string(row, column, NOT_FOR_TYPE, styles("silent"))
        return []
    if entry["applicable"] < entry["top"]:
        sheet.write_string(row, column, KPS, styles("silent"))
        return []
    points = whole(entry[grid.kind])
    if points is not None:
        sheet.write_number(row, column, as_float(points), styles("number"))
        return [points]
    if entry["status"] == "faulty" and grid.kind != "appraised":
        sheet.write_string(row, column, FAULTY, styles("fault"))
    else:
        sheet.write_blank(row, column, None, styles("number"))
    return []
