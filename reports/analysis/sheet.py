"""The workbook `phan-tich.xlsx`: what the whole says of a round, for next year's criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from criteria.exact import as_float
from evidence.placing import write_aside
from evidence.round import Round
from reports.analysis.tables import Cell, Column, Kind, Table, criteria_tables, rank_tables, summary
from reports.sheet.page import Page, set_columns, set_up_print, write_marks, write_title
from reports.sheet.styles import BOOK_OPTIONS, Styles
from reports.wording import basis_line, sentences_for_every_sheet, subject
from scoring.analysis import Analysis, analyse
from scoring.results import Results

ANALYSIS_FILE = "phan-tich.xlsx"
ANALYSIS_SHEET, RANKS_SHEET = "Phân tích", "Thứ hạng"
# the day of the run would change the bytes of a workbook whose content is the same
CREATED = datetime(2000, 1, 1)
_KEPT = 2  # rows that stay on the page of their heading
_WIDTHS = (10.0, 42.0, 13.0, 13.0, 13.0, 13.0, 13.0, 13.0)
_STYLES: dict[Kind, str] = {
    "text": "text",
    "code": "centre",
    "count": "number",
    "points": "number",
    "percent": "number",
}


def write_analysis(path: Path, round_: Round, results: Results, analysis: Analysis | None = None) -> None:
    """Writes the workbook; raises FileHeld where the file is open elsewhere."""
    analysis = analysis or analyse(results)
    with write_aside(path) as aside, Workbook(str(aside), BOOK_OPTIONS) as book:
        book.set_properties({"title": subject(round_), "author": "danvan", "created": CREATED})
        styles = Styles(book)
        parts = (
            (ANALYSIS_SHEET, "PHÂN TÍCH KẾT QUẢ", criteria_tables(round_, results, analysis)),
            (RANKS_SHEET, "MỨC ĐỘ ỔN ĐỊNH CỦA THỨ HẠNG", rank_tables(round_, results, analysis)),
        )
        for name, title, tables in parts:
            page = Page(book.add_worksheet(name), styles, _WIDTHS)
            lead = summary(round_, results, analysis) if name == ANALYSIS_SHEET else ()
            _write_sheet(page, round_, results, title, lead, tables)


def _write_sheet(
    page: Page, round_: Round, results: Results, title: str, lead: Iterable[str], tables: Iterable[Table]
) -> None:
    marks = sentences_for_every_sheet(round_, results)
    set_columns(page)
    write_title(page, f"{title} - {subject(round_).upper()}", (), basis_line(round_))
    write_marks(page, marks)
    for text in lead:
        page.line(f"- {text}", "legend", page.last)
    sections = [(0, 0.0)]
    for number, table in enumerate(tables, 1):
        sections += _write_table(page, number, table)
    set_up_print(page, marks, sections=sections)
    # codes and spans of ranks are texts, whatever they look like
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:H{page.row}"})


def _write_table(page: Page, number: int, table: Table) -> Iterator[tuple[int, float]]:
    """Writes a part; gives the places (row, height above) where a page may begin."""
    yield page.row, page.height
    page.next_row(10)
    page.line(f"{number}. {table.title}", "section")
    page.line(table.method, "legend")
    if not table.rows:
        page.line(table.empty, "legend", page.last)
        return
    heads: tuple[Cell, ...] = tuple(column.head for column in table.columns)
    _write_row(page, table.columns, heads, head=True)
    for index, row in enumerate(table.rows):
        if index >= _KEPT:
            yield page.row, page.height
        _write_row(page, table.columns, row)


def _write_row(
    page: Page, columns: tuple[Column, ...], cells: tuple[Cell, ...], head: bool = False
) -> None:
    placed = []
    first = 0
    for column, cell in zip(columns, cells, strict=True):
        placed.append((first, first + column.span - 1, column, cell))
        first += column.span
    heights = [
        page.fit(cell, first, last, "head" if head else _STYLES[column.kind])
        for first, last, column, cell in placed
        if isinstance(cell, str)
    ]
    row = page.next_row(max(18.0, *heights))
    for first, last, column, cell in placed:
        if head:
            page.put(row, first, last, str(cell), page.styles("head"))
        elif cell is None or isinstance(cell, str):
            page.put(row, first, last, cell or "", page.styles(_STYLES[column.kind]))
        else:
            _write_number(page, row, first, cell, column.kind)


def _write_number(page: Page, row: int, column: int, value: int, kind: Kind) -> None:
    if kind == "count":
        page.sheet.write_number(row, column, value, page.styles("number"))
    else:
        style = page.styles("number", num_format="0.00#;−0.00#;0.00")
        page.sheet.write_number(row, column, as_float(value), style)
