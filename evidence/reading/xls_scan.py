"""What the sheets of an old workbook (.xls) hold: how far they reach, errors, formulas, merges.

The file is a small file system ([MS-CFB]); its stream `Workbook` is a row of records ([MS-XLS] 2.4).
Formulas that come to a text are told like those without a result: the parser takes them for zero.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from evidence.reading import percent
from evidence.reading.note import Unreadable
from evidence.reading.sheet_scan import NAMELESS, Area, SheetFacts
from evidence.reading.xlsb_scan import ERRORS

_END = 0xFFFFFFFA  # from here on a sector's number means something else
_FORMULA, _BOOL_OR_ERROR, _ROW, _MERGED, _SHEET, _SUBSTREAM, _PASSWORD = (
    0x06,
    0x205,
    0x208,
    0xE5,
    0x85,
    0x809,
    0x2F,
)
_NUMBER, _RK, _SEVERAL, _FORMAT, _STYLE = 0x203, 0x27E, 0xBD, 0x41E, 0xE0
_CELLS = {_FORMULA: 1, _BOOL_OR_ERROR: 1, _NUMBER: 1, 0x204: 1, _RK: 1, 0xFD: 1, _SEVERAL: 0}
_NUMBERS = {_FORMULA, _NUMBER, _RK, _SEVERAL}


def streams(data: bytes) -> dict[str, bytes]:
    """The streams of a compound file by name; raises Unreadable where its chains do not add up."""
    try:
        return dict(_streams(data))
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("file-unreadable") from error


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    size, small = (1 << struct.unpack_from("<H", data, at)[0] for at in (30, 32))
    if size not in (512, 4096) or small != 64:
        raise Unreadable("file-unreadable")
    directory, cutoff, first_small = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
    tables = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // size):
        if more >= _END:
            break
        *entries, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        tables += entries
    chain: list[int] = []
    for sector in tables:
        if sector < _END:
            chain += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    entries_ = _joined(data, chain, directory, size, size)
    smalls = b""
    small_chain = _joined(data, chain, first_small, size, size)
    next_small = list(struct.unpack(f"<{len(small_chain) // 4}I", small_chain))
    for at in range(0, len(entries_) - 127, 128):
        entry = entries_[at : at + 128]
        length, kind = struct.unpack_from("<H", entry, 64)[0], entry[66]
        name = entry[: max(0, length - 2)].decode("utf-16-le", "replace")
        start, bytes_ = struct.unpack_from("<II", entry, 116)
        if kind == 5:
            smalls = _joined(data, chain, start, size, size)
        elif kind == 2 and bytes_ < cutoff:
            yield name, _joined(smalls, next_small, start, small, 0)[:bytes_]
        elif kind == 2:
            yield name, _joined(data, chain, start, size, size)[:bytes_]


def _joined(data: bytes, chain: list[int], sector: int, size: int, head: int) -> bytes:
    """The sectors of a chain one after the other."""
    parts: list[bytes] = []
    while sector < _END:
        if len(parts) > len(chain):
            raise Unreadable("file-suspicious", "các phần của tệp nối vòng")
        parts.append(data[head + sector * size : head + (sector + 1) * size])
        sector = chain[sector]
    return b"".join(parts)


def scan_xls(book: bytes) -> dict[str, SheetFacts]:
    """The facts of each sheet by name, from the stream `Workbook`; raises Unreadable."""
    try:
        return dict(_scan(book))
    except (struct.error, IndexError) as error:
        raise Unreadable("file-unreadable") from error


def _scan(book: bytes) -> Iterator[tuple[str, SheetFacts]]:
    whole = list(_records(book, 0))
    if any(kind == _PASSWORD for kind, _ in whole):
        raise Unreadable("file-encrypted")
    percents = _percent_styles(whole)
    for kind, record in whole:
        if kind == _SHEET:
            start, _, form, count, wide = struct.unpack_from("<IBBBB", record)
            if form == 0:  # a worksheet, no chart
                yield _characters(record[8:], count, wide), _sheet(book, start, percents)


def _characters(content: bytes, count: int, wide: int) -> str:
    """The text of so many characters of one byte, or of two, at the beginning of this."""
    size, coding = (2, "utf-16-le") if wide & 1 else (1, "latin-1")
    return content[: count * size].decode(coding, "replace")


def _percent_styles(records: list[tuple[int, bytes]]) -> set[int]:
    """The cell styles, by their number, whose format shows a percentage."""
    formats, styles = set(percent.FORMATS), list[int]()
    for kind, record in records:
        if kind == _FORMAT:
            id_, count, wide = struct.unpack_from("<HHB", record)
            if percent.is_percent(_characters(record[5:], count, wide)):
                formats.add(id_)
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    return {at for at, format_ in enumerate(styles) if format_ in formats}


def _sheet(book: bytes, start: int, percents: set[int]) -> SheetFacts:
    facts = SheetFacts()
    merged: list[Area] = []
    hidden: list[int] = []
    for kind, record in _records(book, start):
        if kind in _CELLS:
            row, first = struct.unpack_from("<HH", record)
            last = first if _CELLS[kind] else struct.unpack_from("<H", record, len(record) - 2)[0]
            facts.reach(row, last)
            if kind in _NUMBERS and percents:
                for column in range(first, last + 1):  # each of several has six bytes
                    if struct.unpack_from("<H", record, 4 + 6 * (column - first))[0] in percents:
                        facts.percents.add((row, column))
            if kind == _BOOL_OR_ERROR and record[7]:
                facts.errors[row, first] = ERRORS.get(record[6], NAMELESS)
            elif kind == _FORMULA and record[12:14] == b"\xff\xff":
                if record[6] == 2:
                    facts.errors[row, first] = ERRORS.get(record[8], NAMELESS)
                elif record[6] in (0, 3):
                    facts.formulas[row, first] = ""
        elif kind == _ROW and struct.unpack_from("<H", record, 12)[0] & 0x20:
            hidden.append(struct.unpack_from("<H", record)[0])
        elif kind == _MERGED:
            for at in range(2, len(record) - 7, 8):
                top, bottom, left, right = struct.unpack_from("<4H", record, at)
                merged.append(Area(top, left, bottom, right))
    facts.merged, facts.hidden_rows = tuple(merged), frozenset(hidden)
    return facts


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of the substream that begins here, to its end."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == 0x0A:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length
