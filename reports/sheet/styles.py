"""Cell formats of the workbooks, each made once, and the height of a row that holds them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from reports.sheet.measure import LINE, line_count

FONT = "Times New Roman"
MARK_COLOUR = "#C00000"
GREY = "#808080"
HEAD_FILL = "#EDEDED"
_PADDING, _INDENT = 5, 7  # points that a cell keeps free, and for each step of indent

# Strings stay strings whatever they begin with: a unit's name is never a formula or a link.
BOOK_OPTIONS: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": 11},
}

_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
_CELL = {"border": 1, "text_wrap": True}
_NAMED: dict[str, dict[str, Any]] = {
    "office": {"bold": True, "align": "center", "text_wrap": True},
    "motto": {"bold": True, "align": "center", "underline": 1, "text_wrap": True},
    "title": {"bold": True, "align": "center", "text_wrap": True, "font_size": 13},
    "subtitle": {"bold": True, "align": "center", "text_wrap": True},
    "basis": {"italic": True, "align": "center", "text_wrap": True},
    "mark": {
        "italic": True,
        "font_color": MARK_COLOUR,
        "text_wrap": True,
        "font_size": 11,
        "valign": "top",
    },
    "legend": {"italic": True, "text_wrap": True, "font_size": 11, "valign": "top"},
    "section": {"bold": True},
    "sign": {"bold": True, "align": "center"},
    "sign_note": {"italic": True, "align": "center"},
    "head": {**_CELL, "bold": True, "align": "center", "bg_color": HEAD_FILL},
    "upright": {**_CELL, "align": "center", "valign": "bottom", "rotation": 90, "font_size": 9},
    "text": {**_CELL, "align": "left", "indent": 1},
    "nearest": {**_CELL, "italic": True, "align": "left", "indent": 2, "font_size": 11},
    "centre": {**_CELL, "align": "center"},
    "number": {**_CELL, "align": "center"},
    "bold_text": {**_CELL, "bold": True, "align": "left", "indent": 1},
    "bold_number": {**_CELL, "bold": True, "align": "center"},
    "silent": {**_CELL, "align": "center", "font_color": GREY},
    "fault": {**_CELL, "align": "center", "font_color": MARK_COLOUR, "bold": True},
    "block": {**_CELL, "bold": True, "italic": True, "align": "left", "indent": 1},
    "aside_head": {"font_color": GREY, "font_size": 11, "text_wrap": True, "align": "center"},
    "aside": {"font_color": GREY, "font_size": 11, "align": "right"},
}


class Styles:
    """Formats by name, with changes; the same format is added to the workbook only once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, tuple[tuple[str, Any], ...]], Format] = {}
        self._unchanged: dict[str, Format] = {}  # the same by name alone: asked for at nearly every cell
        self.plain: Format = book.add_format()  # of a cell that has none

    def __call__(self, name: str, **changes: Any) -> Format:
        if not changes:
            found = self._unchanged.get(name)
            if found is None:
                found = self._unchanged[name] = self._book.add_format({**_BASE, **_NAMED[name]})
            return found
        key = (name, tuple(sorted(changes.items())))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_BASE, **_NAMED[name], **changes})
        return self._made[key]


@lru_cache(maxsize=4096)  # the same texts stand in row after row
def height_of(text: str, room: float, style: str = "text", **changes: Any) -> float:
    """Row height in points for a text wrapped in `room` points, in a named format."""
    made = {**_BASE, **_NAMED[style], **changes}
    size, indent = float(made["font_size"]), _INDENT * int(made.get("indent", 0))
    lines = line_count(text, room - indent - _PADDING, size, bool(made.get("bold")))
    return round(lines * size * LINE + 4, 1)


def percent_format(digits: int) -> str:
    """Number format of a percentage; the sign stands in the column's heading."""
    return "0." + "0" * digits if digits else "0"
