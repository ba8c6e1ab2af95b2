"""The authoring workbook written: head, grades, criteria, limits, help, and lists for the drop-downs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.workbook import Workbook

from criteria.authoring.guide import GUIDE
from criteria.authoring.head_sheet import Line
from criteria.authoring.layout import (
    CRITERIA,
    CRITERIA_COLUMNS,
    ENTRIES,
    GRADE_COLUMNS,
    GRADES,
    GROUP,
    HEAD,
    HEAD_HEADINGS,
    HELP,
    LIMIT_COLUMNS,
    LIMITS,
    LISTS,
    OTHERS,
    REPEATED,
    Column,
)
from criteria.authoring.table_rows import Cells
from criteria.importer.workbook_file import fit_height, write_text

SPARE_ROWS = 200  # rows below the last one that already have their drop-downs
_HEAD_WIDTHS = (30, 16, 70, 60)


class Pages:
    """The sheets of one workbook while they are written."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        frame = {"border": 1, "valign": "top", "text_wrap": True, "num_format": "@"}
        self.cell = book.add_format(frame)
        self.group = book.add_format({**frame, "bold": True, "bg_color": "#DDEBF7"})
        self.hint = book.add_format({**frame, "italic": True, "font_color": "#7F7F7F"})
        self.head = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#D9E1F2", "valign": "vcenter"}
        )
        self.column = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.sheets = {
            name: book.add_worksheet(name) for name in (HEAD, GRADES, CRITERIA, LIMITS, HELP, LISTS)
        }
        self.lists: dict[tuple[str, ...], str] = {}

    def fill(
        self, head: list[Line], grades: Iterable[Cells], criteria: Iterable[Cells], limits: Iterable[Cells]
    ) -> None:
        """Writes every sheet."""
        self._head(head)
        self._table(GRADES, GRADE_COLUMNS, grades)
        self._table(CRITERIA, CRITERIA_COLUMNS, criteria)
        self._table(LIMITS, LIMIT_COLUMNS, limits)
        self._help()
        self.sheets[LISTS].hide()
        for sheet in self.sheets.values():
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)

    def _head(self, lines: list[Line]) -> None:
        sheet = self.sheets[HEAD]
        for column, (heading, width) in enumerate(zip(HEAD_HEADINGS, _HEAD_WIDTHS, strict=True)):
            sheet.set_column(column, column, width, self.column)
            sheet.write_string(0, column, heading, self.head)
        sheet.freeze_panes(1, 1)
        hints = {entry.name: entry.hint for entry in ENTRIES} | REPEATED
        choices = {entry.name: entry.choices for entry in ENTRIES if entry.choices}
        for row, (name, code, text) in enumerate(lines, 1):
            sheet.write_string(row, 0, name, self.head)
            write_text(sheet, row, 1, code, self.cell)
            write_text(sheet, row, 2, text, self.cell)
            write_text(sheet, row, 3, hints.get(name, ""), self.hint)
            fit_height(sheet, row, [name, code, text, hints.get(name, "")], _HEAD_WIDTHS)
            if name in choices:
                self._drop_down(sheet, row, row, 2, choices[name])
        names = (*(entry.name for entry in ENTRIES), *REPEATED, OTHERS)
        self._drop_down(sheet, len(lines) + 1, len(lines) + SPARE_ROWS, 0, names)

    def _table(self, name: str, columns: tuple[Column, ...], rows: Iterable[Cells]) -> None:
        sheet, last = self.sheets[name], 0
        for order, column in enumerate(columns):
            sheet.set_column(order, order, column.width, self.column)
            sheet.write_string(0, order, column.heading, self.head)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 3 if name == CRITERIA else 2)
        for last, cells in enumerate(rows, 1):
            form = self.group if cells.get("") == GROUP else self.cell
            for order, column in enumerate(columns):
                write_text(sheet, last, order, cells.get(column.key, ""), form)
            texts = [cells.get(column.key, "") for column in columns]
            fit_height(sheet, last, texts, [column.width for column in columns])
        for order, column in enumerate(columns):
            if column.choices:
                self._drop_down(sheet, 1, last + SPARE_ROWS, order, column.choices)

    def _drop_down(self, sheet: Any, first: int, last: int, column: int, choices: tuple[str, ...]) -> None:
        """A list to choose from; a warning, not a bar, for what is not on it."""
        source = self.lists.get(choices)
        if source is None:
            order = len(self.lists)
            for row, choice in enumerate(choices):
                self.sheets[LISTS].write_string(row, order, choice)
            letter = chr(ord("A") + order)
            source = f"='{LISTS}'!${letter}$1:${letter}${len(choices)}"
            self.lists[choices] = source
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(first, column, last, column, rule)

    def _help(self) -> None:
        sheet = self.sheets[HELP]
        plain = self.book.add_format({"text_wrap": True, "valign": "top"})
        bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 1, 110)
        for row, (what, how) in enumerate(GUIDE):
            sheet.write_string(row, 0, what, bold)
            sheet.write_string(row, 1, how, plain)
            fit_height(sheet, row, [what, how], [36, 110])
