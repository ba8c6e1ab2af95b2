"""The sheet `Khống chế`: what was applied beside the points, why, on what basis."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from evidence.round import Round
from reports.sheet.page import Page, freeze, set_columns, set_up_print, write_marks, write_title
from reports.sheet.styles import Styles
from reports.standing import Standing, in_rank_order
from reports.wording import NOT_GRADED, basis_line, subject
from scoring.limits import AppliedLimit
from scoring.results import Results

LIMITS_SHEET = "Khống chế"
NOTHING_APPLIED = "Không có đơn vị nào bị áp dụng quy định khống chế xếp loại hoặc hệ quả."
CONSEQUENCE = "Hệ quả, không đổi điểm và xếp loại"
_HEADS = ("STT", "Mã đơn vị", "Đơn vị", "Quy định áp dụng và lý do", "Trước", "Sau", "Căn cứ")
_WIDTHS = (6.0, 11.0, 34.0, 60.0, 14.0, 14.0, 40.0)
_CENTRED = (0, 1, 4, 5)


def write_limits(
    sheet: Worksheet, styles: Styles, round_: Round, results: Results, marks: tuple[str, ...]
) -> None:
    """Writes the sheet: a row for each limit of each unit, in the order in which they were applied."""
    page = Page(sheet, styles, _WIDTHS)
    set_columns(page)
    title = f"KHỐNG CHẾ XẾP LOẠI VÀ HỆ QUẢ - {subject(round_).upper()}"
    write_title(page, title, (), basis_line(round_))
    write_marks(page, marks)
    page.next_row(6)
    found = [
        (unit, applied)
        for units in in_rank_order(results).values()
        for unit in units
        for applied in unit.limits
    ]
    if not found:
        page.line(NOTHING_APPLIED, "section")
        set_up_print(page, marks)
        return
    head = page.next_row(20)
    for column, text in enumerate(_HEADS):
        sheet.write_string(head, column, text, styles("head"))
    head_height = page.height
    for number, (unit, applied) in enumerate(found, 1):
        _write_line(page, number, unit, applied)
    set_up_print(page, marks)
    sheet.repeat_rows(head)
    freeze(page, head + 1, 3, head_height)
    sheet.ignore_errors({"number_stored_as_text": f"B{head + 2}:B{head + 1 + len(found)}"})


def _write_line(page: Page, number: int, unit: Standing, applied: AppliedLimit) -> None:
    consequence = applied.limit.act == "consequence"
    texts = {1: unit.code, 2: unit.name, 3: f"{applied.text}.", 6: applied.basis}
    if not consequence:
        texts |= {4: applied.before or NOT_GRADED, 5: applied.after or NOT_GRADED}
    heights = [page.fit(text, column) for column, text in texts.items()]
    if consequence:
        heights.append(page.fit(CONSEQUENCE, 4, 5, "silent"))
    row = page.next_row(max(20, *heights))
    page.sheet.write_number(row, 0, number, page.styles("centre"))
    for column, text in texts.items():
        page.sheet.write_string(row, column, text, page.styles("centre" if column in _CENTRED else "text"))
    if consequence:
        page.put(row, 4, 5, CONSEQUENCE, page.styles("silent"))
