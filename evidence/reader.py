"""A filled form as what was typed where; sheets and columns are found by what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence.layout import CRITERIA_COLUMNS, EVIDENCE_COLUMNS, FORM_MARK, Column, fold
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
    """What a unit typed for one criterion; `row` counts from 0 on the sheet."""

    id: str
    row: int
    x1: Cell
    x2: Cell
    na: Cell
    evidence: str
    explanation: str


@dataclass(frozen=True)
class EvidenceDocument:
    """A row of the list of evidence documents, as typed."""

    row: int
    no: str
    number: str
    date: str
    issuer: str
    summary: str
    file: str


@dataclass(frozen=True)
class Submission:
    """A filled form: the writer's fingerprint (empty if gone), the entries, the documents."""

    identity: dict[str, str]
    table: Table | None
    entries: tuple[Entry, ...] = ()
    evidence_table: Table | None = None
    documents: tuple[EvidenceDocument, ...] = field(default=())


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
            yield EvidenceDocument(row, as_text(table.cell(row, "no")).strip(), **texts)
