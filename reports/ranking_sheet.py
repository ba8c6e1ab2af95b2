"""A sheet a block: its units in rank order, every figure a live formula with its stored value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float
from criteria.model import CriteriaSet
from evidence.round import Round
from reports import formulas
from reports.detail import Kind
from reports.page import (
    Page,
    freeze,
    set_columns,
    set_up_print,
    write_marks,
    write_signatures,
    write_state_heading,
    write_title,
)
from reports.places import GradeTable, UnitColumns, cell, on
from reports.standing import Standing, standings
from reports.styles import Styles, percent_format
from reports.wording import basis_line, decimals, issuing_body, subject, unit_note
from scoring.results import Results

Stored: TypeAlias = float | str  # the value that a formula carries; "" where there is none
_NAME_WIDTH, _TABLE_WIDTH = 36.0, 122.0


@dataclass(frozen=True)
class _Column:
    key: str
    heading: str
    width: float


_ALL = (
    _Column("rank", "Hạng", 8),
    _Column("code", "Mã đơn vị", 11),
    _Column("name", "Đơn vị", _NAME_WIDTH),
    _Column("max", "Điểm tối đa áp dụng", 10),
    _Column("self", "Điểm tự chấm", 10),
    _Column("appraised", "Điểm thẩm định", 10),
    _Column("final", "Điểm cuối cùng", 10),
    _Column("percent", "Tỷ lệ (%)", 10),
    _Column("grade", "Xếp loại", 13),
    _Column("note", "Ghi chú", 24),
)


@dataclass(frozen=True)
class Links:
    """What the formulas of a block's sheet point to: sheets of points by kind, and the grades."""

    points: dict[Kind, UnitColumns]
    grades: GradeTable


@dataclass(frozen=True)
class BlockPlaces:
    """Where a block's sheet keeps its units, their exact shares and the block's mean."""

    title: str
    units: UnitColumns
    average: str
    size: int


def write_block(
    sheet: Worksheet,
    styles: Styles,
    block: str,
    units: Sequence[Standing],
    round_: Round,
    results: Results,
    marks: tuple[str, ...],
    links: Links,
) -> BlockPlaces:
    """Writes the sheet of a block whose units come in rank order; gives its places."""
    columns = _columns(links)
    page = Page(sheet, styles, [column.width for column in columns])
    set_columns(page)
    write_state_heading(page, issuing_body(round_.plan))
    title = f"BẢNG XẾP HẠNG KẾT QUẢ {subject(round_).upper()}"
    write_title(page, title, (f"Khối: {round_.blocks[block]}",), basis_line(round_))
    write_marks(page, marks)
    page.next_row(6)
    head = page.next_row(
        max(page.fit(column.heading, at, style="head") for at, column in enumerate(columns))
    )
    for index, column in enumerate(columns):
        sheet.write_string(head, index, column.heading, styles("head"))
    head_height = page.height
    points = "0.000" if decimals(unit.final for unit in standings(results)) == 3 else "0.00#"
    table = _Table(page, columns, head + 1, head + len(units), results.criteria, links, points)
    aside = table.places.columns["share"]
    sheet.set_column(aside, aside + 1, 18)
    sheet.write_string(head, aside, "Cột phụ, không in: tỷ lệ chính xác", styles("aside_head"))
    for unit in units:
        _write_unit(table, unit)
    average = _write_average(table, results.averages[block])
    sheet.autofilter(head, 0, table.last, page.last)
    write_signatures(page)
    set_up_print(page, marks)
    sheet.repeat_rows(head)
    freeze(page, head + 1, 3, head_height)
    sheet.ignore_errors({"number_stored_as_text": table.places.local("code").replace("$", "")})
    return BlockPlaces(round_.blocks[block], table.places, on(sheet.name, average), len(units))


def _columns(links: Links) -> list[_Column]:
    hidden = {key for key in ("self", "appraised") if key not in links.points}
    if not links.grades.labels:
        hidden.add("grade")
    shown = [column for column in _ALL if column.key not in hidden]
    room = _TABLE_WIDTH - sum(column.width for column in shown) + _NAME_WIDTH
    return [
        _Column("name", column.heading, max(room, _NAME_WIDTH)) if column.key == "name" else column
        for column in shown
    ]


@dataclass(frozen=True)
class _Table:
    """The table of a block: its columns, first and last row, and what its formulas need."""

    page: Page
    columns: Sequence[_Column]
    first: int
    last: int
    criteria: CriteriaSet
    links: Links
    points_format: str

    @property
    def places(self) -> UnitColumns:
        """Columns by key; `share` and `key` are helpers beyond the print area."""
        keys = {column.key: index for index, column in enumerate(self.columns)}
        keys |= {"share": len(self.columns) + 1, "key": len(self.columns) + 2}
        return UnitColumns(self.page.sheet.name, self.first, self.last, keys)

    def at(self, row: int, key: str) -> str:
        """Address of a column's cell in a row."""
        return cell(row, self.places.columns[key])

    def when_scored(self, row: int, formula: str) -> str:
        """The formula, or nothing where the unit has no points or nothing applies to it."""
        return f'IF(OR({self.at(row, "final")}="",{self.at(row, "max")}=0),"",{formula})'


def _write_unit(table: _Table, unit: Standing) -> None:
    """A line of the table; the unit's totals are found on the sheets of points by its code."""
    page, styles, links = table.page, table.page.styles, table.links
    at, note = table.places.columns, unit_note(unit)
    row = page.next_row(max(page.fit(unit.name, at["name"]), page.fit(note, at["note"]), 20))
    typed = (("code", unit.code, "centre"), ("name", unit.name, "text"), ("note", note, "text"))
    for key, text, style in typed:
        page.sheet.write_string(row, at[key], text, styles(style))
    code = table.at(row, "code")
    for kind, places in links.points.items():
        style = styles("bold_number" if kind == "final" else "number", num_format=table.points_format)
        _formula(table, row, kind, places.of(code, "total"), _points(getattr(unit, kind)), style)
    top = links.points["final"].of(code, "max")
    _formula(table, row, "max", top, as_float(unit.max), styles("number"))
    _write_computed(table, row, unit)


def _write_computed(table: _Table, row: int, unit: Standing) -> None:
    """Percent, exact share, grade and rank, from the unit's own final points and maximum."""
    styles, criteria = table.page.styles, table.criteria
    final, top = table.at(row, "final"), table.at(row, "max")
    computed = formulas.percent(final, top, criteria)
    style = styles("number", num_format=percent_format(criteria.policy.percent_digits))
    _formula(table, row, "percent", table.when_scored(row, computed), _points(unit.percent), style)
    share = table.when_scored(row, formulas.exact_share(final, top))
    _formula(table, row, "share", share, _share(unit), styles("aside", num_format="0.0000000000"))
    if table.links.grades.labels:
        grade = table.when_scored(row, formulas.grade(final, top, table.links.grades, criteria))
        _formula(table, row, "grade", grade, unit.grade or "", styles("centre"))
    key = _rank_key(criteria)
    rank = formulas.competition_rank(table.at(row, key), table.places.local(key))
    if criteria.policy.ties == "dense":
        _write_key(table, row, key, unit)
        rank = formulas.dense_rank(table.at(row, "key"), table.places.local("key"), table.first)
    place = "" if unit.rank is None else unit.rank
    _formula(table, row, "rank", table.when_scored(row, rank), place, styles("bold_number"))


def _rank_key(criteria: CriteriaSet) -> str:
    """The column that ranks."""
    if criteria.policy.rank_on == "rounded":
        return "percent"
    return "final" if criteria.policy.grade_on == "points" else "share"


def _write_key(table: _Table, row: int, key: str, unit: Standing) -> None:
    """The helper of dense ranks: the key as a number for every unit, -1 where there are no points."""
    stored = {"share": _share(unit), "percent": _points(unit.percent), "final": _points(unit.final)}[key]
    own = table.at(row, key)
    number = -1 if unit.rank is None else stored
    _formula(table, row, "key", f'IF({own}="",-1,{own})', number, table.page.styles("aside"))


def _formula(table: _Table, row: int, key: str, formula: str, stored: Stored, style: Format) -> None:
    table.page.sheet.write_formula(row, table.places.columns[key], f"={formula}", style, stored)


def _points(value: int | None) -> Stored:
    return "" if value is None else as_float(value)


def _share(unit: Standing) -> Stored:
    """The double that a spreadsheet gets from the same division; grades never rest on it."""
    return "" if unit.percent is None or unit.final is None else unit.final / unit.max


def _write_average(table: _Table, average: int | None) -> str:
    """The last line of the table, the block's mean percent; gives the address of the mean."""
    page, styles = table.page, table.page.styles
    row = page.next_row(20)
    column = table.places.columns["percent"]
    page.put(row, 0, column - 1, "Tỷ lệ bình quân của khối", styles("bold_text", align="right"))
    formula = f"={formulas.mean([table.places.local('share')], table.criteria)}"
    style = styles("bold_number", num_format=percent_format(table.criteria.policy.percent_digits))
    page.sheet.write_formula(row, column, formula, style, _points(average))
    for after in range(column + 1, len(table.columns)):
        page.sheet.write_blank(row, after, None, styles("text"))
    return cell(row, column, fixed=True)
