"""Text and ruled tables of a PDF made by a program; a scan is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber

from criteria.importer.numbering import split_label
from criteria.importer.points import read_points
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
        return tuple(rows_joined(list(_page(page)) for page in pages))


def rows_joined(pages: Iterable[list[str | Grid]]) -> list[str | Grid]:
    """The blocks of all pages; a row of a table that a page's end cut in two is one row again."""
    blocks: list[str | Grid] = []
    for page in pages:
        above = next((at for at in reversed(range(len(blocks))) if isinstance(blocks[at], Grid)), None)
        below = next((at for at, block in enumerate(page) if isinstance(block, Grid)), None)
        if above is not None and below is not None:
            head, tail = blocks[above], page[below]
            assert isinstance(head, Grid) and isinstance(tail, Grid)
            if joined := _joined(head.lines[-1], tail.lines[0]):
                blocks[above] = replace(head, lines=(*head.lines[:-1], joined))
                page[below] = replace(tail, lines=tail.lines[1:])
        blocks += [block for block in page if isinstance(block, str) or block.lines]
    return blocks


def _joined(line: Line, rest: Line) -> Line | None:
    """A row with what goes on after a page's end; None where `rest` is a row of its own.

    What goes on has no number and no figure, and each of its cells goes on under one that has text.
    """
    if len(line.cells) != len(rest.cells):
        return None
    pairs = list(zip(line.cells, rest.cells, strict=True))
    going_on = [(cell, more) for cell, more in pairs if more.text and not more.across]
    figures = any(
        read_points(more.text).value is not None and more.text[:1].isdigit() for _, more in going_on
    )
    if not going_on or rest.cells[0].text or figures or not all(cell.text for cell, _ in going_on):
        return None
    before, after = going_on[0][0].text, going_on[0][1].text
    capitals = before.isupper() and after.isupper()
    ended = before[-1] in ".;:" or (after[0].isupper() and after.isupper() and not capitals)
    if split_label(after)[0] or (ended and not after[0].islower()):
        return None
    cells = (replace(c, text=f"{c.text}\n{m.text}") if m.text and not m.across else c for c, m in pairs)
    return replace(line, cells=tuple(cells))


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
    def between(thing: Any) -> bool:  # a table's first line may reach over its upper rule
        return bool(top <= (thing["top"] + thing["bottom"]) / 2 < bottom)

    text = page.filter(between).extract_text() or ""
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
