"""Cell formats of a form, made once a workbook."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from evidence.messages import Severity

FONT = "Times New Roman"
_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
_CELL: dict[str, Any] = {"border": 1, "border_color": "#808080", "text_wrap": True, "valign": "top"}
_FILL_IN: dict[str, Any] = {"locked": False, "bg_color": "#FFF9E5"}

_NAMED: dict[str, dict[str, Any]] = {
    "plain": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True},
    "centre": {"align": "center"},
    "centre_bold": {"align": "center", "bold": True},
    "motto": {"align": "center", "bold": True, "underline": 1},
    "title": {"align": "center", "bold": True, "font_size": 14},
    "mark": {"italic": True, "font_color": "#C00000", "text_wrap": True, "valign": "top"},
    "section": {"bold": True, "font_size": 12, "font_color": "#1F3864"},
    "head": {
        **_CELL,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#D9E2F3",
    },
    "group": {**_CELL, "bold": True, "bg_color": "#EDEDED", "valign": "vcenter"},
    # a heading that runs over the empty cells on its right
    "heading_line": {**_CELL, "bold": True, "bg_color": "#EDEDED", "valign": "vcenter", "text_wrap": False},
    "group_number": {**_CELL, "bold": True, "bg_color": "#EDEDED", "align": "center", "valign": "vcenter"},
    "text": _CELL,
    "centred": {**_CELL, "align": "center"},
    "link": {**_CELL, "font_color": "#0563C1", "underline": 1},
    # values that only formulas read: hidden columns must not spill into the printed ones
    "helper": {"num_format": ";;;"},
    "closed": {**_CELL, "bg_color": "#D0D0D0"},
    "fill": {**_CELL, **_FILL_IN},
    "fill_centred": {**_CELL, **_FILL_IN, "align": "center"},
    "fill_day": {**_CELL, **_FILL_IN, "align": "center", "num_format": "dd/mm/yyyy"},
    "centred_grey": {**_CELL, "align": "center", "bg_color": "#F2F2F2"},
    # text format: references like 1;3 and dates stay what was typed
    "fill_text": {**_CELL, **_FILL_IN, "num_format": "@"},
    "fill_date": {**_CELL, **_FILL_IN, "align": "left", "num_format": "dd/mm/yyyy"},
    "total": {**_CELL, "bold": True, "bg_color": "#D9E2F3", "align": "center", "valign": "vcenter"},
    "total_label": {**_CELL, "bold": True, "bg_color": "#D9E2F3", "valign": "vcenter"},
}


# light enough to read black letters on, and apart from the yellow of the cells to fill
MARK_FILLS: dict[Severity, str] = {"error": "#FFB3B3", "warning": "#FFD480", "hint": "#CFE8FF"}

LINE_HEIGHT = 15.0  # points, for 11-point letters
MOST_HEIGHT = 409.0  # points that a row may have in Excel


def row_height(*cells: tuple[str, float]) -> float:
    """Height in points for a row of wrapped texts, each with the width (characters) it has.

    Neither LibreOffice nor a preview fits rows to wrapped text by itself, so the writer does.
    """
    return min(LINE_HEIGHT * max(_lines(text, width) for text, width in cells) + 2, MOST_HEIGHT)


def _lines(text: str, width: float) -> int:
    # a letter of Times New Roman takes some 0.8 of a column's unit; words break early
    return sum(1 + int(len(line) / (width * 1.15)) for line in text.split("\n"))


class Styles:
    """Formats by name: `styles["head"]`."""

    def __init__(self, book: Workbook) -> None:
        self._format = cache(lambda name, **changes: book.add_format({**_BASE, **_NAMED[name], **changes}))

    def __getitem__(self, name: str) -> Format:
        return self._format(name)

    def marked(self, name: str, severity: Severity) -> Format:
        """The format with the fill of a severity, for a cell with something wrong."""
        return self._format(name, bg_color=MARK_FILLS[severity])

    def unlocked(self, name: str) -> Format:
        """The format for a cell that is to be filled in although its like are not."""
        return self._format(name, locked=False)
