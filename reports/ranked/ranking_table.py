"""The table of a block's ranking: its columns, where they stand, what its formulas point to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from xlsxwriter.format import Format

from criteria.exact import as_float
from criteria.model import CriteriaSet
from reports.comparison.previous import HEADING
from reports.ranked.detail import Kind
from reports.ranked.rank_columns import RankColumns
from reports.sheet.page import Page
from reports.sheet.places import GradeTables, UnitColumns, cell
from reports.standing import Standing

Stored: TypeAlias = float | str  # the value that a formula carries; "" where there is none
_NAME_WIDTH, _TABLE_WIDTH = 36.0, 122.0
_GRADE_WIDTH, _LONG_GRADE_WIDTH = 13.0, 18.0
GRADE_KEYS = ("grade_by_points", "grade")


@dataclass(frozen=True)
class Column:
    """A printed column: its key, heading and width in characters."""

    key: str
    heading: str
    width: float


_ALL = (
    Column("rank", "Hạng", 8),
    Column("code", "Mã đơn vị", 11),
    Column("name", "Đơn vị", _NAME_WIDTH),
    Column("max", "Điểm tối đa áp dụng", 10),
    Column("self", "Điểm tự chấm", 10),
    Column("appraised", "Điểm thẩm định", 10),
    Column("final", "Điểm cuối cùng", 10),
    Column("percent", "Tỷ lệ (%)", 10),
    Column("grade_by_points", "Xếp loại theo điểm", _GRADE_WIDTH),
    Column("grade", "Xếp loại", _GRADE_WIDTH),
    Column("change", HEADING, 19),
    Column("note", "Ghi chú", 24),
)


@dataclass(frozen=True)
class Links:
    """What the formulas of a block's sheet point to: sheets of points by kind, and the grades.

    `limited`: whether final grades stand beside those by points, because a limit speaks on some;
    `changes`: by unit, how it stands against the round before, empty where there is none.
    """

    points: dict[Kind, UnitColumns]
    grades: GradeTables
    limited: bool
    changes: Mapping[str, str] = field(default_factory=dict)


def columns_shown(links: Links) -> list[Column]:
    """The columns that have content, the names' as wide as the page leaves room for.

    Grades that are sentences ("Hoàn thành xuất sắc nhiệm vụ") get room for two lines instead of three.
    """
    hidden = {key for key in ("self", "appraised") if key not in links.points}
    if not links.grades.labels:
        hidden.add("grade")
    if not links.limited:
        hidden.add("grade_by_points")
    if not links.changes:
        hidden.add("change")
    shown = [column for column in _ALL if column.key not in hidden]
    if any(len(label) > _GRADE_WIDTH for label in links.grades.labels):
        wide = dict.fromkeys(GRADE_KEYS, _LONG_GRADE_WIDTH)
        shown = [replace(column, width=wide.get(column.key, column.width)) for column in shown]
    room = _TABLE_WIDTH - sum(column.width for column in shown) + _NAME_WIDTH
    name = max(room, _NAME_WIDTH)
    return [replace(column, width=name) if column.key == "name" else column for column in shown]


@dataclass(frozen=True)
class Table:
    """The table of a block: its columns, first and last row, and what its formulas need."""

    page: Page
    columns: Sequence[Column]
    first: int
    last: int
    criteria: CriteriaSet
    links: Links
    points_format: str
    block: str

    @property
    def aside(self) -> RankColumns:
        """The helpers beyond the print area."""
        return RankColumns(self.criteria)

    @cached_property
    def places(self) -> UnitColumns:
        """Columns by key, helpers included."""
        keys = {column.key: index for index, column in enumerate(self.columns)}
        keys |= {key: index for index, key in enumerate(self.aside.headings(), len(self.columns) + 1)}
        return UnitColumns(self.page.sheet.name, self.first, self.last, keys)

    def at(self, row: int, key: str) -> str:
        """Address of a column's cell in a row."""
        return cell(row, self.places.columns[key])

    def when_scored(self, row: int, formula: str) -> str:
        """The formula, or nothing where the unit has no points or nothing applies to it."""
        return f'IF(OR({self.at(row, "final")}="",{self.at(row, "max")}=0),"",{formula})'

    def write(self, row: int, key: str, formula: str, stored: Stored, style: Format) -> None:
        """A live formula with the value that it gives."""
        self.page.sheet.write_formula(row, self.places.columns[key], f"={formula}", style, stored)


def stored_points(value: int | None) -> Stored:
    """Thousandths as the cell's number; nothing where not known."""
    return "" if value is None else as_float(value)


def stored_share(unit: Standing) -> Stored:
    """The double that a spreadsheet gets from the same division; grades never rest on it."""
    return "" if unit.percent is None or unit.final is None else unit.final / unit.max
