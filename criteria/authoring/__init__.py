"""A criteria file as an Excel workbook that an office can edit without knowing YAML, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from criteria.authoring.head_sheet import head_lines, read_head
from criteria.authoring.layout import (
    CRITERIA,
    CRITERIA_COLUMNS,
    GRADE_COLUMNS,
    GRADES,
    HEAD,
    HEAD_HEADINGS,
    LIMIT_COLUMNS,
    LIMITS,
)
from criteria.authoring.reader import BadAuthoring, Sheets
from criteria.authoring.table_rows import (
    criteria_rows,
    grade_rows,
    limit_rows,
    read_grades,
    read_groups,
    read_limits,
)
from criteria.authoring.workbook import Pages
from criteria.catalogue import Refusal
from criteria.importer.workbook_file import write_workbook
from criteria.importer.yaml_writer import dump
from criteria.reading import read_document
from criteria.schema import criteria_schema
from criteria.text_yaml import parse

__all__ = ["BadAuthoring", "is_authoring", "read_authoring", "write_authoring"]

_TABLES = ("grades", "grades_by_block", "groups", "limits", "quotas")


def write_authoring(path: Path, yaml_text: str) -> None:
    """Writes the authoring workbook of a criteria file's text; comments are not carried.

    Raises FileFaults where the text does not fit the schema, Refusal where the file cannot be written
    or would not give back the same criteria.
    """
    value: Any = read_document(yaml_text, path.name, criteria_schema()).value
    head = {key: item for key, item in value.items() if key not in _TABLES}

    def fill(book: Any) -> None:
        Pages(book).fill(
            head_lines(head),
            grade_rows(value["grades"], value.get("grades_by_block")),
            criteria_rows(value["groups"]),
            limit_rows(value.get("limits"), value.get("quotas")),
        )

    def check(made: Path) -> None:
        try:
            same = parse(read_authoring(made)).value == value
        except BadAuthoring:
            same = False
        if not same:
            raise Refusal(
                f"Không xuất được “{path.name}”: bảng tính không giữ đủ nội dung của bộ tiêu chí "
                "(có ô quá dài hoặc ký tự lạ). Xin sửa trực tiếp tệp YAML."
            )

    write_workbook(path, fill, check)


def read_authoring(path: Path) -> str:
    """YAML text of an authoring workbook; raises BadAuthoring with every fault of its form.

    Whether the criteria themselves are right is for the linter to say.
    """
    sheets = Sheets(path)
    head_rows = list(sheets.lines(HEAD, HEAD_HEADINGS[:3]))
    complain = _complainer(sheets, HEAD, [row for row, _ in head_rows])
    value: dict[str, Any] = read_head(((n, c, t) for _, (n, c, t) in head_rows), complain)
    rows = sheets.rows(GRADES, GRADE_COLUMNS)
    found = read_grades((cells for _, cells in rows), _complainer(sheets, GRADES, [row for row, _ in rows]))
    value["grades"], by_block = found
    rows = sheets.rows(LIMITS, LIMIT_COLUMNS)
    limits, quotas = read_limits(
        (cells for _, cells in rows), _complainer(sheets, LIMITS, [row for row, _ in rows])
    )
    for key, item in (("grades_by_block", by_block), ("limits", limits), ("quotas", quotas)):
        if item is not None:
            value[key] = item
    rows = sheets.rows(CRITERIA, CRITERIA_COLUMNS)
    value["groups"] = read_groups(
        (cells for _, cells in rows), _complainer(sheets, CRITERIA, [row for row, _ in rows])
    )
    if sheets.faults:
        sheets.stop()
    return dump(value)


def is_authoring(path: Path) -> bool:
    """Whether an Excel file is an authoring workbook, not an annex."""
    try:
        return Sheets(path).has(HEAD, CRITERIA, GRADES)
    except BadAuthoring:
        return False


def _complainer(sheets: Sheets, name: str, rows: list[int]) -> Callable[[int, str], None]:
    return lambda order, message: sheets.fault(name, rows[order], message)
