"""Small workbooks of other formats, written by hand from the cells of a form."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

import openpyxl

from tests.workbooks.editing import packed

Cells = dict[tuple[int, int], object]


def cells_of(form: bytes) -> dict[str, Cells]:
    """What stands in each cell of each sheet, by (row, column) from 0; formulas are left out."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    return {
        sheet.title: {
            (cell.row - 1, cell.column - 1): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "") and cell.data_type != "f"
        }
        for sheet in book
    }


def open_document(sheets: Mapping[str, Cells], extra: str = "", manifest: str = "") -> bytes:
    """An .ods of these cells; `extra` rows go behind those of the third sheet, “Tự chấm”."""
    tables = []
    for number, (name, cells) in enumerate(sheets.items()):
        rows = []
        for row in range(max((place[0] for place in cells), default=0) + 1):
            columns = range(max((place[1] for place in cells if place[0] == row), default=-1) + 1)
            rows.append("".join(_ods_cell(cells.get((row, column))) for column in columns))
        body = "".join(f"<table:table-row>{cells_}</table:table-row>" for cells_ in rows)
        body += extra if number == 2 else ""
        tables.append(f"<table:table table:name={quoteattr(name)}>{body}</table:table>")
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="m">{manifest}</manifest:manifest>'
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("<table:"):
        return value  # written out by the case
    if isinstance(value, datetime):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    elif isinstance(value, (int, float)):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def binary(
    sheets: Mapping[str, Cells],
    errors: Mapping[tuple[int, int], int] | None = None,
    formats: Mapping[tuple[int, int], str] | None = None,
) -> bytes:
    """An .xlsb of these cells; `errors` are error codes and `formats` codes of number formats.

    Both are by cell of the third sheet, “Tự chấm”.
    """
    codes = list(dict.fromkeys((formats or {}).values()))
    parts = {"xl/workbook.bin": b"", "xl/styles.bin": _xlsb_styles(codes)}
    styles = {place: 1 + codes.index(code) for place, code in (formats or {}).items()}
    relations = []
    for number, (name, cells) in enumerate(sheets.items(), 1):
        sheet = _text(f"rId{number}") + _text(name)
        parts["xl/workbook.bin"] += _record(156, struct.pack("<II", 0, number) + sheet)
        relations.append(
            f'<Relationship Id="rId{number}" Type="http://x/worksheet" Target="worksheets/sheet{number}.bin"/>'
        )
        own: Cells = {**cells, **dict.fromkeys(errors or {}, b"")} if number == 3 else cells
        parts[f"xl/worksheets/sheet{number}.bin"] = _xlsb_sheet(
            own, errors or {}, styles if number == 3 else {}
        )
    parts["xl/workbook.bin"] = (
        _record(131) + _record(143) + parts["xl/workbook.bin"] + _record(144) + _record(132)
    )
    parts["xl/_rels/workbook.bin.rels"] = (
        f'<?xml version="1.0"?><Relationships>{"".join(relations)}</Relationships>'.encode()
    )
    return packed(parts)


def _xlsb_styles(codes: list[str]) -> bytes:
    """The part of styles: first the plain one, then one for each of these number formats."""
    own = 164  # the first number that is not one of Excel's own formats
    formats = b"".join(
        _record(44, struct.pack("<H", own + at) + _text(code)) for at, code in enumerate(codes)
    )
    used = [0, *range(own, own + len(codes))]
    styles = b"".join(_record(47, struct.pack("<HH6H", 0, number, *[0] * 6)) for number in used)
    # the styles that others are named after come first, and are no cell's
    parents = _record(626) + _record(47, struct.pack("<HH6H", 0xFFFF, 9, *[0] * 6)) + _record(627)
    return (
        _record(278)
        + (_record(615, struct.pack("<I", len(codes))) + formats + _record(616))
        + parents
        + (_record(617, struct.pack("<I", len(used))) + styles + _record(618))
        + _record(279)
    )


def _xlsb_sheet(
    cells: Cells, errors: Mapping[tuple[int, int], int], styles: Mapping[tuple[int, int], int]
) -> bytes:
    rows = sorted({row for row, _ in cells})
    last = max((column for _, column in cells), default=0)
    body = _record(148, struct.pack("<4I", 0, rows[-1] if rows else 0, 0, last)) + _record(145)
    for row in rows:
        body += _record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
        for column in sorted(column for other, column in cells if other == row):
            value, head = cells[row, column], struct.pack("<II", column, styles.get((row, column), 0))
            if value == b"":
                body += _record(3, head + bytes([errors[row, column]]))
            elif isinstance(value, datetime):
                days = (value - datetime(1899, 12, 30)).days
                body += _record(5, head + struct.pack("<d", days))
            elif isinstance(value, (int, float)):
                body += _record(5, head + struct.pack("<d", value))
            else:
                body += _record(6, head + _text(str(value)))
    return _record(129) + body + _record(146) + _record(130)


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    return _number(kind) + _number(len(content)) + content


def _number(value: int) -> bytes:
    """Seven bits a byte, the least first."""
    head, rest = value & 0x7F, value >> 7
    return bytes([head | 0x80]) + _number(rest) if rest else bytes([head])
