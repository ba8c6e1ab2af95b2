"""The first sheet of an appraiser's workbook: who, how to fill it in, how far each sheet is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from criteria.document import vietnamese_date
from criteria.exact import as_float
from criteria.model import Appraiser
from evidence.appraisal.formulas import column
from evidence.appraisal.layout import (
    DAY,
    DONE,
    FIELD_COLUMN,
    KPS,
    NO_POINTS,
    NO_REASON,
    PERSON,
    WAITING,
    WRONG,
    Mode,
)
from evidence.appraisal.sheets import Part, Span
from evidence.form.sheets import PROTECTION, set_page, set_widths, write_marks
from evidence.form.styles import Styles, row_height
from evidence.round import Round

_HEADS = ("Trang", "Nội dung", "Điểm tối đa", "Cần chấm", "Đã chấm", "Chưa chấm", "Cần sửa")
_WIDTHS = (16.0, 58.0, 9.0, 9.0, 9.0, 9.0, 9.0)
_LAST = len(_WIDTHS) - 1


@dataclass(frozen=True)
class Signed:
    """Who filled the workbook in, and on which day (dd/mm/yyyy), as far as it came back."""

    person: str = ""
    day: str = ""


def write_overview(
    sheet: Worksheet,
    styles: Styles,
    round_: Round,
    appraiser: Appraiser,
    mode: Mode,
    parts: Sequence[Part],
    spans: Sequence[Span],
    signed: Signed,
) -> None:
    """Writes the whole sheet; `spans` tell where the rows of each part stand."""
    set_widths(sheet, _WIDTHS)
    row = _write_title(sheet, styles, round_, appraiser)
    row = _write_fields(sheet, styles, row + 1, signed)
    row = _write_guide(sheet, styles, round_, mode, row + 1)
    heading = row + 1
    for index, text in enumerate(_HEADS):
        sheet.write_string(heading, index, text, styles["head"])
    sheet.set_row(heading, 32)
    first = heading + 1
    for number, (part, span) in enumerate(zip(parts, spans, strict=True), first):
        _write_line(sheet, styles, round_, mode, part, span, number)
    last = heading + len(parts)
    _write_total(sheet, styles, parts, first, last)
    sheet.freeze_panes(0, 0)
    sheet.protect("", PROTECTION)
    sheet.print_area(0, 0, last + 1, _LAST)
    set_page(sheet, round_.marks, landscape=False)


def _write_title(sheet: Worksheet, styles: Styles, round_: Round, appraiser: Appraiser) -> int:
    """What the workbook is, on what basis, with the marks; gives the next free row."""
    role = "chủ trì" if appraiser.role == "lead" else "phối hợp"
    basis = f"(Theo {round_.criteria.decision.document.named}; {round_.plan.document.named})"
    lines = (
        (f"PHIẾU THẨM ĐỊNH ĐIỂM CÔNG TÁC DÂN VẬN CHÍNH QUYỀN NĂM {round_.year}", "title"),
        (f"Cơ quan thẩm định ({role}): {appraiser.name}", "centre_bold"),
        (round_.title, "centre"),
        (basis, "centre"),
    )
    for row, (text, style) in enumerate(lines):
        sheet.merge_range(row, 0, row, _LAST, "", styles[style])
        sheet.write_string(row, 0, text, styles[style])
    return write_marks(sheet, styles, round_, len(lines), _WIDTHS)


def _write_fields(sheet: Worksheet, styles: Styles, row: int, signed: Signed) -> int:
    """The cells for the person and the day; gives the next free row."""
    for label, value in ((PERSON, signed.person), (DAY, signed.day)):
        sheet.merge_range(row, 0, row, FIELD_COLUMN - 1, "", styles["total_label"])
        sheet.write_string(row, 0, label, styles["total_label"])
        sheet.merge_range(row, FIELD_COLUMN, row, _LAST, "", styles["fill_text"])
        sheet.write_string(row, FIELD_COLUMN, value, styles["fill_text"])
        row += 1
    return row


def _write_guide(sheet: Worksheet, styles: Styles, round_: Round, mode: Mode, row: int) -> int:
    """How to fill the workbook in; gives the next free row."""
    sheet.write_string(row, 0, "Cách điền", styles["section"])
    each = (
        "Mỗi tiêu chí một trang, gồm tất cả đơn vị, để so sánh các đơn vị với nhau khi chấm."
        if mode == "criterion"
        else "Mỗi đơn vị một trang, gồm tất cả tiêu chí được giao."
    )
    grading = next((item for item in round_.plan.deadlines if item.kind == "grading"), None)
    lines = [
        f"{each} Chỉ điền các ô nền vàng: cột “Điểm thẩm định” và “Lý do”; các ô khác đã khóa.",
        "Điểm chọn trong danh sách hoặc gõ số (8,5 hoặc 8.5) trong khung và mức điểm ghi ở đầu trang. "
        f"Ghi {KPS} nếu không phát sinh, ở tiêu chí cho phép.",
        "Phải ghi lý do khi điểm thẩm định khác điểm tự chấm, kể cả khi đơn vị chưa kê khai hoặc ghi không "
        "phát sinh mà được chấm điểm.",
        "Đồng ý với điểm tự chấm của nhiều đơn vị: chép (Copy) các ô ở cột “Điểm tự chấm” rồi dán riêng "
        "giá trị (Paste Special, Values) vào cột “Điểm thẩm định”.",
        "Ô để trống là chưa chấm, không phải 0 điểm. Cột “Kiểm tra” báo ngay dòng thiếu lý do hoặc sai.",
        "Không đổi tên trang, không thêm, xóa, đổi chỗ dòng và cột. Điền xong, lưu và gửi tệp về cơ quan "
        "chủ trì để đặt vào thư mục “tham-dinh” của đợt; tên tệp tùy ý.",
    ]
    if grading:
        lines.append(
            f"Thời hạn: {grading.what}, hết ngày {vietnamese_date(grading.last_day)} "
            f"(mục {', '.join(grading.cite)} của kế hoạch)."
        )
    for number, line in enumerate(lines, 1):
        row += 1
        text = f"{number}. {line}"
        sheet.merge_range(row, 0, row, _LAST, "", styles["wrapped"])
        sheet.write_string(row, 0, text, styles["wrapped"])
        sheet.set_row(row, row_height((text, sum(_WIDTHS))))
    return row + 1


def _write_line(
    sheet: Worksheet, styles: Styles, round_: Round, mode: Mode, part: Part, span: Span, row: int
) -> None:
    """One sheet of the workbook: a link, what it is about, how far it is."""
    first = part.rows[0]
    text = first.leaf.title if mode == "criterion" else first.unit.name
    name = part.name.replace("'", "''")
    sheet.write_url(row, 0, f"internal:'{name}'!A1", styles["centred"], part.name)
    sheet.write_string(row, 1, text, styles["text"])
    sheet.set_row(row, row_height((text, _WIDTHS[1])))
    top = first.leaf.top if mode == "criterion" else sum(item.leaf.top for item in part.rows)
    sheet.write_number(row, 2, as_float(top), styles["centred"])
    checks = column(span.first, span.last, "check", part.name)
    here = row + 1
    formulas = (
        (f'=SUMPRODUCT(--({checks}<>""))', part.asked),
        (f'=COUNTIF({checks},"{DONE}")', part.count(DONE)),
        (f'=COUNTIF({checks},"{WAITING}")', part.count(WAITING)),
        (f"=D{here}-E{here}-F{here}", part.count(NO_REASON, NO_POINTS, WRONG)),
    )
    for index, (formula, value) in enumerate(formulas, 3):
        sheet.write_formula(row, index, formula, styles["centred"], value)


def _write_total(sheet: Worksheet, styles: Styles, parts: Sequence[Part], first: int, last: int) -> None:
    row = last + 1
    sheet.merge_range(row, 0, row, 2, "", styles["total_label"])
    sheet.write_string(row, 0, "Tổng số", styles["total_label"])
    values = (
        sum(part.asked for part in parts),
        *(
            sum(part.count(*words) for part in parts)
            for words in ((DONE,), (WAITING,), (NO_REASON, NO_POINTS, WRONG))
        ),
    )
    for index, value in enumerate(values, 3):
        letter = "ABCDEFG"[index]
        formula = f"=SUM({letter}{first + 1}:{letter}{last + 1})"
        sheet.write_formula(row, index, formula, styles["total"], value)
