"""The rows of all tables of criteria as one list: number, text, points, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from criteria.exact import vietnamese
from criteria.importer.columns import Columns, continues, find_columns, is_heading
from criteria.importer.numbering import Label, read_label, split_label
from criteria.importer.points import NONE, Points, read_points, split_points, split_proportional
from criteria.importer.source import Cell, Grid, Line, Source, UnusableAnnex


@dataclass(frozen=True)
class Row:
    """One row of the annex, or one of several items in a cell.

    `printed` is number, text and points as the annex has them. `labels` are the readings of its
    number. `within`: an item inside the cell of the row before; `level`: stands in the column of
    ways to score; `column`: which of several text columns, from the outer one;
    `aside`: what its column of notes says.
    """

    place: str
    labels: tuple[Label, ...]
    text: str
    points: Points
    printed: tuple[str, str, str] = ("", "", "")
    within: bool = False
    level: bool = False
    column: int = 0
    proportional: bool = False
    evidence: str = ""
    aside: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The number as printed, or nothing."""
        return self.labels[0].printed if self.labels else ""


@dataclass(frozen=True)
class Annex:
    """The rows of an annex, and the text before and after its tables."""

    rows: tuple[Row, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def read_rows(source: Source, name: str) -> Annex:
    """The rows of every table of criteria, in order; raises UnusableAnnex where there is none."""
    rows: list[Row] = []
    before: list[str] = []
    after: list[str] = []
    last: tuple[Columns, int] | None = None
    for block in source:
        around = after if rows else before
        if isinstance(block, str):
            around.append(block)
            continue
        columns = find_columns(block)
        if last and (columns is None or not columns.headings):
            columns = continues(block, *last) or columns  # a heading counts for the pages after it
        found = list(_grid_rows(block, columns)) if columns else []
        if columns is None or not any(row.points.value is not None or row.labels for row in found):
            around += _texts(block.lines)
            continue
        around += _texts(block.lines[: max(columns.first - len(columns.headings), 0)])
        rows += found
        last = columns, len(block.lines[0].cells)
    if not rows:
        raise no_table(name)
    return Annex(tuple(rows), tuple(before), tuple(after))


def no_table(name: str) -> UnusableAnnex:
    """The refusal of a file without criteria."""
    return UnusableAnnex(
        f"Không tìm thấy bảng tiêu chí nào trong tệp “{name}”. Bảng cần có cột nội dung tiêu chí và "
        "cột điểm (ví dụ: STT, Nội dung tiêu chí, Điểm tối đa)."
    )


def _texts(lines: Sequence[Line]) -> list[str]:
    """The cells of a table that is no table of criteria, as paragraphs."""
    cells = (cell for line in lines for cell in line.cells if not cell.across and not cell.down)
    return [text for cell in cells for text in cell.text.split("\n") if text.strip()]


def _grid_rows(grid: Grid, columns: Columns) -> Iterator[Row]:
    lines = [line for line in grid.lines[columns.first :] if not is_heading(line, columns)]
    outer = _numbers_outer(lines, columns)
    for line in lines:
        if any(cell.text for cell in line.cells):
            yield from _line_rows(line, columns, grid.wrapped, outer)


def _numbers_outer(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether the numbers belong to the outer of several text columns: inner rows have none."""
    if columns.number is None or len(columns.text) < 2:
        return False

    def shows(line: Line, column: int) -> bool:
        return bool(line.cells[column].text) and not line.cells[column].down

    inner = [line for line in lines if not shows(line, columns.text[0]) and shows(line, columns.text[-1])]
    return bool(inner) and not any(shows(line, columns.number) for line in inner)


def _line_rows(line: Line, columns: Columns, wrapped: bool, outer: bool) -> Iterator[Row]:
    """The rows of one line of a table: of its text columns, then of its column of ways to score."""
    cells = line.cells
    slots = [(cells[column], order) for order, column in enumerate(columns.text)]
    slots = [(cell, order) for cell, order in slots if cell.text and not cell.down and not cell.across]
    number = cells[columns.number] if columns.number is not None else Cell()
    labels = read_label(number.text) if not number.down else ()
    if number.text and not labels and not number.down:
        # a heading or a total merged over the number and the text
        text = " ".join(dict.fromkeys([number.text, *(cell.text for cell, _ in slots)]))
        slots = [(replace(number, text=text), 0)]
    level = cells[columns.level] if columns.level is not None else Cell()
    has_level = bool(level.text) and not level.down and not level.across
    if not slots and labels and not has_level:
        slots = [(Cell(""), 0)]
    evidence = cells[columns.evidence] if columns.evidence is not None else Cell()
    proof = "" if evidence.across else " ".join(evidence.text.split())
    notes = cells[columns.aside] if columns.aside is not None else Cell()
    aside = "" if notes.across else " ".join(notes.text.split())
    made = list(_slot_rows(line, slots, level if has_level else None, columns, wrapped))
    for order, row in enumerate(made):
        if not row.within and not row.level:
            row = replace(row, evidence=proof, aside=aside)
        if labels and not row.labels and not row.within and order == _numbered(made, outer):
            row = replace(row, labels=labels, printed=(number.text, *row.printed[1:]))
        yield row


def _numbered(made: Sequence[Row], outer: bool) -> int:
    """Which row of a line its number belongs to."""
    main = [order for order, row in enumerate(made) if not row.within and not row.level]
    return (main or [0])[0 if outer else -1]


def _slot_rows(
    line: Line, slots: list[tuple[Cell, int]], level: Cell | None, columns: Columns, wrapped: bool
) -> Iterator[Row]:
    points = _own(line, columns.points)
    detail = _own(line, columns.detail)
    all_cells = [cell for cell, _ in slots] + ([level] if level else [])
    owner = _owner(all_cells, level, points, detail)
    for order, cell in enumerate(all_cells):
        is_level = cell is level
        mine = points.text if order == owner else ""
        if detail.text and order == len(all_cells) - 1:
            mine = detail.text if owner != order else mine
        column = 0 if is_level else slots[order][1]
        rows = _items(cell.text, mine, line.place, wrapped, all_items=is_level)
        yield from (replace(row, level=is_level, column=column) for row in rows)


def _own(line: Line, column: int | None) -> Cell:
    cell = line.cells[column] if column is not None else Cell()
    return Cell() if cell.across or cell.down else cell


def _owner(cells: Sequence[Cell], level: Cell | None, points: Cell, detail: Cell) -> int:
    """Which cell of a line the points belong to: the one merged alike, else the criterion's."""
    if len(cells) < 2:
        return -1 if detail.text and level in cells and not points.text else 0
    alike = [order for order, cell in enumerate(cells) if cell.span == points.span]
    if points.span > 1 and alike:
        return alike[0]
    last_text = len(cells) - (2 if level else 1)
    if level and not detail.text and cells[last_text].span > 1:
        return len(cells) - 1
    return last_text


def _items(text: str, points: str, place: str, wrapped: bool, *, all_items: bool) -> Iterator[Row]:
    """The rows of a cell: its sentence and the items under it; `all_items` where there is no sentence."""
    pieces = _pieces(text, wrapped, all_items) or [""]
    apart = [_levels_apart(piece) if order or all_items else [piece] for order, piece in enumerate(pieces)]
    pieces = [part for parts in apart for part in parts]
    given = [part for part in points.split("\n") if part.strip()]
    if len(given) > 1 and len(given) == len(pieces):
        by_piece = given
    elif len(given) > 1 and len(given) == len(pieces) - 1:
        by_piece = ["", *given]
    else:
        by_piece = [" ".join(given), *[""] * (len(pieces) - 1)]
    for order, (piece, own) in enumerate(zip(pieces, by_piece, strict=True)):
        within = order > 0 and not all_items
        yield _item(piece, own, place, within)


def _item(piece: str, given: str, place: str, within: bool) -> Row:
    labels, text = split_label(piece)
    points = read_points(given)
    remarks = [points.doubt] if points.doubt else []
    shorter, inline = split_points(text)
    proportional = False
    if inline.value is not None and points.value is None:
        text, points = shorter or text, inline
    elif inline.value is not None and inline.value == points.value:
        text = shorter or text
    elif inline.value is not None and points.value is not None:
        said, column = vietnamese(inline.value), vietnamese(points.value)
        remarks.append(f"Trong câu ghi {said} điểm nhưng cột điểm ghi {column}; lấy theo cột điểm.")
    elif points.value is None:
        text, proportional = split_proportional(text)
        if re.search(r"theo\s+tỷ\s+lệ", given, re.IGNORECASE):
            proportional, remarks = True, []
    return Row(
        place,
        labels,
        " ".join(text.split()),
        points if points.value is not None else NONE,
        ("", piece, given),
        within=within,
        proportional=proportional,
        remarks=tuple(remarks),
    )


def _pieces(text: str, wrapped: bool, all_items: bool) -> list[str]:
    """The sentence of a cell and its items; a line that begins no item goes on with the one before."""
    pieces: list[str] = []
    for line in (part.strip() for part in text.split("\n")):
        if pieces and line and _begins_item(line, wrapped, all_items):
            pieces.append(line)
        elif line:
            pieces[-1:] = [f"{pieces[-1]} {line}" if pieces else line]
    return pieces


def _levels_apart(piece: str) -> list[str]:
    """The levels that one sentence tells, `Có: 2 điểm; không có: 0 điểm`; itself where it tells one."""
    for ends in (r"(?<=;)\s+", r"(?:(?<=điểm[.,;])|(?<=\dđ[.,;]))\s+"):
        parts = [part for part in re.split(ends, piece) if part.strip()]
        values = [split_points(split_label(part)[1])[1].value for part in parts]
        told = (v is not None or split_proportional(p)[1] for v, p in zip(values, parts, strict=True))
        if len(parts) > 1 and all(told) and any(value is not None for value in values):
            return [f"{part[:1].upper()}{part[1:]}" for part in parts]
    return [piece]


def _begins_item(line: str, wrapped: bool, all_items: bool) -> bool:
    labels, rest = split_label(line)
    if labels and rest:
        bullet = not labels[0].parts
        # "2021 - 2026" broken before the hyphen is no item
        return not (bullet and wrapped) or not rest[0].isdigit() or "%" in rest
    if wrapped:
        return False
    shorter, points = split_points(line)
    scored = (points.value is not None and bool(shorter)) or split_proportional(line)[1]
    return scored or (all_items and not line[0].islower())
