"""The workbook of several rounds: a line a round with live sums and shares, a line a unit, the doubts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from xlsxwriter import Workbook

from criteria.exact import as_float, share, thousandths
from evidence.placing import write_aside
from reports.sheet.page import Page, freeze, set_columns, set_up_print, write_marks, write_title
from reports.sheet.places import cell
from reports.sheet.styles import BOOK_OPTIONS, Styles
from reports.upward.gathering import DOUBT_WORDS, Doubt, Gathered, counts_of, labels_of
from reports.wording import NOT_GRADED

ROUNDS_SHEET, UNITS_SHEET, DOUBTS_SHEET = "Tổng hợp các đợt", "Các đơn vị", "Điều cần lưu ý"
_CREATED = datetime(2000, 1, 1)  # the same rounds give the same bytes
_UNIT_HEADS = ("STT", "Địa phương", "Khối", "Mã đơn vị", "Đơn vị", "Điểm tối đa", "Điểm cuối cùng",
               "Tỷ lệ (%)", "Xếp loại", "Hạng trong đợt")  # fmt: skip
_LABEL_WIDTH = 16.0  # of a grade's column at most: a longer one is wrapped
_UNIT_WIDTHS = (6.0, 24.0, 24.0, 12.0, 36.0, 9.0, 10.0, 9.0, 14.0, 9.0)


def write_upward(path: Path, found: Sequence[Gathered], doubts: Sequence[Doubt]) -> None:
    """Writes the workbook of gathered rounds; raises FileHeld where an old one is open elsewhere.

    Points are not compared between rounds: only numbers and shares of grades are summed up.
    """
    with write_aside(path) as aside:
        book = Workbook(str(aside), BOOK_OPTIONS)
        book.set_properties({"title": ROUNDS_SHEET, "author": "danvan", "created": _CREATED})
        styles = Styles(book)
        marks = tuple(dict.fromkeys(mark for own in found for mark in own.round.marks))
        if any(own.record["provisional"] for own in found):
            marks = (*marks, "Có đợt mới tạm tính, chưa thẩm định xong.")
        _write_rounds(book, styles, found, marks)
        _write_units(book, styles, found, marks)
        if doubts:
            _write_doubts(book, styles, doubts, marks)
        book.close()


def _title(found: Sequence[Gathered]) -> str:
    years = sorted({str(own.round.year) for own in found})
    return f"TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CÔNG TÁC DÂN VẬN CHÍNH QUYỀN NĂM {', '.join(years)}"


def _write_rounds(
    book: Workbook, styles: Styles, found: Sequence[Gathered], marks: tuple[str, ...]
) -> None:
    labels = labels_of(found)
    heads = ["STT", "Địa phương, cơ quan", "Bộ tiêu chí", "Số đơn vị"]
    widths = [6.0, 34.0, 30.0, 9.0]
    for label in labels:
        heads += [label, "Tỷ lệ (%)"]
        widths += [min(max(9.0, len(label) * 0.9), _LABEL_WIDTH), 9.0]
    heads.append(NOT_GRADED)
    widths.append(9.0)
    page = Page(book.add_worksheet(ROUNDS_SHEET), styles, widths)
    set_columns(page)
    write_title(page, _title(found), (), f"({len(found)} đợt đánh giá)")
    write_marks(page, marks)
    page.next_row(6)
    _head(page, heads)
    first = page.row
    for number, own in enumerate(found, 1):
        criteria = f"{own.record['criteria']['decision']} ({own.record['criteria']['id']})"
        row = page.next_row(max(20, page.fit(own.round.plan.locality, 1), page.fit(criteria, 2)))
        page.sheet.write_number(row, 0, number, styles("centre"))
        page.sheet.write_string(row, 1, own.round.plan.locality, styles("text"))
        page.sheet.write_string(row, 2, criteria, styles("text"))
        counts = counts_of(own, labels)
        page.sheet.write_number(row, 3, len(own.record["units"]), styles("number"))
        for index, label in enumerate(labels):
            page.sheet.write_number(row, 4 + 2 * index, counts[label], styles("number"))
            _share(page, row, 5 + 2 * index, counts[label], len(own.record["units"]), "number")
        rest = "-".join([cell(row, 3), *(cell(row, 4 + 2 * index) for index in range(len(labels)))])
        page.sheet.write_formula(row, page.last, f"={rest}", styles("number"), counts[""])
    _write_total(page, first, found, labels)
    set_up_print(page, marks)
    freeze(page, first, 2, page.height)


def _write_total(page: Page, first: int, found: Sequence[Gathered], labels: Sequence[str]) -> None:
    last = page.row - 1
    row = page.next_row(20)
    page.put(row, 0, 2, "Cộng", page.styles("bold_text"))
    units = sum(len(own.record["units"]) for own in found)
    counts = {label: sum(counts_of(own, labels)[label] for own in found) for label in (*labels, "")}
    columns = {3: units, page.last: counts[""]}
    columns |= {4 + 2 * index: counts[label] for index, label in enumerate(labels)}
    for column, value in sorted(columns.items()):
        formula = f"=SUM({cell(first, column)}:{cell(last, column)})"
        page.sheet.write_formula(row, column, formula, page.styles("bold_number"), value)
    for index, label in enumerate(labels):
        _share(page, row, 5 + 2 * index, counts[label], units, "bold_number")


def _share(page: Page, row: int, column: int, part: int, whole: int, style: str) -> None:
    """The share of the count to the left among the row's units, two decimals, half up."""
    one, all_ = cell(row, column - 1), cell(row, 3)
    value = int(share(np.array([part]), np.array([max(whole, 1)]), 2, "half_up")[0])
    formula = f'=IF({all_}=0,"",ROUND({one}*100/{all_},2))'
    stored = as_float(value) if whole else ""
    page.sheet.write_formula(row, column, formula, page.styles(style, num_format="0.00"), stored)


def _write_units(book: Workbook, styles: Styles, found: Sequence[Gathered], marks: tuple[str, ...]) -> None:
    page = Page(book.add_worksheet(UNITS_SHEET), styles, _UNIT_WIDTHS)
    set_columns(page)
    write_title(page, _title(found), ("Danh sách đơn vị",), "(Hạng là hạng trong khối của từng đợt)")
    write_marks(page, marks)
    page.next_row(6)
    _head(page, _UNIT_HEADS)
    first, number = page.row, 0
    for own in found:
        for unit in own.record["units"]:
            number += 1
            block = own.round.blocks.get(unit["block"], unit["block"])
            texts = (own.round.plan.locality, block, unit["code"], unit["name"])
            heights = [page.fit(text, column) for column, text in enumerate(texts, 1)]
            row = page.next_row(max(18, *heights, page.fit(unit["grade"] or "", 8)))
            page.sheet.write_number(row, 0, number, styles("centre"))
            for column, text in enumerate(texts, 1):
                page.sheet.write_string(row, column, text, styles("text"))
            _number(page, row, 5, unit["max"])
            _number(page, row, 6, unit["final"], "0.00#")
            _number(page, row, 7, unit["percent"], "0.00")
            page.sheet.write_string(row, 8, unit["grade"] or "", styles("centre"))
            _number(page, row, 9, None if unit["rank"] is None else str(unit["rank"]))
    page.sheet.autofilter(first - 1, 0, page.row - 1, page.last)
    page.sheet.ignore_errors({"number_stored_as_text": f"D{first + 1}:D{page.row}"})
    set_up_print(page, marks)
    page.sheet.repeat_rows(first - 1)
    freeze(page, first, 5, 200)


def _number(page: Page, row: int, column: int, text: str | None, shown: str = "General") -> None:
    style = page.styles("number", num_format=shown)
    if text is None:
        page.sheet.write_blank(row, column, None, style)
    else:
        page.sheet.write_number(row, column, as_float(thousandths(text)), style)


def _write_doubts(book: Workbook, styles: Styles, doubts: Sequence[Doubt], marks: tuple[str, ...]) -> None:
    page = Page(book.add_worksheet(DOUBTS_SHEET), styles, (10.0, 30.0, 70.0, 60.0))
    set_columns(page)
    page.line("ĐIỀU CẦN LƯU Ý KHI DÙNG BẢNG TỔNG HỢP", "title")
    page.next_row(6)
    _head(page, ("Mức", "Đợt", "Vấn đề", "Cách xử lý"))
    for doubt in doubts:
        texts = (DOUBT_WORDS[doubt.severity], doubt.round, doubt.text, doubt.fix)
        row = page.next_row(max(18, *(page.fit(text, at) for at, text in enumerate(texts))))
        for column, text in enumerate(texts):
            page.sheet.write_string(row, column, text, styles("text"))
    set_up_print(page, marks)


def _head(page: Page, heads: Sequence[str]) -> None:
    row = page.next_row(max(page.fit(text, at, style="head") for at, text in enumerate(heads)))
    for column, text in enumerate(heads):
        page.sheet.write_string(row, column, text, page.styles("head"))
