"""Columns and head of the sheets `Chi tiết`: group titles, criteria, ids, maxima."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from criteria.exact import as_float
from criteria.model import CriteriaSet, Criterion, Floor, Group
from reports.decision_words import floors_words, group_title
from reports.ranked.detail_formulas import floor_sets
from reports.sheet.measure import line_count
from reports.sheet.page import Page

LEADING = ("STT", "Mã đơn vị", "Đơn vị")
_LEADING_WIDTHS = (5.0, 10.0, 32.0)
# Beside more criteria than this, titles stand upright in narrow columns.
_MOST_LEVEL = 8
_LEVEL_WIDTHS = (16.0, 10.0, 11.0)  # a criterion, a subtotal, a total
_UPRIGHT_WIDTHS = (6.0, 7.5, 9.0)
_UPRIGHT_LINES, _UPRIGHT_SIZE = 3, 9
_UPRIGHT_HEIGHTS = range(90, 211, 10)
_SUBTOTALS = {"scale": "Cộng", "bonus": "Điểm cộng", "penalty": "Điểm trừ"}


@dataclass(frozen=True)
class DetailColumns:
    """Each group with its first and last criterion's column and its subtotal's; then the totals.

    Beyond the print area, a column counts what is under each set of floors that a grade asks for.
    """

    groups: tuple[tuple[Group, int, int, int], ...]
    total: int
    top: int
    upright: bool
    floors: dict[int, tuple[Floor, ...]]

    @classmethod
    def of(cls, criteria: CriteriaSet, with_floors: bool) -> DetailColumns:
        """The columns of a criteria set."""
        at = len(LEADING)
        groups = []
        for group in criteria.groups:
            end = at + len(group.criteria)
            groups.append((group, at, end - 1, end))
            at = end + 1
        floors = dict(enumerate(floor_sets(criteria) if with_floors else (), at + 3))
        return cls(tuple(groups), at, at + 1, len(criteria.criteria) > _MOST_LEVEL, floors)

    def leaves(self) -> Iterator[tuple[int, Criterion]]:
        """Each criterion with its column, from left to right."""
        for group, first, *_ in self.groups:
            yield from enumerate(group.criteria, first)

    def places(self) -> dict[str, int]:
        """The columns that other sheets read, by name: `group 1`, `criterion 1.1`, `floors 0`."""
        named = {"code": 1, "total": self.total, "max": self.top}
        named |= {f"floors {number}": column for number, column in enumerate(self.floors)}
        named |= {f"group {group.id}": end for group, *_, end in self.groups}
        return named | {f"criterion {leaf.id}": at for at, leaf in self.leaves()}

    def widths(self) -> list[float]:
        """Width of each column, in characters."""
        criterion, subtotal, total = _UPRIGHT_WIDTHS if self.upright else _LEVEL_WIDTHS
        widths = list(_LEADING_WIDTHS)
        for group, *_ in self.groups:
            widths += [criterion] * len(group.criteria) + [subtotal]
        return [*widths, total, total]


def write_head(page: Page, columns: DetailColumns, criteria: CriteriaSet) -> int:
    """Writes four rows: groups, titles of the criteria, their ids, their maxima; gives the last row."""
    sheet, head = page.sheet, page.styles("head")
    names = [f"{group.id}. {group_title(group)}" for group, *_ in columns.groups]
    spans = [(first, end) for _, first, _, end in columns.groups]
    heights = [page.fit(name, *span, style="head") for name, span in zip(names, spans, strict=True)]
    # row by row from the top: what is written goes to disk with the next row
    groups = page.next_row(max(heights))
    titles, ids = groups + 1, groups + 2
    tall = {column: (groups, text) for column, text in enumerate(LEADING)}
    tall |= {columns.total: (groups, "Tổng điểm"), columns.top: (groups, "Điểm tối đa áp dụng")}
    for group, _, _, end in columns.groups:
        tall[end] = (titles, f"{_SUBTOTALS[group.kind]} nhóm {group.id}")
    for name, (_, first, _, end) in zip(names, columns.groups, strict=True):
        page.put(groups, first, end, name, head)
    _write_tall(page, groups, ids, tall)
    page.next_row(_height_of_titles(page, columns))
    style = page.styles("upright") if columns.upright else page.styles("head", bold=False)
    for column, leaf in columns.leaves():
        sheet.write_string(titles, column, leaf.title, style)
    for column, floors in columns.floors.items():
        text = f"Cột phụ, không in: số điều kiện chưa đạt ({floors_words(criteria, floors)})"
        sheet.set_column(column, column, 18)
        sheet.write_string(titles, column, text, page.styles("aside_head"))
    _write_tall(page, titles, ids, tall)
    page.next_row(18)
    for column, leaf in columns.leaves():
        sheet.write_string(ids, column, leaf.id, head)
    _write_tall(page, ids, ids, tall)
    tops = page.next_row(18)
    page.put(tops, 0, len(LEADING) - 1, "Điểm tối đa", head)
    for column, leaf in columns.leaves():
        sheet.write_number(tops, column, as_float(leaf.top), head)
    for group, _, _, end in columns.groups:
        sheet.write_number(tops, end, as_float(group.top), head)
    sheet.write_number(tops, columns.total, as_float(criteria.scale), head)
    sheet.write_blank(tops, columns.top, None, head)
    return tops


def _write_tall(page: Page, row: int, last: int, tall: Mapping[int, tuple[int, str]]) -> None:
    """A row's part of the headings over several rows down to `last`: by column the first row, the text."""
    head = page.styles("head")
    for column, (first, text) in tall.items():
        if first == row:
            page.sheet.write_string(row, column, text, head)
            # merge_range would fill the rows below at once, and this one would be done before its time
            page.sheet.merge.append([row, column, last, column])
        elif first < row:
            page.sheet.write_blank(row, column, None, head)


def _height_of_titles(page: Page, columns: DetailColumns) -> float:
    """The least height in which all titles can be read."""
    leaves = [(column, leaf.title) for column, leaf in columns.leaves()]
    if not columns.upright:
        return max(page.fit(title, column, style="head", bold=False) for column, title in leaves)
    for height in _UPRIGHT_HEIGHTS:
        lines = max(line_count(title, height - 8, _UPRIGHT_SIZE) for _, title in leaves)
        if lines <= _UPRIGHT_LINES:
            return height
    return _UPRIGHT_HEIGHTS[-1]
