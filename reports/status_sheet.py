"""The workbook `ket-qua/tinh-hinh.xlsx`: where a round stands, to be printed or passed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from criteria.document import vietnamese_date
from criteria.exact import as_float, vietnamese
from evidence.placing import write_aside
from evidence.registers.receipts import KIND_WORDS, Receipt
from evidence.registers.values import moment_text
from evidence.status import STATE_WORDS, Duty, Standing, Status, status_json
from evidence.status_text import progress_words, when_words
from reports.sheet.page import Page, freeze, set_columns, set_up_print, write_marks, write_title
from reports.sheet.styles import BOOK_OPTIONS, Styles, percent_format

SHEET_NAME = "tinh-hinh.xlsx"
WHOLE, UNITS = "Tình hình", "Từng đơn vị"
_CREATED = datetime(2000, 1, 1)
_WHOLE_WIDTHS = (34.0, 12.0, 12.0, 14.0, 12.0, 12.0, 12.0, 16.0, 16.0)
_UNIT_WIDTHS = (5.0, 12.0, 34.0, 17.0, 20.0, 10.0, 12.0, 10.0, 10.0, 10.0)
_DUTY_WIDTH = 17.0


def write_status(path: Path, status: Status) -> None:
    """Writes the workbook; raises FileHeld where an old one is open in Excel."""
    with write_aside(path) as aside:
        book = Workbook(str(aside), BOOK_OPTIONS)
        book.set_properties({"title": WHOLE, "author": "danvan", "created": _CREATED})
        styles = Styles(book)
        _write_whole(Page(book.add_worksheet(WHOLE), styles, _WHOLE_WIDTHS), status)
        others = [item for item in status.duties if item.concerned and not _is_dossier(item, status)]
        widths = (*_UNIT_WIDTHS, *(_DUTY_WIDTH for _ in others))
        _write_units(Page(book.add_worksheet(UNITS), styles, widths), status, others)
        book.close()


def _is_dossier(duty: Duty, status: Status) -> bool:
    """Whether the duty stands in the columns of the dossier, which a round that scores has."""
    return status.scored and duty.deadline.kind == "dossier"


def _open(page: Page, status: Status, title: str) -> Sequence[str]:
    set_columns(page)
    round_ = status.round
    basis = f"(Tính đến ngày {vietnamese_date(status.today)})"
    write_title(page, f"{title} {round_.title.upper()}", (), basis)
    marks = (*round_.marks, *round_.warnings)
    write_marks(page, marks)
    page.next_row(8)
    return round_.marks


def _write_whole(page: Page, status: Status) -> None:
    marks = _open(page, status, "TÌNH HÌNH")
    if status.duties:
        page.line("1. Việc có thời hạn", "section")
        _heads(page, [(0, 2, "Việc"), (3, 3, "Loại"), (4, 4, "Hết ngày"), (5, 5, "Còn lại"),
                      (6, 6, "Đã nhận"), (7, 7, "Gửi chậm"), (8, 8, "Chưa có")])  # fmt: skip
        for duty in status.duties:
            _duty_row(page, duty, status)
        page.next_row(8)
    if status.scored:
        page.line(f"{2 if status.duties else 1}. Hồ sơ chấm điểm theo khối", "section")
        _blocks(page, status)
        page.next_row(8)
        if status.round.plan.appraisers:
            page.line(f"{3 if status.duties else 2}. Thẩm định", "section")
            _heads(page, [(0, 3, "Cơ quan thẩm định"), (4, 5, "Số tiêu chí phải thẩm định"),
                          (6, 7, "Đã thẩm định"), (8, 8, "Còn lại")])  # fmt: skip
            for item in status.round.plan.appraisers:
                done, due = status.by_appraiser[item.id]
                _row(page, [(0, 3, item.name), (4, 5, due), (6, 7, done), (8, 8, due - done)])
    set_up_print(page, marks)


def _duty_row(page: Page, duty: Duty, status: Status) -> None:
    deadline = duty.deadline
    counts: list[object] = ["-", "-", "-"]
    if duty.concerned:
        done = len(duty.concerned) - len(duty.missing)
        counts = [f"{done}/{len(duty.concerned)}", len(duty.late), len(duty.missing)]
    day = vietnamese_date(deadline.last_day)
    words = (deadline.what, KIND_WORDS[deadline.kind], day, when_words(duty, status))
    places = ((0, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8))
    _row(page, [(*place, cell) for place, cell in zip(places, (*words, *counts), strict=True)])


def _blocks(page: Page, status: Status) -> None:
    names = ("Khối", "Số đơn vị", "Đã gửi", "Gửi chậm", "Trả lại", "Chưa có tệp", "Chưa gửi",
             "Tiêu chí đã thẩm định", "Tỷ lệ bình quân hiện tại (%)")  # fmt: skip
    _heads(page, [(index, index, name) for index, name in enumerate(names)])
    whole = status_json(status)
    for row in (*whole["blocks"], {"title": "Tổng số", **whole["totals"]}):
        average = status.so_far.averages.get(row.get("block", ""))
        counts = [row[key] for key in ("units", "sent", "late", "returned", "recorded", "not_sent")]
        cells: list[object] = [row["title"], *counts, progress_words(row["appraised"], row["due"])]
        cells.append("" if average is None else vietnamese(average, 2))
        _row(page, [(index, index, cell) for index, cell in enumerate(cells)], bold="block" not in row)


def _write_units(page: Page, status: Status, others: Sequence[Duty]) -> None:
    marks = _open(page, status, "TỪNG ĐƠN VỊ -")
    names = ["STT", "Mã đơn vị", "Tên đơn vị", "Tình trạng", "Nhận hồ sơ", "Chậm (ngày)", "Đã thẩm định",
             "Điểm tự chấm", "Điểm hiện tại", "Tỷ lệ %"]  # fmt: skip
    names += [item.deadline.what for item in others]
    _heads(page, [(index, index, name) for index, name in enumerate(names)])
    head = page.row
    for number, item in enumerate(status.units, 1):
        cells = [*_unit_cells(number, item, status), *(_duty_cell(duty, item) for duty in others)]
        _row(page, [(index, index, cell) for index, cell in enumerate(cells)], texts=(1, 2, 4))
    page.sheet.repeat_rows(head - 1)
    freeze(page, head, 3, page.height)
    set_up_print(page, marks)


def _unit_cells(number: int, item: Standing, status: Status) -> Iterator[object]:
    points = status.so_far.units.get(item.unit.code, (None, None, None))
    yield from (number, item.unit.code, item.unit.name)
    yield STATE_WORDS[item.state]
    yield _receipt_words(item.receipt)
    yield item.late or ""
    yield progress_words(item.done, item.due)
    for value in points:
        yield "" if value is None else _Thousandths(value)


def _duty_cell(duty: Duty, item: Standing) -> str:
    code = item.unit.code
    if item.unit not in duty.concerned:
        return "-"
    receipt = duty.receipts.get(code)
    if receipt is None:
        return "chưa có"
    late = f", chậm {duty.late[code]} ngày" if code in duty.late else ""
    return f"{moment_text(receipt.day)}{late}"


def _receipt_words(receipt: Receipt | None) -> str:
    if receipt is None:
        return ""
    words = {"register": "", "round": " (dot.yaml)", "file": " (giờ của tệp)"}[receipt.source]
    return moment_text(receipt.day, receipt.hour) + words


class _Thousandths(int):
    """Points or a percentage to be written as a number."""


def _heads(page: Page, cells: Sequence[tuple[int, int, str]]) -> None:
    row = page.next_row(max(page.fit(text, first, last, "head") for first, last, text in cells))
    for first, last, text in cells:
        page.put(row, first, last, text, page.styles("head"))


def _row(
    page: Page, cells: Sequence[tuple[int, int, Any]], bold: bool = False, texts: Sequence[int] = (0,)
) -> None:
    """A row of the table; texts stand left, everything else in the middle."""
    left, middle = ("bold_text", "bold_number") if bold else ("text", "centre")
    said = [(first, last, value) for first, last, value in cells if isinstance(value, str)]
    row = page.next_row(max(page.fit(text, first, last) for first, last, text in said) if said else 18)
    for first, last, value in cells:
        style = page.styles(left if first in texts else middle)
        if isinstance(value, _Thousandths):
            number = page.styles(middle, num_format=percent_format(2))
            page.sheet.write_number(row, first, as_float(int(value)), number)
        elif isinstance(value, str):
            page.put(row, first, last, value, style)
        else:
            if last > first:
                page.sheet.merge_range(row, first, row, last, "", style)
            page.sheet.write_number(row, first, value, style)
