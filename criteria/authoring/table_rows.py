"""Groups, criteria, grades, limits and quotas as rows of cells by column key, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from criteria.authoring.cells import EMPTY, BadCell, as_json, from_json
from criteria.authoring.layout import (
    ACTS,
    CRITERIA_COLUMNS,
    CRITERION,
    GRADE_COLUMNS,
    GROUP,
    LIMIT,
    LIMIT_COLUMNS,
    QUOTA,
    Column,
)
from criteria.authoring.rules import INPUT, RULE_KEYS, rule_notation
from criteria.rules import kinds

Item = dict[str, Any]
Cells = dict[str, str]  # by column key; "" holds what kind of row it is
Complain = Callable[[int, str], None]

_MISSING: Any = object()


def _written(item: Item, write: Callable[[Item], Cells], read: Callable[[Cells], Item]) -> Cells:
    """Cells that read back as the item: keys that have no column, or do not read back, go as JSON."""
    kept, other = dict(item), {}
    for _ in range(2):
        cells = write(kept)
        try:
            back = read(cells)
        except BadCell:
            back = {}
        for key in [key for key in kept if back.get(key, _MISSING) != kept[key]]:
            other[key] = kept.pop(key)
    cells = write(kept)
    if other:
        cells["other"] = as_json(other)
    return cells


def _plain_cells(columns: Iterable[Column], item: Item) -> Cells:
    return {column.key: column.notation.cell(item[column.key]) for column in columns if column.key in item}


def _plain_item(columns: Iterable[Column], cells: Cells) -> Item:
    item: Item = {}
    for column in columns:
        if column.key not in ("", "other") and cells.get(column.key):
            try:
                item[column.key] = column.notation.value(cells[column.key])
            except BadCell as fault:
                raise BadCell(f"cột “{column.heading}”: {fault}") from fault
    return item


def _with_other(item: Item, cells: Cells) -> Item:
    if cells.get("other"):
        other = from_json(cells["other"].removeprefix("JSON:"))
        if not isinstance(other, dict):
            raise BadCell("cột “Mục khác” cần một khối JSON {...}")
        item |= other
    return item


_COMMON = tuple(c for c in CRITERIA_COLUMNS if c.key not in ("", "input 1", "input 2", "rule", "other"))


def criteria_rows(groups: list[Item]) -> Iterator[Cells]:
    """A row for each group, followed by the rows of its criteria."""
    for group in groups:
        own = {key: value for key, value in group.items() if key != "criteria"}
        yield {**_written(own, _node_cells, _node_item), "": GROUP}
        for leaf in group["criteria"]:
            yield {**_written(leaf, _node_cells, _node_item), "": CRITERION}


def _input_names(kind: Any) -> tuple[str, ...]:
    """Names of what a kind asks for, in the order of the two columns."""
    rule = kinds().get(kind) if isinstance(kind, str) else None
    return tuple(rule.SCHEMA.get("inputs", {}).get("properties", {})) if rule else ()


def _node_cells(item: Item) -> Cells:
    cells = _plain_cells(_COMMON, item)
    names, inputs = _input_names(item.get("kind")), item.get("inputs")
    if isinstance(inputs, dict) and set(inputs) <= set(names[:2]):
        columns = dict(zip(names, ("input 1", "input 2"), strict=False))
        cells |= {columns[name]: INPUT.cell(value) for name, value in inputs.items()}
    rule = {key: item[key] for key in RULE_KEYS if key in item}
    if rule:
        cells["rule"] = rule_notation(str(item.get("kind"))).cell(rule)
    return cells


def _node_item(cells: Cells) -> Item:
    item = _plain_item(_COMMON, cells)
    kind = item.get("kind")
    names = _input_names(kind)
    for name, column in zip(names, ("input 1", "input 2"), strict=False):
        if cells.get(column):
            item.setdefault("inputs", {})[name] = INPUT.value(cells[column])
    if cells.get("input 2") and len(names) < 2:
        raise BadCell("cột “Mẫu số” chỉ dùng cho cách chấm tỷ lệ")
    if cells.get("rule"):
        try:
            rule = rule_notation(str(kind)).value(cells["rule"])
        except BadCell as fault:
            raise BadCell(f"cột “Quy tắc tính điểm”: {fault}") from fault
        item |= rule if isinstance(rule, dict) else {}
    return _with_other(item, cells)


def read_groups(rows: Iterable[Cells], complain: Complain) -> list[Item]:
    """The groups of the rows; `complain` is told the row's order and what is wrong with it."""
    groups: list[Item] = []
    for order, cells in enumerate(rows):
        what = cells.get("", "").casefold()
        try:
            item = _node_item(cells)
            if what == GROUP.casefold():
                groups.append({**item, "criteria": []})
            elif what != CRITERION.casefold():
                raise BadCell(f"cột “Loại dòng” cần ghi {GROUP} hoặc {CRITERION}")
            elif not groups:
                raise BadCell("tiêu chí đứng trước nhóm đầu tiên")
            else:
                groups[-1]["criteria"].append(item)
        except BadCell as fault:
            complain(order, str(fault))
    return groups


_GRADE = tuple(column for column in GRADE_COLUMNS if column.key not in ("block", "other"))
_BLOCK = GRADE_COLUMNS[0]


def grade_rows(grades: list[Item], by_block: dict[str, list[Item]] | None) -> Iterator[Cells]:
    """A row for each grade of the set, then of each block."""
    yield from (_grade_cells(grade) for grade in grades)
    if by_block == {}:
        yield {"block": EMPTY}
    for block, table in (by_block or {}).items():
        cell = _BLOCK.notation.cell(block)
        yield from ({**_grade_cells(grade), "block": cell} for grade in table)
        if not table:
            yield {"block": cell, "label": EMPTY}


def _grade_cells(grade: Item) -> Cells:
    return _written(grade, lambda item: _plain_cells(_GRADE, item), _grade_item)


def _grade_item(cells: Cells) -> Item:
    return _with_other(_plain_item(_GRADE, cells), cells)


def read_grades(
    rows: Iterable[Cells], complain: Complain
) -> tuple[list[Item], dict[str, list[Item]] | None]:
    """The grades of the set and of its blocks (None where no block has its own)."""
    grades: list[Item] = []
    by_block: dict[str, list[Item]] | None = None
    for order, cells in enumerate(rows):
        try:
            table = grades
            if block := cells.get("block"):
                by_block = by_block or {}
                if block == EMPTY:
                    continue
                table = by_block.setdefault(str(_BLOCK.notation.value(block)), [])
            if cells.get("label") != EMPTY:
                table.append(_grade_item(cells))
        except BadCell as fault:
            complain(order, str(fault))
    return grades, by_block


_LIMIT = tuple(c for c in LIMIT_COLUMNS if c.key in ("id", "when", "text", "cite"))
_QUOTA = tuple(c for c in LIMIT_COLUMNS if c.key in ("at_most", "of", "by", "cite"))
_ACT, _LABEL = (next(c for c in LIMIT_COLUMNS if c.key == key) for key in ("act", "label"))


def limit_rows(limits: list[Item] | None, quotas: list[Item] | None) -> Iterator[Cells]:
    """A row for each limit, then for each quota."""
    for name, items, write, read in (
        (LIMIT, limits, _limit_cells, _limit_item),
        (QUOTA, quotas, _quota_cells, _quota_item),
    ):
        if items == []:
            yield {"": name, "id": EMPTY}
        yield from ({**_written(item, write, read), "": name} for item in items or ())


def _limit_cells(limit: Item) -> Cells:
    cells = _plain_cells(_LIMIT, limit)
    act = limit.get("act")
    if isinstance(act, dict) and len(act) == 1 and set(act) <= set(ACTS):
        ((name, value),) = act.items()
        cells |= {"act": _ACT.notation.cell(name), "label": _LABEL.notation.cell(value)}
    return cells


def _limit_item(cells: Cells) -> Item:
    item = _plain_item(_LIMIT, cells)
    if cells.get("act"):
        name = _ACT.notation.value(cells["act"])
        item["act"] = {str(name): _LABEL.notation.value(cells.get("label", ""))}
    return _with_other(item, cells)


def _quota_cells(quota: Item) -> Cells:
    cells = _plain_cells(_QUOTA, quota)
    if quota.get("of") == "rated":
        cells["of"] = _RATED
    if "grade" in quota:
        cells["label"] = _LABEL.notation.cell(quota["grade"])
    return cells


_RATED = "mọi đơn vị được xếp loại"


def _quota_item(cells: Cells) -> Item:
    item = _plain_item(_QUOTA, cells)
    if cells.get("of", "").casefold() == _RATED:
        item["of"] = "rated"
    if cells.get("label"):
        item["grade"] = _LABEL.notation.value(cells["label"])
    return _with_other(item, cells)


def read_limits(rows: Iterable[Cells], complain: Complain) -> tuple[list[Item] | None, list[Item] | None]:
    """The limits and the quotas; None where there is no row of them."""
    found: dict[str, list[Item]] = {}
    for order, cells in enumerate(rows):
        what = cells.get("", "").casefold()
        try:
            if what not in (LIMIT.casefold(), QUOTA.casefold()):
                raise BadCell(f"cột “Loại dòng” cần ghi {LIMIT} hoặc {QUOTA}")
            items = found.setdefault(what, [])
            if cells.get("id") != EMPTY:
                items.append(_limit_item(cells) if what == LIMIT.casefold() else _quota_item(cells))
        except BadCell as fault:
            complain(order, str(fault))
    return found.get(LIMIT.casefold()), found.get(QUOTA.casefold())
