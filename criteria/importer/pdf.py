"""Text and ruled tables of a PDF made by a program; a scan is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber

from criteria.importer.source import Cell, Grid, Line, Source, UnusableAnnex

MOST_PAGES = 300


def read_pdf(path: Path) -> Source:
    """Paragraphs and tables, page by page; raises UnusableAnnex for a PDF without text."""
    with pdfplumber.open(path) as pdf:
        pages = pdf.pages[:MOST_PAGES]
        if not any(page.chars for page in pages):
            raise UnusableAnnex(
                f"Tệp “{path.name}” là bản chụp (scan), không có chữ để đọc. Xin dùng tệp Word, Excel hoặc "
                "PDF xuất trực tiếp từ Word; nếu chỉ có bản chụp, xin nhận dạng chữ (OCR) ra Word trước."
            )
        return tuple(block for page in pages for block in _page(page))


def _page(page: Any) -> Iterator[str | Grid]:
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    top = 0.0
    for order, table in enumerate(tables, 1):
        if table.bbox[1] > top:
            yield from _text(page, top, table.bbox[1])
        yield _grid(table, f"trang {page.page_number}, bảng {order}")
        top = max(top, table.bbox[3])
    if top < page.height:
        yield from _text(page, top, page.height)


def _text(page: Any, top: float, bottom: float) -> Iterator[str]:
    strip = page.crop((0, top, page.width, min(bottom, page.height)), relative=False, strict=False)
    text = strip.extract_text() or ""
    yield from (line for line in text.split("\n") if line.strip())


def _grid(table: Any, name: str) -> Grid:
    """A table; a cell that pdfplumber leaves out (None) is covered by its neighbour above or left."""
    texts, rows = table.extract(), table.rows
    width = max((len(row.cells) for row in rows), default=0)
    starts = [
        min((row.cells[column][0] for row in rows if row.cells[column] is not None), default=None)
        for column in range(width)
    ]
    grid: list[list[Cell]] = []
    for order, (row, cells) in enumerate(zip(rows, texts, strict=True)):
        made: list[Cell] = []
        reach = 0.0  # the right edge of the last cell that is there
        for column, text in enumerate(cells):
            box, start = row.cells[column], starts[column]
            if box is not None:
                reach = box[2]
                covered = sum(1 for other in rows[order:] if other.bbox[1] < box[3] - 1)
                made.append(Cell((text or "").strip(), span=max(covered, 1)))
            elif made and (start is None or reach > start + 1):
                made.append(Cell(made[-1].text, across=True))
            else:
                made.append(Cell(grid[-1][column].text, down=True) if grid else Cell())
        grid.append(made)
    lines = (Line(f"{name}, dòng {order}", tuple(cells)) for order, cells in enumerate(grid, 1))
    return Grid(tuple(lines), wrapped=True)
