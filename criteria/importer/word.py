"""Paragraphs and tables of a Word file, with its list numbers, in the document's order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from criteria.importer.source import Cell, Grid, Line, Source
from criteria.importer.word_numbering import ListNumbers, list_numbers

FOOTNOTES = RELATIONSHIP_TYPE.FOOTNOTES
_BREAKS = {qn("w:br"), qn("w:cr")}


def read_word(path: Path) -> Source:
    """Paragraphs and tables of a .docx; a table inside a table's cell counts as a table of its own."""
    document = docx.Document(str(path))
    reader = _Reader(list_numbers(document), _footnotes(document))
    return tuple(reader.blocks(document.element.body))


def _footnotes(document: Any) -> dict[str, str]:
    """The texts of the file's footnotes by their number; none where the file has none."""
    for relation in document.part.rels.values():
        if relation.reltype == FOOTNOTES and not relation.is_external:
            notes = parse_xml(relation.target_part.blob).iter(qn("w:footnote"))
            return {
                note.get(qn("w:id")): " ".join("".join(t.text or "" for t in note.iter(qn("w:t"))).split())
                for note in notes
            }
    return {}


class _Reader:
    """Walks a document once, in its order, so that list numbers count right."""

    def __init__(self, numbers: ListNumbers, footnotes: dict[str, str]) -> None:
        self.numbers = numbers
        self.footnotes = footnotes
        self.tables = 0

    def blocks(self, container: Any) -> Iterator[str | Grid]:
        for node in container:
            if node.tag == qn("w:p"):
                if text := self.paragraph(node):
                    yield text
            elif node.tag == qn("w:tbl"):
                yield from self.table(node)
            elif node.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                yield from self.blocks(node)

    def paragraph(self, node: Any) -> str:
        """A paragraph as Word shows it: its list number, then its text; deleted text left out."""
        parts = []
        for child in node.iter():
            if child.tag == qn("w:t"):
                parts.append(child.text or "")
            elif child.tag in _BREAKS:
                parts.append("\n")
            elif child.tag == qn("w:tab"):
                parts.append(" ")
            elif child.tag == qn("w:noBreakHyphen"):
                parts.append("-")
            elif said := self._footnote(child):
                parts.append(f" (chú thích: {said})")
        text = "".join(parts).strip()
        return f"{self.numbers.label(node)} {text}".strip()

    def _footnote(self, node: Any) -> str:
        """The text of the footnote that a node refers to; nothing where it is no such mark."""
        marks = node.tag == qn("w:footnoteReference")
        return self.footnotes.get(node.get(qn("w:id")), "") if marks else ""

    def table(self, node: Any) -> Iterator[str | Grid]:
        self.tables += 1
        name, inner = f"bảng {self.tables}", []
        rows = list(_children(node, "w:tr"))
        width = max((sum(_span(cell) for cell in _children(row, "w:tc")) for row in rows), default=0)
        grid: list[list[Cell]] = []
        for row in rows:
            above = grid[-1] if grid else []
            cells, nested = self._row(row, above)
            grid.append([*cells, *[Cell()] * (width - len(cells))])
            inner += nested
        _set_spans(grid)
        lines = (Line(f"{name}, dòng {order}", tuple(cells)) for order, cells in enumerate(grid, 1))
        yield Grid(tuple(lines))
        yield from inner

    def _row(self, row: Any, above: list[Cell]) -> tuple[list[Cell], list[str | Grid]]:
        skipped = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        cells = [Cell()] * (int(skipped.get(qn("w:val"))) if skipped is not None else 0)
        inner: list[str | Grid] = []
        for node in _children(row, "w:tc"):
            merge = node.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            continues = merge is not None and merge.get(qn("w:val")) != "restart"
            blocks = list(self.blocks(node))
            text = "\n".join(block for block in blocks if isinstance(block, str))
            inner += [block for block in blocks if isinstance(block, Grid)]
            for offset in range(_span(node)):
                over = above[len(cells)] if continues and len(cells) < len(above) else None
                cells.append(Cell(over.text if over else text, offset > 0, over is not None))
        return cells, inner


def _children(node: Any, name: str) -> Iterator[Any]:
    """Rows or cells of a table, also those inside content controls."""
    for child in node:
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _children(child, name)


def _span(cell: Any) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(found.get(qn("w:val"))) if found is not None else 1


def _set_spans(grid: list[list[Cell]]) -> None:
    """Tells each first cell of a merged area how many rows it covers."""
    for order, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            end = order + 1
            while end < len(grid) and grid[end][column].down:
                end += 1
            if not cell.down and end - order > 1:
                cells[column] = Cell(cell.text, cell.across, cell.down, end - order)
