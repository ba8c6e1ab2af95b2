"""Cells of a form: written as the kind they are, and marked where something is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evidence.form.filling import Mark, Typed
from evidence.form.styles import MARK_FILLS, Styles
from evidence.layout import column_letter
from evidence.problems import At
from evidence.reading.typed import as_text

LONGEST_TEXT = 32_767  # characters that a cell takes
_FIRST_DAY = date(1900, 3, 1)  # before it Excel's own calendar is wrong
_COMMENT_WIDTH, _LINE, _LETTERS = 320, 17, 44  # of a comment: pixels, pixels of a line, letters in it
_MOST_COMMENT = 600


@dataclass(frozen=True)
class Pen:
    """Formats for the cells of one sheet; keeps where each cell stands (`places`: sheet and address).

    A cell that `marks` speak of is filled by severity and carries its comment.
    """

    sheet: Worksheet
    styles: Styles
    marks: Mapping[At, Mark] = field(default_factory=dict)
    places: dict[At, tuple[str, str]] = field(default_factory=dict)

    def style(self, row: int, column: int, name: str, at: At) -> Format:
        """The format of a cell (from 0) that is about to be written, with its comment noted."""
        self.places[at] = (self.sheet.get_name(), f"{column_letter(column)}{row + 1}")
        mark = self.marks.get(at)
        if mark is None:
            return self.styles[name]
        lines = sum(1 + len(line) // _LETTERS for line in mark.text.split("\n"))
        height = min(20 + _LINE * lines, _MOST_COMMENT)
        look = {"width": _COMMENT_WIDTH, "height": height, "font_size": 10}
        look["color"] = MARK_FILLS[mark.severity]
        self.sheet.write_comment(row, column, mark.text[:LONGEST_TEXT], {**look, "author": "danvan"})
        return self.styles.marked(name, mark.severity)


def write_typed(sheet: Worksheet, row: int, column: int, typed: Typed, style: Format) -> None:
    """Writes what a person typed as the kind it was; what a cell cannot hold becomes text."""
    if typed is None or typed == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(typed, bool):
        sheet.write_boolean(row, column, typed, style)
    elif isinstance(typed, (int, float)):
        sheet.write_number(row, column, typed, style)
    elif isinstance(typed, date) and day_of(typed) >= _FIRST_DAY:
        moment = typed if isinstance(typed, datetime) else datetime(typed.year, typed.month, typed.day)
        sheet.write_datetime(row, column, moment, style)
    elif isinstance(typed, (time, timedelta)):
        sheet.write_datetime(row, column, typed, style)
    else:
        text = typed if isinstance(typed, str) else as_text(typed)
        sheet.write_string(row, column, text[:LONGEST_TEXT], style)


def day_of(typed: date) -> date:
    """The day of a date or of a moment."""
    return typed.date() if isinstance(typed, datetime) else typed
