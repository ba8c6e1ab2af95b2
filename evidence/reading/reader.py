"""A filled form as what was typed where; sheets and columns are found by what they are."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evidence.layout import (
    CRITERIA_COLUMNS,
    CRITERIA_SHEET,
    EVIDENCE_COLUMNS,
    EVIDENCE_SHEET,
    FORM_MARK,
    UNIT_FIELDS,
    fold,
)
from evidence.reading.headings import HEADING_ROWS, Table, find_table, missing_headings
from evidence.reading.note import Note
from evidence.reading.sheet_scan import Area
from evidence.reading.typed import as_text, is_blank, seen
from evidence.reading.unusable import FormulaCell, MergedCell, TwiceCell
from evidence.reading.workbook import Cell, Sheet, address
from evidence.remembered import of_short_texts

__all__ = ["Entry", "EvidenceDocument", "Submission", "Table", "UnitField", "read_submission"]

_NOWHERE = 2**20  # beyond the last column
_LIKE_AN_ID = re.compile(r"\w{1,4}(?:[.,]\w{1,3})+[.)]?")
NEEDED = ("id", "x1", "na")  # the columns that the table of criteria is known by
HEADING_OF = {column.key: column.heading for column in CRITERIA_COLUMNS}


class Entry(NamedTuple):
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


class EvidenceDocument(NamedTuple):
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
    `unnamed`: the rows that have a title and no id; `missing`: the headings that no table is found without;
    `notes`: guesses made, and what was found hidden or missing.
    """

    identity: dict[str, str]
    table: Table | None
    entries: tuple[Entry, ...] = ()
    evidence_table: Table | None = None
    documents: tuple[EvidenceDocument, ...] = ()
    details: Mapping[str, UnitField] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    unnamed: tuple[Entry, ...] = ()
    missing: tuple[str, ...] = ()

    def is_blank(self, criteria: Container[str]) -> bool:
        """Whether it is as it was sent out: nothing beside any of these criteria, no document."""
        return not self.documents and all(
            is_blank(cell)
            for entry in self.entries
            if entry.id in criteria
            for cell in (entry.x1, entry.x2, entry.na, entry.evidence, entry.explanation)
        )


def read_submission(sheets: Sequence[Sheet]) -> Submission:
    """The submission in a workbook's sheets; `table` is None where no criteria table is found."""
    identity = _identity(sheets)
    table, notes = find_table(sheets, CRITERIA_SHEET, CRITERIA_COLUMNS, NEEDED)
    evidence, more = find_table(sheets, EVIDENCE_SHEET, EVIDENCE_COLUMNS, ("no", "number", "summary"))
    rows = tuple(_entries(table)) if table else ()
    entries = tuple(entry for entry in rows if entry.id)
    return Submission(
        identity,
        table,
        entries,
        evidence,
        tuple(_documents(evidence)) if evidence else (),
        _details(sheets),
        (*notes, *more, *(_notes(table, entries) if table else ())),
        tuple(entry for entry in rows if not entry.id and entry.title) if len(rows) > len(entries) else (),
        () if table else missing_headings(sheets, CRITERIA_COLUMNS, NEEDED),
    )


def _identity(sheets: Sequence[Sheet]) -> dict[str, str]:
    for sheet in sheets:
        if sheet.cell(0, 0) == FORM_MARK:
            keys = ((as_text(sheet.cell(row, 0)), row) for row in range(1, len(sheet.rows)))
            return {key: as_text(sheet.cell(row, 1)) for key, row in keys if key}
    return {}


def _entries(table: Table) -> Iterator[Entry]:
    merged = _Merged(table)
    title, max_, points, x1, x2, na, evidence, explanation = map(
        table.column, ("title", "max", "points", "x1", "x2", "na", "evidence", "explanation")
    )
    for row, id_ in merged.ids:
        line = table.sheet.line(row)
        apart = row not in merged.areas  # most rows: nothing is merged there
        entry = Entry(
            _plain_id(id_ if apart else merged.text(row, "id")),
            row,
            _printed_text(_at(line, title)),
            _printed(_at(line, max_)),
            _printed(_at(line, points)),
            _at(line, x1) if apart else merged.figure(row, "x1"),
            _at(line, x2) if apart else merged.figure(row, "x2"),
            _at(line, na) if apart else merged.figure(row, "na"),
            as_text(_at(line, evidence)).strip() if apart else merged.text(row, "evidence"),
            as_text(_at(line, explanation)).strip() if apart else merged.text(row, "explanation"),
        )
        yield _without_doubtful(entry, table) if table.twice else entry


def _without_doubtful(entry: Entry, table: Table) -> Entry:
    """The entry without the figures for which a second column of the same heading says something else."""
    for key in ("x1", "x2", "na"):
        columns = (table.columns.get(key, _NOWHERE), *table.twice.get(key, ()))
        said = [as_text(table.sheet.cell(entry.row, column)).strip() for column in columns]
        if len(set(said)) > 1:
            entry = entry._replace(
                **{key: TwiceCell(" và ".join(f"“{text}”" if text else "(để trống)" for text in said))}
            )
    return entry


@of_short_texts
def _plain_id(text: str) -> str:
    """An id as the form prints it: `1,10` and `1.10.` are what programs and people make of `1.10`."""
    text = unicodedata.normalize("NFKC", seen(text)).strip()
    return text.rstrip(".)").replace(",", ".") if _LIKE_AN_ID.fullmatch(text) else text


def _at(line: Sequence[Cell], column: int) -> Cell:
    """The content of a cell of a row; None where it is empty or beyond the row's end."""
    value = line[column] if column < len(line) else None
    return None if value.__class__ is str and value == "" else value


class _Merged:
    """The rows of a table's criteria, read with the areas that people merged among them.

    A text beside several criteria (an explanation, their documents, an id over two lines) is said once
    for all of them; a figure cannot be.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        column, line = table.column("id"), table.sheet.line
        below = range(table.heading_row + 1, len(table.sheet.rows))
        texts = [(row, as_text(_at(line(row), column)).strip()) for row in below]
        self.rows = [row for row, id_ in texts if id_]
        covered = {row for area in table.sheet.facts.merged if area.left <= column <= area.right
                   for row in range(area.top + 1, area.bottom + 1)}  # the second line of an id  # fmt: skip
        self.ids = [(row, id_) for row, id_ in texts if id_ or row not in covered]
        self.areas: dict[int, list[Area]] = {}
        for area in table.sheet.facts.merged:
            for row in self.rows[bisect_left(self.rows, area.top) : bisect_right(self.rows, area.bottom)]:
                self.areas.setdefault(row, []).append(area)
        for row, _ in table.sheet.facts.percents:
            self.areas.setdefault(row, [])  # these are no plain rows either

    def _area(self, row: int, key: str) -> Area | None:
        column = self.table.columns.get(key, -1)
        return next((area for area in self.areas.get(row, ()) if area.left <= column <= area.right), None)

    def figure(self, row: int, key: str) -> Cell:
        """What stands in a cell that needs a value of its own."""
        area, column = self._area(row, key), self.table.columns.get(key, -1)
        several = area and bisect_right(self.rows, area.bottom) - bisect_left(self.rows, area.top) > 1
        if area and several and not is_blank(self.table.sheet.cell(area.top, area.left)):
            return MergedCell(area.address)
        return self.table.sheet.figure(row, column) if column >= 0 else None

    def text(self, row: int, key: str) -> str:
        """The text of a cell, or of the area that it was merged into."""
        area = self._area(row, key)
        if area and area.left == self.table.columns[key]:
            return as_text(self.table.sheet.cell(area.top, area.left)).strip()
        return as_text(self.table.cell(row, key)).strip()


def _printed(cell: Cell) -> Cell:
    """What the form printed there; nothing where its own formula was not computed by who saved it."""
    return None if isinstance(cell, FormulaCell) else cell


def _printed_text(cell: Cell) -> str:
    return as_text(_printed(cell)).strip()


def _documents(table: Table) -> Iterator[EvidenceDocument]:
    sheet = table.sheet
    columns = [table.column(key) for key in ("number", "date", "issuer", "summary", "file", "no")]
    for row in range(table.heading_row + 1, len(sheet.rows)):
        line = sheet.line(row)
        width = len(line)
        cells = [line[at] if at < width else "" for at in columns]
        if cells[:5] == _NOTHING_TYPED:
            continue  # most of the list is left empty
        number, date, issuer, summary, file, no = [as_text(cell).strip() for cell in cells]
        if number or date or issuer or summary or file:
            yield EvidenceDocument(row, no, number, date, _at(line, columns[1]), issuer, summary, file)


_NOTHING_TYPED = [""] * 5


def _notes(table: Table, entries: Sequence[Entry]) -> Iterator[Note]:
    """What is to be told about the rows and columns of the criteria."""
    sheet, hidden = table.sheet, table.sheet.facts.hidden_rows
    for key in ("x2", "evidence"):
        if key not in table.columns:
            yield Note("column-missing", HEADING_OF[key], "", sheet.name, "")
    ids = [entry.id for entry in entries if entry.row in hidden]
    if ids:
        first = next(entry.row for entry in entries if entry.row in hidden)
        yield Note("rows-hidden", ", ".join(ids), "", sheet.name, table.letters(first, "id"))


def _details(sheets: Sequence[Sheet]) -> dict[str, UnitField]:
    """The fields of the sheet that has most of their labels in its first column."""
    best: dict[str, UnitField] = {}
    for sheet in sheets:
        found: dict[str, UnitField] = {}
        for row in range(min(len(sheet.rows), HEADING_ROWS)):
            label = _at(sheet.line(row), 0)
            key = _field_of(label) if isinstance(label, str) else ""
            if key:
                value = as_text(sheet.cell(row, 1)).strip()
                found.setdefault(key, UnitField(sheet.name, address(row, 1), value))
        best = max(best, found, key=len)
    return best


@of_short_texts
def _field_of(label: str) -> str:
    """Key of the field that a label of the unit's sheet names; empty where it names none."""
    return _FIELDS.get(fold(as_text(label)), "")


_FIELDS = {fold(label): key for key, label in UNIT_FIELDS}
