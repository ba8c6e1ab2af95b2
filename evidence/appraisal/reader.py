"""A filled appraiser's workbook as what was typed where; sheets and columns are found by what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evidence.appraisal.layout import APPRAISAL_MARK, COLUMNS, DAY, FIELD_COLUMN, PERSON
from evidence.layout import fold
from evidence.reading.typed import as_text, is_blank
from evidence.reading.workbook import Cell, Sheet, address

HEADING_ROWS = 60  # how far down a sheet its headings and fields are looked for
NEEDED = ("unit", "criterion", "points", "reason")
_KEYS = {fold(column.heading): column.key for column in COLUMNS}
_FIELDS = {fold(PERSON): "person", fold(DAY): "day"}


@dataclass(frozen=True)
class Entry:
    """One row in which something was typed: as it stands, and the addresses of its cells."""

    unit: str
    criterion: str
    points: Cell
    reason: str
    token: str
    sheet: str
    points_cell: str
    reason_cell: str


@dataclass(frozen=True)
class FilledField:
    """A field of the overview: what stands in it, and where."""

    value: Cell
    sheet: str
    cell: str


@dataclass(frozen=True)
class Returned:
    """A workbook that came back: its fingerprint (empty if gone), its fields, the rows filled in.

    `tables`: how many sheets hold a table of appraisal.
    """

    identity: dict[str, str]
    tables: int
    entries: tuple[Entry, ...] = ()
    fields: Mapping[str, FilledField] = field(default_factory=dict)


def read_appraisal_sheets(sheets: Sequence[Sheet]) -> Returned:
    """What stands in the sheets of one workbook."""
    tables = [(sheet, *found) for sheet in sheets if (found := _heading(sheet))]
    entries = [entry for sheet, row, columns in tables for entry in _entries(sheet, row, columns)]
    return Returned(_identity(sheets), len(tables), tuple(entries), _fields(sheets))


def _identity(sheets: Sequence[Sheet]) -> dict[str, str]:
    for sheet in sheets:
        if sheet.cell(0, 0) == APPRAISAL_MARK:
            keys = ((as_text(sheet.cell(row, 0)), row) for row in range(1, len(sheet.rows)))
            return {key: as_text(sheet.cell(row, 1)) for key, row in keys if key}
    return {}


def _heading(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and the column of each key; None where a needed one is not there."""
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            key = _KEYS.get(fold(cell)) if isinstance(cell, str) else None
            if key:
                columns.setdefault(key, index)
        if all(key in columns for key in NEEDED):
            return row, columns
    return None


def _entries(sheet: Sheet, heading: int, columns: Mapping[str, int]) -> Iterator[Entry]:
    """The rows that name a unit and a criterion and in which points or a reason were typed."""
    at = [columns[key] for key in NEEDED]
    token = columns.get("token")
    for row in range(heading + 1, len(sheet.rows)):
        unit, criterion, _, reason = (sheet.cell(row, column) for column in at)
        points = sheet.figure(row, columns["points"])
        if is_blank(unit) or is_blank(criterion) or (is_blank(points) and is_blank(reason)):
            continue
        yield Entry(
            as_text(unit).strip(),
            as_text(criterion).strip(),
            points,
            as_text(reason).strip(),
            "" if token is None else as_text(sheet.cell(row, token)).strip(),
            sheet.name,
            address(row, columns["points"]),
            address(row, columns["reason"]),
        )


def _fields(sheets: Sequence[Sheet]) -> dict[str, FilledField]:
    found: dict[str, FilledField] = {}
    for sheet in sheets:
        for row in range(min(len(sheet.rows), HEADING_ROWS)):
            for column, cell in enumerate(sheet.rows[row][:4]):
                key = _FIELDS.get(fold(cell.rstrip(": "))) if isinstance(cell, str) else None
                if key:
                    beside = next(
                        (c for c in range(column + 1, column + 8) if not is_blank(sheet.cell(row, c))),
                        max(column + 1, FIELD_COLUMN),  # an empty one is told where it is to be filled
                    )
                    found.setdefault(
                        key, FilledField(sheet.cell(row, beside), sheet.name, address(row, beside))
                    )
    return found
