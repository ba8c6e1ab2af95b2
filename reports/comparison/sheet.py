"""A comparison of two rounds as a workbook: units by block, criteria, units that are gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from criteria.exact import as_float
from evidence.placing import write_aside
from reports.comparison.compare import Comparison, Place, UnitThenAndNow
from reports.comparison.notes import notes
from reports.comparison.words import RELATION_WORDS, by_block, grade
from reports.sheet.page import Page, freeze, set_columns, set_up_print, write_marks, write_title
from reports.sheet.styles import BOOK_OPTIONS, Styles
from reports.wording import subject

UNITS_SHEET, CRITERIA_SHEET = "So sánh đơn vị", "So sánh tiêu chí"
_CREATED = datetime(2000, 1, 1)  # the day of the run would change the bytes
_WIDTHS = (11.0, 34.0, 22.0, 9.0, 9.0, 9.0, 13.0, 13.0, 8.0, 8.0, 9.0)
_HEADS = (
    *("Mã", "Đơn vị", "Liên hệ với đợt cũ", "Tỷ lệ % cũ", "Tỷ lệ % mới", "Tăng, giảm"),
    *("Xếp loại cũ", "Xếp loại mới", "Hạng cũ", "Hạng mới", "Tăng, giảm hạng"),
)
_TREND_WIDTHS = (9.0, 66.0, 10.0, 10.0, 12.0, 12.0, 10.0, 10.0)
_TREND_HEADS = (
    *("Tiêu chí", "Tên tiêu chí", "Điểm tối đa", "Số đơn vị"),
    *("Bình quân cũ", "Bình quân mới", "Số tăng", "Số giảm"),
)


def write_comparison(path: Path, done: Comparison) -> None:
    """Writes the workbook; raises FileHeld where an old one is open in Excel."""
    with write_aside(path) as aside:
        book = Workbook(str(aside), BOOK_OPTIONS)
        title = _title(done)
        book.set_properties({"title": title, "author": "danvan", "created": _CREATED})
        styles = Styles(book)
        _write_units(Page(book.add_worksheet(UNITS_SHEET), styles, _WIDTHS), done)
        if done.trends:
            _write_trends(Page(book.add_worksheet(CRITERIA_SHEET), styles, _TREND_WIDTHS), done)
        book.close()


def _title(done: Comparison) -> str:
    return f"So sánh kết quả {subject(done.new.round)} với năm {done.old.round.year}"


def _write_head(page: Page, done: Comparison, heads: Sequence[str]) -> int:
    """Title, what the reader must know and the heading of the table; gives the heading's row."""
    set_columns(page)
    old, new = done.old.round, done.new.round
    under = f"(Đợt cũ: {old.id}, năm {old.year}; đợt mới: {new.id}, năm {new.year})"
    write_title(page, _title(done).upper(), (), under)
    write_marks(page, [*dict.fromkeys([*new.marks, *old.marks]), *notes(done)])
    page.next_row(6)
    row = page.next_row(max(page.fit(text, at, style="head") for at, text in enumerate(heads)))
    for column, text in enumerate(heads):
        page.sheet.write_string(row, column, text, page.styles("head"))
    return row


def _write_units(page: Page, done: Comparison) -> None:
    head = _write_head(page, done, _HEADS)
    height = page.height
    titles = done.new.round.blocks
    for block, units in by_block(done).items():
        row = page.next_row(20)
        page.put(row, 0, page.last, titles.get(block, block), page.styles("block"))
        for unit in units:
            _write_unit(page, unit)
    if done.gone:
        row = page.next_row(20)
        page.put(row, 0, page.last, "Đơn vị của đợt cũ không còn ở đợt mới", page.styles("block"))
        for place in done.gone:
            _write_line(page, place.code, place.name, "", place, None)
    _finish(page, done, head, height)


def _write_unit(page: Page, unit: UnitThenAndNow) -> None:
    alone = unit.relation in ("same", "renamed")
    relation = RELATION_WORDS[unit.relation]
    if unit.documents:
        relation = f"{relation} ({'; '.join(unit.documents)})"
    row = _write_line(
        page, unit.now.code, unit.now.name, relation, unit.before[0] if alone else None, unit.now
    )
    if unit.percent is not None:
        page.sheet.write_number(
            row, 5, as_float(unit.percent), page.styles("number", num_format="+0.00;-0.00;0.00")
        )
    if unit.rank is not None:
        page.sheet.write_number(row, 10, unit.rank, page.styles("number", num_format="+0;-0;0"))
    for place in () if alone else unit.before:
        _write_line(page, place.code, place.name, "đơn vị cũ", place, None, indent=2, italic=True)


def _write_line(
    page: Page,
    code: str,
    name: str,
    relation: str,
    old: Place | None,
    new: Place | None,
    indent: int = 1,
    italic: bool = False,
) -> int:
    """A line with its places then and now; gives its row."""
    text = page.styles("text", indent=indent, italic=italic)
    grades = [page.fit(grade(place), at) for place, at in ((old, 6), (new, 7)) if place]
    told = (page.fit(code, 0), page.fit(name, 1, indent=indent), page.fit(relation, 2))
    row = page.next_row(max([20, *told, *grades]))
    page.sheet.write_string(row, 0, code, page.styles("centre", italic=italic))
    page.sheet.write_string(row, 1, name, text)
    page.sheet.write_string(row, 2, relation, page.styles("text", italic=italic))
    number = page.styles("number", num_format="0.00", italic=italic)
    centre = page.styles("centre", italic=italic)
    for place, columns in ((old, (3, 6, 8)), (new, (4, 7, 9))):
        for column in columns:
            page.sheet.write_blank(row, column, None, centre)
        if place is None:
            continue
        if place.percent is not None:
            page.sheet.write_number(row, columns[0], as_float(place.percent), number)
        page.sheet.write_string(row, columns[1], grade(place), centre)
        if place.rank is not None:
            page.sheet.write_number(row, columns[2], place.rank, centre)
    for column in (5, 10):
        page.sheet.write_blank(row, column, None, centre)
    return row


def _write_trends(page: Page, done: Comparison) -> None:
    head = _write_head(page, done, _TREND_HEADS)
    height = page.height
    for item in done.trends:
        row = page.next_row(max(20, page.fit(item.title, 1)))
        page.sheet.write_string(row, 0, item.criterion, page.styles("centre"))
        page.sheet.write_string(row, 1, item.title, page.styles("text"))
        decimal = page.styles("number", num_format="0.00")
        for column, value in ((2, item.top), (4, item.old), (5, item.new)):
            page.sheet.write_number(row, column, as_float(value), decimal)
        for column, count in ((3, item.units), (6, item.up), (7, item.down)):
            page.sheet.write_number(row, column, count, page.styles("number"))
    _finish(page, done, head, height)


def _finish(page: Page, done: Comparison, head: int, height: float) -> None:
    set_up_print(page, done.new.round.marks)
    page.sheet.repeat_rows(head)
    freeze(page, head + 1, 2, height)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{head + 2}:A{page.row}"})
