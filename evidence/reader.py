"""A filled form as what was typed where; sheets and columns are found by what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evidence.layout import CRITERIA_COLUMNS, EVIDENCE_COLUMNS, FORM_MARK, UNIT_FIELDS, Column, fold
from evidence.typed import as_text, is_blank
from evidence.workbook import Cell, Sheet, address

HEADING_ROWS = 60  # how far down a table's headings are looked for


@dataclass(frozen=True)
class Table:
    """A table found on a sheet: the row of its headings and the column of each key."""

    sheet: Sheet
    heading_row: int
    columns: dict[str, int]

    def cell(self, row: int, key: str) -> Cell:
        """Content of a cell of the table; None where the column is gone."""
        return self.sheet.cell(row, self.columns[key]) if key in self.columns else None

    def letters(self, row: int, key: str) -> str:
        """Address of a cell of the table; empty where the column is gone."""
        return address(row, self.columns[key]) if key in self.columns else ""


@dataclass(frozen=True)
class Entry:
    """The row of one criterion: what a unit typed, and what the form printed beside it.

    `row` counts from 0 on the sheet; `points` is what the form's formula last came to there.
    """

    id: str
    row: int
    title: str
    max: Cell
    points: Cell
    x1: Cell
    x2: Cell
    na: Cell
    evidence: str
    explanation: str


@dataclass(frozen=True)
class EvidenceDocument:
    """A row of the list of evidence documents, as typed; `day` is the cell that `date` is the text of."""

    row: int
    no: str
    number: str
    date: str
    day: Cell
    issuer: str
    summary: str
    file: str


@dataclass(frozen=True)
class UnitField:
    """What stands in one field of the unit's sheet, and where."""

    sheet: str
    cell: str
    value: str


@dataclass(frozen=True)
class Submission:
    """A filled form: the writer's fingerprint (empty if gone), the entries, the documents.

    `details`: the fields of the unit's sheet by the keys of `layout.UNIT_FIELDS`, those that are found.
    """

    identity: dict[str, str]
    table: Table | None
    entries: tuple[Entry, ...] = ()
    evidence_table: Table | None = None
    documents: tuple[EvidenceDocument, ...] = ()
    details: Mapping[str, UnitField] = field(default_factory=dict)


def read_submission(sheets: Sequence[Sheet]) -> Submission:
    """The submission in a workbook's sheets; `table` is None where no criteria table is found."""
    identity = _identity(sheets)
    table = _find_table(sheets, CRITERIA_COLUMNS, ("id", "x1", "na"))
    evidence = _find_table(sheets, EVIDENCE_COLUMNS, ("no", "number", "summary"))
    return Submission(
        identity,
        table,
        tuple(_entries(table)) if table else (),
        evidence,
        tuple(_documents(evidence)) if evidence else (),
        _details(sheets),
    )


def _identity(sheets: Sequence[Sheet]) -> dict[str, str]:
    for sheet in sheets:
        if sheet.cell(0, 0) == FORM_MARK:
            keys = ((as_text(sheet.cell(row, 0)), row) for row in range(1, len(sheet.rows)))
            return {key: as_text(sheet.cell(row, 1)) for key, row in keys if key}
    return {}


def _find_table(sheets: Sequence[Sheet], wanted: Sequence[Column], needed: Sequence[str]) -> Table | None:
    """The first table that has the needed columns, headings compared without case and diacritics."""
    keys = {fold(column.heading): column.key for column in wanted}
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
            columns: dict[str, int] = {}
            for index, cell in enumerate(cells):
                key = keys.get(fold(cell)) if isinstance(cell, str) else None
                if key:
                    columns.setdefault(key, index)
            if all(key in columns for key in needed):
                return Table(sheet, row, columns)
    return None


def _entries(table: Table) -> Iterator[Entry]:
    for row in range(table.heading_row + 1, len(table.sheet.rows)):
        id_ = as_text(table.cell(row, "id")).strip()
        if id_:
            yield Entry(
                id_,
                row,
                as_text(table.cell(row, "title")).strip(),
                table.cell(row, "max"),
                table.cell(row, "points"),
                table.cell(row, "x1"),
                table.cell(row, "x2"),
                table.cell(row, "na"),
                as_text(table.cell(row, "evidence")).strip(),
                as_text(table.cell(row, "explanation")).strip(),
            )


def _documents(table: Table) -> Iterator[EvidenceDocument]:
    typed = ("number", "date", "issuer", "summary", "file")
    for row in range(table.heading_row + 1, len(table.sheet.rows)):
        cells = {key: table.cell(row, key) for key in typed}
        if not all(is_blank(cell) for cell in cells.values()):
            texts = {key: as_text(cell).strip() for key, cell in cells.items()}
            no, day = as_text(table.cell(row, "no")).strip(), table.cell(row, "date")
            yield EvidenceDocument(row, no, day=day, **texts)


def _details(sheets: Sequence[Sheet]) -> dict[str, UnitField]:
    """The fields of the sheet that has most of their labels in its first column."""
    keys = {fold(label): key for key, label in UNIT_FIELDS}
    best: dict[str, UnitField] = {}
    for sheet in sheets:
        found: dict[str, UnitField] = {}
        for row in range(min(len(sheet.rows), HEADING_ROWS)):
            key = keys.get(fold(as_text(sheet.cell(row, 0))))
            if key:
                value = as_text(sheet.cell(row, 1)).strip()
                found.setdefault(key, UnitField(sheet.name, address(row, 1), value))
        best = max(best, found, key=len)
    return best
