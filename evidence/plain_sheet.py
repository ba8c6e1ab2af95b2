"""Sheets written as Excel, LibreOffice and the usual libraries write them, read without a parser.

A sheet is cut at its cells. Each piece must be, to its last byte, a cell of a strict form and the change of
row that may follow it; what stands around the cells (`PlainSheet.frame`) is left for the guard to parse. So
the sheet is known to be well-formed, and every cell of it is known. A sheet with anything else in it is not
plain, and goes the long way: a guard that walks it, then the parser. The forms of a round are alike but for
what was typed, so that most pieces have been seen before: a piece is taken apart once in each process.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final, TypeAlias

from evidence import limits
from evidence.number_formats import FIRST_SURE_DAY, LAST_DAY, Format, day_of_serial
from evidence.sheet_scan import SheetFacts, merged_areas, position_of

_MOST_AREA = 100_000  # cells of a sheet that is read this way
_MOST_KNOWN = 50_000  # pieces remembered: some 15 MB
_TEXT = rb"[^<>&\x00-\x1f]*(?:&(?:amp|lt|gt|quot|apos);[^<>&\x00-\x1f]*)*"
_VALUE = rb"[^<>&\x00-\x08\x0b-\x1f]*(?:&(?:amp|lt|gt|quot|apos);[^<>&\x00-\x08\x0b-\x1f]*)*"
_ROW = rb'<row r="[1-9][0-9]{0,6}"(?: [A-Za-z0-9:]+="[^"<>&\x00-\x1f]*")* ?'
_ROWS = re.compile(_ROW)
_ATTRIBUTE = re.compile(rb' ([A-Za-z0-9:]+)="')
_OPEN = rb"(?:" + _ROW + rb"(?:/>|></row>))*" + _ROW + rb">"
_FIRST = re.compile(_OPEN)
_CELL = re.compile(
    rb'r="([A-Z]{1,3})([1-9][0-9]{0,5})"(?: s="([0-9]{1,5})")?(?: t="(s|n|b|str)")?'
    rb"(?:/>|>(?:(<f(?: t=\"(?:shared|array)\")?(?: ref=\"[A-Z0-9:]+\")?(?: si=\"[0-9]+\")?"
    rb"(?: aca=\"false\")?(?: ca=\"1\")?(?:/>|>(" + _TEXT + rb")</f>))?"
    rb"(?:<v>(" + _VALUE + rb")</v>|(<v/>))?)</c>)"
    rb"(</row>" + _OPEN + rb")?"
)
_NUMBER = re.compile(rb"-?[0-9]{1,17}(?:\.[0-9]{1,20})?(?:E[+-]?[0-9]{1,2})?")
_HIDDEN = re.compile(rb'<row [^<>]*?hidden="(?:1|true)"[^<>]*>')
_HIDDEN_ROW = re.compile(rb' r="([0-9]{1,7})"')

_ROOT = re.compile(rb"(?:<\?xml[^<>]*\?>\s*)?<worksheet[ >]")
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?"/>')

# what a cell holds: nothing, a text of the book's list, a number under a style, its own value, a formula
_NOTHING, _SHARED, _NUMERIC, _SAID, _FORMULA = range(5)
_Piece: TypeAlias = tuple[int, int, int, int, Any]  # order in the sheet, row, column, what, value
_CUT: Final = b"<c "
_known: dict[bytes, _Piece] = {}


@dataclass(frozen=True)
class PlainSheet:
    """The cells of a plain sheet as a parser would give them, its facts; `frame` is yet to be parsed."""

    rows: list[list[Any]]
    facts: SheetFacts
    frame: bytes


def plain_sheet(content: bytes, texts: Sequence[str], formats: Sequence[Format]) -> PlainSheet | None:
    """The sheet in this XML; None where it is not plain. `texts` and `formats` are the book's."""
    before, opened, rest = content.partition(b"<sheetData>")
    body, closed, after = rest.partition(b"</sheetData>")
    frame = content if not opened else before + b"<sheetData/>" + after
    if not _is_frame(frame) or (opened and not closed):
        return None
    merged = merged_areas(after if opened else frame)
    if merged is None:
        return None
    pieces = (body + b'<row r="1">').split(_CUT)  # so that the last cell, too, is followed by a row
    if not _rows_alone(pieces.pop(0)):
        return None
    cells = _taken_apart(pieces)
    if cells is None:
        return None
    facts = SheetFacts(merged=merged)
    if b"hidden=" in body:
        numbers = (_HIDDEN_ROW.search(row[0]) for row in _HIDDEN.finditer(body))
        facts.hidden_rows = frozenset(int(number[1]) - 1 for number in numbers if number)
    rows = _rows_of(cells, facts, texts, formats)
    return None if rows is None else PlainSheet(rows, facts, frame)


def _is_frame(frame: bytes) -> bool:
    """Whether the cells' place among what surrounds them leaves no doubt."""
    return (
        _ROOT.match(frame) is not None
        and frame.count(b"sheetData") == 1
        and frame.count(b"dimension") == len(_DIMENSION.findall(frame))
        and b"<!" not in frame
        and frame.rfind(b"<?") <= 0
        and b"<c " not in frame
        and b"\r" not in frame[64:]
    )


def _taken_apart(pieces: list[bytes]) -> list[_Piece] | None:
    """The cells of these pieces; None where one is odd, or they are not in the order of the sheet."""
    cells: list[Any] = list(map(_known.get, pieces))
    if None in cells:
        for at, cell in enumerate(cells):
            if cell is None:
                made = cells[at] = _piece(pieces[at])
                if made is None:
                    return None
                if len(_known) >= _MOST_KNOWN:
                    _known.clear()
                _known[pieces[at]] = made
    order = [cell[0] for cell in cells]
    return cells if all(map(operator.lt, order, order[1:])) else None


def _piece(piece: bytes) -> _Piece | None:
    """The cell that a piece begins with; None where it is anything but a cell and a change of row."""
    match = _CELL.fullmatch(piece)
    if match is None or b"\xef\xbf" in piece:  # where the two signs are that XML does not have
        return None
    letters, digits, style, kind, formula, text, value, empty, change = match.groups()
    if change and not _rows_alone(change.removeprefix(b"</row>")):
        return None
    row, column = position_of(letters, digits)
    if row >= limits.MOST_ROWS or column >= limits.MOST_COLUMNS:
        return None
    if value is None and formula is None and b"></c>" in piece:
        return None
    holds = _holds(style, kind, formula, text, b"" if empty else value)
    try:
        piece.decode()
    except UnicodeDecodeError:
        return None
    return None if holds is None else (row * limits.MOST_COLUMNS + column, row, column, *holds)


def _rows_alone(between: bytes) -> bool:
    """Whether there are only beginnings and ends of rows, whose attributes are all different."""
    if not _FIRST.fullmatch(between):
        return False
    named = (_ATTRIBUTE.findall(attributes) for attributes in _ROWS.findall(between))
    return all(len(names) == len(set(names)) for names in named)


def _holds(
    style: bytes | None, kind: bytes | None, formula: bytes | None, text: bytes | None, value: bytes | None
) -> tuple[int, Any] | None:
    """What a cell holds and its value; None where that is for the parser to say."""
    if formula is not None and not value and not (value is not None and kind == b"str"):
        written = unescape(text.decode("utf-8", "replace")).strip() if text else ""
        return (_FORMULA, written) if written and kind in (None, b"n", b"str") else None
    if value is None:
        return (_NOTHING, None) if formula is None and kind in (None, b"n", b"s", b"str", b"b") else None
    if kind == b"str":
        return None if b"_x" in value else (_SAID, unescape(value.decode("utf-8", "replace")))
    if kind == b"s":
        return (_SHARED, int(value)) if value.isdigit() and len(value) < 8 and formula is None else None
    if kind == b"b":
        return (_SAID, value == b"1") if value in (b"0", b"1") else None
    if not _NUMBER.fullmatch(value):
        return None
    number = float(value)
    return (_SAID, number) if style is None else (_NUMERIC, (number, int(style)))


def _rows_of(
    cells: list[_Piece], facts: SheetFacts, texts: Sequence[str], formats: Sequence[Format]
) -> list[list[Any]] | None:
    """The rows from A1 on, as long as each other; what has no value is noted in the facts."""
    filled = [cell for cell in cells if cell[3]]
    if not filled:
        return []
    height, width = filled[-1][1] + 1, max([cell[2] for cell in filled]) + 1
    facts.rows, facts.columns = height, width
    if height * width > _MOST_AREA:
        return None
    rows: list[list[Any]] = [[""] * width for _ in range(height)]
    most = len(texts)
    for _, row, column, what, value in filled:
        if what == _SHARED:
            if value >= most:
                return None
            rows[row][column] = texts[value]
        elif what == _SAID:
            rows[row][column] = value
        elif what == _FORMULA:
            facts.formulas[row, column] = value
        else:
            number, style = value
            shown = formats[style] if style < len(formats) else "odd"
            if shown == "number":
                rows[row][column] = number
            elif shown == "day" and number.is_integer() and FIRST_SURE_DAY <= number <= LAST_DAY:
                rows[row][column] = day_of_serial(int(number))
            else:
                return None
    return rows
