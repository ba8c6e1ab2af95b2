"""What the sheets of a binary workbook (.xlsb) hold: how far they reach, errors, merges, hidden rows.

The records are those of [MS-XLSB] 2.3 and 2.4: an id and a length of up to two and four bytes of seven
bits each, then the content.
"""

from __future__ import annotations

import struct
from collections.abc import Container, Iterator

from evidence.reading import percent
from evidence.reading.note import Unreadable
from evidence.reading.sheet_scan import NAMELESS, Area, SheetFacts

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ROW, _BLANK, _ERROR, _FORMULA_ERROR = 0, 1, 3, 11
_CELLS = range(1, 12)
_NUMBERS = {2, 5, 9}  # two ways to write one, and what a formula comes to
_SHEET, _MERGED = 156, 176
_FORMAT, _STYLE, _STYLES, _END_OF_STYLES = 44, 47, 617, 618


def percent_styles(content: bytes) -> set[int]:
    """The cell styles, by their number, whose format shows a percentage, from the styles' part.

    Raises Unreadable.
    """
    formats, styles = set(percent.FORMATS), list[int]()
    within = False
    for kind, record in _records(content):
        if kind == _FORMAT:
            code, _ = _text(record, 2)
            if percent.is_percent(code):
                formats.add(struct.unpack_from("<H", record)[0])
        elif kind in (_STYLES, _END_OF_STYLES):
            within = kind == _STYLES
        elif kind == _STYLE and within and len(record) >= 4:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    return {at for at, format_ in enumerate(styles) if format_ in formats}


def scan_xlsb_sheet(content: bytes, percents: Container[int] = ()) -> SheetFacts:
    """The facts of a sheet's part; raises Unreadable where its records do not add up.

    `percents`: the styles that show a percentage.
    """
    facts, row = SheetFacts(), 0
    merged: list[Area] = []
    hidden: list[int] = []
    for kind, record in _records(content):
        if kind == _ROW and len(record) >= 12:
            row = struct.unpack_from("<I", record)[0]
            if record[11] & 0x10:
                hidden.append(row)
        elif kind in _CELLS and kind != _BLANK and len(record) >= 8:
            column = struct.unpack_from("<I", record)[0]
            facts.reach(row, column)
            if kind in _NUMBERS and struct.unpack_from("<I", record, 4)[0] & 0xFFFFFF in percents:
                facts.percents.add((row, column))
            if kind in (_ERROR, _FORMULA_ERROR):
                facts.errors[row, column] = ERRORS.get(record[8], NAMELESS) if len(record) > 8 else NAMELESS
        elif kind == _MERGED and len(record) >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", record)
            merged.append(Area(top, left, bottom, right))
    facts.merged, facts.hidden_rows = tuple(merged), frozenset(hidden)
    return facts


def xlsb_sheets(content: bytes) -> dict[str, str]:
    """Relation id of each sheet by name, from the workbook's part; raises Unreadable."""
    sheets = {}
    for kind, record in _records(content):
        if kind == _SHEET:
            relation, at = _text(record, 8)
            name, _ = _text(record, at)
            sheets[name] = relation
    return sheets


def _text(record: bytes, at: int) -> tuple[str, int]:
    if at + 4 > len(record):
        raise Unreadable("file-unreadable")
    end = at + 4 + 2 * struct.unpack_from("<I", record, at)[0]
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        kind, at = _number(content, at, 2)
        length, at = _number(content, at, 4)
        if at + length > len(content):
            raise Unreadable("file-unreadable")
        yield kind, content[at : at + length]
        at += length


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to `most` bytes of seven bits, and where it ends."""
    value = 0
    for index in range(most):
        if at >= len(content):
            raise Unreadable("file-unreadable")
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return value, at
