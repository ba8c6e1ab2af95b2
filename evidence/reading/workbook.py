"""The cells of a workbook that somebody sent, as plain rows; or why it cannot be read."""

from __future__ import annotations

import io
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

import python_calamine

from evidence.layout import FORM_MARK, column_letter
from evidence.reading import limits
from evidence.reading.file_kind import extension_notes
from evidence.reading.guard import Looked, look_into, too_large
from evidence.reading.note import Note, Unreadable
from evidence.reading.percent import shown_percent
from evidence.reading.second_reading import formula_texts
from evidence.reading.sheet_scan import Position, SheetFacts
from evidence.reading.unusable import ErrorCell, FormulaCell, PercentCell
from evidence.reading.workers import Lost, each

__all__ = ["Book", "Cell", "Sheet", "Unreadable", "address", "opened", "parse", "read_workbook"]

Cell: TypeAlias = str | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows from A1 on; rows may differ in length."""

    name: str
    rows: list[list[Cell]]
    facts: SheetFacts = field(default_factory=SheetFacts)

    def cell(self, row: int, column: int) -> Cell:
        """Content of a cell, counted from 0; None outside and for an empty cell.

        An error (`#DIV/0!`), which the parser gives as an empty cell, is what Excel shows there; a formula
        without a stored value is the formula.
        """
        line = self.line(row)
        value = line[column] if column < len(line) else None
        return None if value.__class__ is str and value == "" else value

    def figure(self, row: int, column: int) -> Cell:
        """Content of a cell that a figure is taken from: what it shows, where it shows a percentage."""
        value = self.cell(row, column)
        # a parser gives whole figures of an old workbook as whole numbers
        if (row, column) in self.facts.percents and type(value) in (float, int):
            return PercentCell(shown_percent(value))
        return value

    def figures(self, rows: Sequence[int]) -> list[tuple[Cell, ...]]:
        """The columns of these rows with what `figure` gives of their cells, an empty one being a text."""
        lines = [self.line(row) for row in rows]
        percents = {row for row, _ in self.facts.percents}
        for at, row in enumerate(rows):
            if row in percents:
                lines[at] = [self.figure(row, column) for column in range(len(lines[at]))]
        return list(zip_longest(*lines))

    def line(self, row: int) -> Sequence[Cell]:
        """A row as `cell` gives it, but for empty cells, which are empty texts; nothing beyond its end."""
        if row in self._unusable:
            return self._unusable[row]
        return self.rows[row] if row < len(self.rows) else ()

    @cached_property
    def _unusable(self) -> Mapping[int, list[Cell]]:
        """The rows that hold errors and formulas without value, with these in them."""
        found: dict[int, list[Cell]] = {}
        formulas = {place: FormulaCell(f"={text}") for place, text in self.facts.formulas.items()}
        errors = {place: ErrorCell(text) for place, text in self.facts.errors.items()}
        for (row, column), shown in (*formulas.items(), *errors.items()):
            line = found.get(row)
            if line is None:
                line = found[row] = list(self.rows[row]) if row < len(self.rows) else []
            line.extend([""] * (column + 1 - len(line)))
            line[column] = shown
        return found


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook, and what is to be told about it as a whole."""

    sheets: list[Sheet]
    notes: tuple[Note, ...] = ()


def address(row: int, column: int) -> str:
    """Address of a cell counted from 0: (0, 0) is A1."""
    return f"{column_letter(column)}{row + 1}"


def opened(path: Path) -> bytes | Unreadable:
    """Content of a file; or why it cannot be opened, or that it is too large to be."""
    try:
        size = path.stat().st_size
        if size > limits.MOST_FILE:
            return too_large(f"nặng {size // 2**20} MB", f"{limits.MOST_FILE // 2**20} MB")
        return path.read_bytes()
    except OSError as error:
        return Unreadable("file-unreadable", error.strerror or "")


def read_workbook(path: Path) -> list[Sheet]:
    """All sheets of a workbook, read in a process of its own; raises Unreadable."""
    (read,) = each(sheets_or_fault, [(opened(path), path.name)])
    if isinstance(read, Lost):
        raise Unreadable(read.code, read.found)
    if isinstance(read, Unreadable):
        raise read
    return read


def sheets_or_fault(data: bytes | Unreadable, name: str) -> list[Sheet] | Unreadable:
    """The sheets in a file's content, or why it cannot be read: what a reading process gives back."""
    try:
        return parse(data, name).sheets
    except Unreadable as fault:
        return fault


def parse(data: bytes | Unreadable, name: str) -> Book:
    """The workbook in a file's content; `name` is only compared with what it is. Raises Unreadable."""
    if isinstance(data, Unreadable):
        raise data
    looked = look_into(data)
    texts = formula_texts(looked)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(looked.data))
        sheets = [
            Sheet(
                sheet,
                workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False),
                _with_texts(facts, texts.get(sheet, {})),
            )
            for sheet, facts in _in_order(looked, workbook)
        ]
    except python_calamine.PasswordError as error:
        raise Unreadable("file-encrypted") from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable("file-unreadable") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the parser's own end, which is no Exception
            raise
        raise Unreadable("file-unreadable") from error
    visible = python_calamine.SheetVisibleEnum.Visible
    hidden = {sheet.name for sheet in workbook.sheets_metadata if sheet.visible != visible}
    return Book(sheets, _told(looked, name, sheets, hidden))


def _in_order(looked: Looked, workbook: python_calamine.CalamineWorkbook) -> list[tuple[str, SheetFacts]]:
    """Name and facts of the worksheets; raises Unreadable where guard and parser see different ones."""
    worksheet = python_calamine.SheetTypeEnum.WorkSheet
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == worksheet]
    if set(names) != set(looked.sheets):
        raise Unreadable("file-unreadable")
    return [(name, looked.sheets[name]) for name in names]


def _with_texts(facts: SheetFacts, texts: Mapping[Position, str]) -> SheetFacts:
    facts.formulas.update(texts)
    return facts


def _told(looked: Looked, name: str, sheets: list[Sheet], hidden: Container[str]) -> tuple[Note, ...]:
    """What is to be told of a workbook as a whole; hidden sheets where they are not the form's own."""
    notes = (*extension_notes(name, looked.kind), *looked.notes)
    names = [sheet.name for sheet in sheets if sheet.name in hidden and sheet.cell(0, 0) != FORM_MARK]
    listed = ", ".join(f"“{name}”" for name in names)
    return (*notes, Note("book-hidden-sheets", listed)) if names else notes
