"""A table found among sheets by its headings: as they are, then as somebody may have retyped them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evidence.layout import CRITERIA_COLUMNS, EVIDENCE_COLUMNS, Column, fold
from evidence.reading.note import Note
from evidence.reading.workbook import Cell, Sheet, address

HEADING_ROWS = 60  # how far down a table's headings are looked for
_LONGEST = 60  # characters; a longer text is no heading
_NOWHERE = 2**20  # beyond the last column
_LETTERS_A_SLIP = 5  # so many letters of a heading excuse one that is wrong


@dataclass(frozen=True)
class Table:
    """A table found on a sheet: the row of its headings and the column of each key.

    `guessed`: the keys whose heading was retyped; `twice`: the other columns under the same heading in
    which something is typed, by key.
    """

    sheet: Sheet
    heading_row: int
    columns: dict[str, int]
    guessed: frozenset[str] = field(default=frozenset())
    twice: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def cell(self, row: int, key: str) -> Cell:
        """Content of a cell of the table; None where the column is gone."""
        return self.sheet.cell(row, self.columns[key]) if key in self.columns else None

    def column(self, key: str) -> int:
        """Index of a column; a very large one where it is gone, which no row reaches."""
        return self.columns.get(key, _NOWHERE)

    def letters(self, row: int, key: str) -> str:
        """Address of a cell of the table; empty where the column is gone."""
        return address(row, self.columns[key]) if key in self.columns else ""


def find_table(
    sheets: Sequence[Sheet], name: str, wanted: Sequence[Column], needed: Sequence[str]
) -> tuple[Table | None, list[Note]]:
    """The table that has the needed columns, and what is to be told about how it was found.

    The sheet of this name goes before others, a table with its own headings before one that is guessed.
    """
    ordered = sorted(sheets, key=lambda sheet: fold(sheet.name) != fold(name))
    exact = {fold(column.heading): column.key for column in wanted}
    tables = list(_tables(ordered, exact, needed, guess=False))
    if not tables:
        tables = list(_tables(ordered, exact, needed, guess=True))
    if not tables:
        return None, []
    table = tables[0]
    table = replace(table, twice=_repeated(table, wanted))
    notes = [*_guesses(table, wanted), *_told_twice(table, wanted)]
    if len(tables) > 1:
        others = ", ".join(f"“{other.sheet.name}”" for other in tables[1:])
        notes.append(Note("form-two-tables", others, f"“{table.sheet.name}”", table.sheet.name))
    return table, notes


def _tables(
    sheets: Iterable[Sheet], exact: Mapping[str, str], needed: Sequence[str], *, guess: bool
) -> Iterator[Table]:
    """The first table of each sheet that has one."""
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
            if not guess and not _may_head(cells, len(needed)):
                continue
            if sum(cell.__class__ is str and cell != "" for cell in cells) < len(needed):
                continue
            texts = [
                fold(cell) if isinstance(cell, str) and len(cell) <= _LONGEST else "" for cell in cells
            ]
            columns: dict[str, int] = {}
            for index, text in enumerate(texts):
                if text in exact:
                    columns.setdefault(exact[text], index)
            if not guess and not all(key in columns for key in needed):
                continue
            guessed = _guessed(texts, columns, exact)
            if all(key in columns or key in guessed for key in needed):
                yield Table(sheet, row, {**columns, **guessed}, frozenset(guessed))
                break


_MOST_KNOWN = 20_000
_no_headings: set[Cell] = set()  # what stands in cells and is no heading of a form


def _may_head(cells: Sequence[Cell], needed: int) -> bool:
    """Whether so many of a row's cells may be headings of a form; only a first, quick look."""
    fresh = set(cells).difference(_no_headings)
    if len(fresh) < needed:
        return False
    if len(_no_headings) > _MOST_KNOWN:
        _no_headings.clear()
    ordinary = {cell for cell in fresh if not (isinstance(cell, str) and _is_heading(cell))}
    _no_headings.update(cell for cell in ordinary if not isinstance(cell, str) or len(cell) <= 4 * _LONGEST)
    return len(fresh) - len(ordinary) >= needed


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST and not _DIGIT.search(text) and fold(text) in _HEADINGS


_DIGIT = re.compile("[0-9]")  # which stands in none of the headings, and in most of what is no heading
_HEADINGS = {fold(column.heading) for column in (*CRITERIA_COLUMNS, *EVIDENCE_COLUMNS)}


def _guessed(texts: Sequence[str], columns: Mapping[str, int], exact: Mapping[str, str]) -> dict[str, int]:
    """The columns still missing whose heading is nearly written somewhere; none where two are as near."""
    guessed: dict[str, int] = {}
    if len(columns) == len(exact):
        return guessed
    for index, text in enumerate(texts):
        if not text or index in columns.values():
            continue
        near = sorted((_apart(text, heading), key) for heading, key in exact.items())
        (least, key), (second, _) = near[0], near[1]
        if key not in columns and least < second and least < _FAR:
            if key in guessed:
                return {}
            guessed[key] = index
    return guessed


_FAR = 100


def _apart(text: str, heading: str) -> int:
    """How many slips turn a heading into what is written; `_FAR` where they are too many."""
    most = len(heading) // _LETTERS_A_SLIP
    if text.startswith(f"{heading} ") or heading.startswith(f"{text} "):
        return most + 1  # words added or left out behind: nearer than no match, farther than a slip
    if abs(len(text) - len(heading)) > most:
        return _FAR
    slips = distance(text, heading)
    return slips if slips <= most else _FAR


def distance(one: str, other: str) -> int:
    """Letters to change, add, drop or swap with their neighbour, to make one text of the other."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            steps = [above[column] + 1, line[-1] + 1, above[column - 1] + (letter != wanted)]
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                steps.append(before[column - 2] + 1)
            line.append(min(steps))
        before, above = above, line
    return above[-1]


def _repeated(table: Table, wanted: Sequence[Column]) -> dict[str, list[int]]:
    """The second columns in which something is typed under a heading, by key."""
    sheet, row = table.sheet, table.heading_row
    names = {fold(column.heading): column.key for column in wanted}
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(sheet.rows[row]):
        key = names.get(fold(cell)) if isinstance(cell, str) else None
        if key is None or table.columns.get(key, index) == index:
            continue
        if any(sheet.cell(below, index) is not None for below in range(row + 1, len(sheet.rows))):
            found.setdefault(key, []).append(index)
    return found


def _told_twice(table: Table, wanted: Sequence[Column]) -> Iterator[Note]:
    row = table.heading_row
    for column in wanted:
        for index in table.twice.get(column.key, ()):
            read = table.letters(row, column.key)
            yield Note("heading-twice", column.heading, read, table.sheet.name, address(row, index))


def missing_headings(
    sheets: Iterable[Sheet], wanted: Sequence[Column], needed: Sequence[str]
) -> tuple[str, ...]:
    """The needed headings that the row which has most of them lacks; all of them where no row has any."""
    heading = {fold(column.heading): column.heading for column in wanted if column.key in needed}
    there: set[str] = set()
    for sheet in sheets:
        for cells in sheet.rows[:HEADING_ROWS]:
            own = {fold(cell) for cell in cells if isinstance(cell, str) and len(cell) <= _LONGEST}
            there = max(there, own & set(heading), key=len)
    return tuple(text for key, text in heading.items() if key not in there)


def _guesses(table: Table, wanted: Sequence[Column]) -> Iterator[Note]:
    for column in wanted:
        if column.key in table.guessed:
            written = str(table.cell(table.heading_row, column.key)).strip()
            cell = table.letters(table.heading_row, column.key)
            yield Note("heading-guessed", written, column.heading, table.sheet.name, cell)
