"""The sheets of a form around the criteria: guide, identity, evidence list, hidden fingerprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from criteria.model import Unit
from evidence.form.cells import LONGEST_TEXT, Pen, write_typed
from evidence.form.filling import FormDocument
from evidence.form.footer import page_footer
from evidence.form.styles import Styles, row_height
from evidence.layout import (
    CRITERIA_SHEET,
    EVIDENCE_COLUMNS,
    EVIDENCE_ROWS,
    EVIDENCE_SHEET,
    FORM_LAYOUT,
    FORM_MARK,
    HIDDEN_SHEET,
    UNIT_FIELDS,
    UNIT_FIELDS_TO_FILL,
    UNIT_SHEET,
    column_letter,
    positions,
)
from evidence.problems import At
from evidence.round import Round

LIST_COLUMN = 3  # first column of the hidden sheet's lists
PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def set_page(
    sheet: Worksheet,
    marks: Sequence[str],
    *,
    landscape: bool,
    heading_rows: tuple[int, int] | None = None,
) -> None:
    """A4, fitted to the page's width, marks and page numbers in the footer, repeated heads."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer(page_footer(marks, sheet_name=True))
    sheet.hide_gridlines(2)
    if heading_rows:
        sheet.repeat_rows(*heading_rows)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Sets the widths (characters) of the first columns."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def write_marks(sheet: Worksheet, styles: Styles, round_: Round, row: int, widths: Sequence[float]) -> int:
    """Writes the sentences that every sheet must carry, across columns of these widths.

    Gives the next free row.
    """
    last_column, width = len(widths) - 1, sum(widths)
    for text in round_.marks:
        sheet.merge_range(row, 0, row, last_column, "", styles["mark"])
        sheet.write_string(row, 0, text, styles["mark"])
        sheet.set_row(row, row_height((text, width)))
        row += 1
    return row


def write_guide_sheet(sheet: Worksheet, styles: Styles, round_: Round, unit: Unit) -> None:
    """The sheet that says how to fill the form, until when, and to whom it goes."""
    widths = (4.0, 100.0)
    set_widths(sheet, widths)
    sheet.merge_range(0, 0, 0, 1, "", styles["title"])
    sheet.write_string(0, 0, "HƯỚNG DẪN ĐIỀN BIỂU MẪU TỰ CHẤM ĐIỂM", styles["title"])
    row = write_marks(sheet, styles, round_, 1, widths) + 1
    for title, lines in _guide(round_, unit):
        sheet.write_string(row, 0, title, styles["section"])
        row += 1
        for number, line in enumerate(lines, 1):
            sheet.write_string(row, 0, f"{number}.", styles["wrapped"])
            sheet.write_string(row, 1, line, styles["wrapped"])
            sheet.set_row(row, row_height((line, widths[1])))
            row += 1
        row += 1
    sheet.protect("", PROTECTION)
    set_page(sheet, round_.marks, landscape=False)


def _guide(round_: Round, unit: Unit) -> Iterator[tuple[str, list[str]]]:
    lead = next((a.name for a in round_.plan.appraisers if a.role == "lead"), "cơ quan chủ trì")
    yield (
        "Cách điền",
        [
            f"Điền các ô nền vàng ở ba trang “{UNIT_SHEET}”, “{CRITERIA_SHEET}” và “{EVIDENCE_SHEET}”. "
            "Các ô khác đã khóa; điểm tự chấm được tính ngay khi điền.",
            "Số lẻ ghi bằng dấu phẩy hoặc dấu chấm (8,5 hoặc 8.5); chỉ ghi số, "
            "không ghi kèm chữ “điểm”, “người”.",
            "Ô kê khai có danh sách thì chọn trong danh sách. "
            "Cột “Số liệu cần kê khai” nói rõ (a), (b) là gì.",
            "Không làm được thì ghi 0 hoặc chọn mức thấp nhất; không để trống. "
            "Ô để trống được coi là chưa kê khai.",
            "Trong năm không có việc đó thì ghi “x” ở cột “Không phát sinh” và để trống ô kê khai. "
            "Ô màu xám là tiêu chí không được ghi không phát sinh.",
            f"Liệt kê văn bản, tài liệu ở trang “{EVIDENCE_SHEET}”, rồi ghi số thứ tự của chúng vào cột "
            "“Minh chứng số”, ví dụ: 1; 3. Tiêu chí báo “Thiếu minh chứng” có thể không được tính điểm.",
            "Không đổi tên tệp, không thêm, xóa, đổi chỗ cột. Tệp gửi đi giữ tên "
            f"“{unit.code}.xlsx”; tài liệu kèm theo để trong thư mục “{unit.code}”.",
        ],
    )
    deadlines = [
        f"{deadline} (mục {', '.join(deadline.cite)} của kế hoạch)" for deadline in round_.plan.deadlines
    ]
    if deadlines:
        yield "Thời hạn", deadlines
    act = round_.criteria.decision.document
    yield (
        "Căn cứ và nơi nhận",
        [
            f"Bộ tiêu chí: {act.named}.",
            f"Kế hoạch: {round_.plan.document.named}.",
            f"Nơi nhận hồ sơ: {lead}.",
        ],
    )


def known_details(round_: Round, unit: Unit) -> dict[str, str]:
    """What the office knows of a unit, by the keys of `UNIT_FIELDS`."""
    return {
        "code": unit.code,
        "name": unit.name,
        "type": round_.criteria.unit_types[unit.type],
        "block": round_.blocks[unit.block],
        "year": str(round_.year),
    }


def write_unit_sheet(pen: Pen, round_: Round, unit: Unit, details: Mapping[str, str]) -> None:
    """The unit's identity: what the office filled in is locked, the rest is to fill."""
    sheet, styles = pen.sheet, pen.styles
    known = known_details(round_, unit)
    widths = (38.0, 66.0)
    set_widths(sheet, widths)
    sheet.merge_range(0, 0, 0, 1, "", styles["title"])
    sheet.write_string(0, 0, "THÔNG TIN ĐƠN VỊ", styles["title"])
    row = write_marks(sheet, styles, round_, 1, widths) + 1
    for key, label in UNIT_FIELDS:
        sheet.write_string(row, 0, label, styles["total_label"])
        to_fill = key in UNIT_FIELDS_TO_FILL
        text = details.get(key, "") if to_fill else known[key]
        style = pen.style(row, 1, "fill_text" if to_fill else "text", At("unit", key))
        sheet.write_string(row, 1, text[:LONGEST_TEXT], style)
        row += 1
    sheet.protect("", PROTECTION)
    set_page(sheet, round_.marks, landscape=True)


def write_evidence_sheet(pen: Pen, round_: Round, documents: Sequence[FormDocument]) -> None:
    """The list of evidence documents, numbered, to be cited by number on the criteria sheet."""
    sheet, styles = pen.sheet, pen.styles
    last = len(EVIDENCE_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, "", styles["title"])
    sheet.write_string(0, 0, "DANH MỤC VĂN BẢN, TÀI LIỆU MINH CHỨNG", styles["title"])
    widths = [spec.width for spec in EVIDENCE_COLUMNS]
    set_widths(sheet, widths)
    heading = write_marks(sheet, styles, round_, 1, widths) + 1
    for column, spec in enumerate(EVIDENCE_COLUMNS):
        sheet.write_string(heading, column, spec.heading, styles["head"])
    lines = list(_document_lines(documents))
    for row, (no, index) in enumerate(lines, heading + 1):
        if index is None:
            sheet.write_number(row, _AT["no"], int(no), styles["centred"])
            for column in range(1, last + 1):
                sheet.write_blank(row, column, None, styles["fill_text"])
        else:
            _write_document(pen, row, no, documents[index], index, widths)
    sheet.freeze_panes(heading + 1, 1)
    sheet.protect("", {**PROTECTION, "insert_rows": True, "sort": True, "autofilter": True})
    # only the rows in use and some to spare: 150 empty lines would print as four empty pages
    used = max((row for row, (_, index) in enumerate(lines, 1) if index is not None), default=0)
    sheet.print_area(0, 0, heading + min(len(lines), max(30, used + 5)), last)
    set_page(sheet, round_.marks, landscape=True, heading_rows=(heading, heading))


_AT = positions(EVIDENCE_COLUMNS)


def _document_lines(documents: Sequence[FormDocument]) -> Iterator[tuple[str, int | None]]:
    """The number of each line, and the index of the document on it; empty lines between and after.

    A document keeps its number, which criteria cite. Empty lines lead up to a number further on, as
    the unit left them.
    """
    taken = {document.no for document in documents}
    following = 1
    for index, document in enumerate(documents):
        no = str(following) if document.no is None else document.no
        if document.no is None:
            following += 1  # also beyond the lines that a blank form has
        elif _is_number(no) and following <= int(no) <= EVIDENCE_ROWS:
            between = map(str, range(following, int(no)))
            yield from ((empty, None) for empty in between if empty not in taken)
            following = int(no) + 1
        yield no, index
    yield from ((str(empty), None) for empty in range(following, EVIDENCE_ROWS + 1))


def _is_number(no: str) -> bool:
    return no.isascii() and no.isdecimal() and len(no) < 7 and no == str(int(no))


def _write_document(
    pen: Pen, row: int, no: str, document: FormDocument, index: int, widths: Sequence[float]
) -> None:
    """One document, number and all; what the unit must renumber is not locked."""

    def style(key: str, name: str) -> Format:
        return pen.style(row, _AT[key], name, At("documents", str(index), key))

    if _is_number(no):
        pen.sheet.write_number(row, _AT["no"], int(no), style("no", "centred"))
    else:
        pen.sheet.write_string(row, _AT["no"], no[:LONGEST_TEXT], style("no", "fill_centred"))
    texts = {key: getattr(document, key) for key in ("number", "issuer", "summary", "file")}
    for key, text in texts.items():
        pen.sheet.write_string(row, _AT[key], text[:LONGEST_TEXT], style(key, "fill_text"))
    name = "fill_text" if isinstance(document.date, str) else "fill_date"
    write_typed(pen.sheet, row, _AT["date"], document.date, style("date", name))
    pen.sheet.set_row(row, row_height(*((text, widths[_AT[key]]) for key, text in texts.items())))


def write_hidden_sheet(sheet: Worksheet, round_: Round, unit: Unit) -> dict[str, str]:
    """Writes the fingerprint and the lists of levels; gives the range of each criterion's list."""
    fingerprint = {
        "layout": FORM_LAYOUT,
        "round": round_.id,
        "plan": round_.plan.id,
        "criteria": round_.criteria.id,
        "version": round_.criteria.version,
        "year": str(round_.year),
        "unit": unit.code,
    }
    sheet.write_string(0, 0, FORM_MARK)
    for row, (key, value) in enumerate(fingerprint.items(), 1):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    ranges: dict[str, str] = {}
    column = LIST_COLUMN
    for leaf in round_.criteria.applying(unit.type):
        levels = leaf.rule.inputs[0].levels
        if levels:
            sheet.write_string(0, column, leaf.id)
            for row, level in enumerate(levels, 1):
                sheet.write_string(row, column, level)
            letter = column_letter(column)
            ranges[leaf.id] = f"'{HIDDEN_SHEET}'!${letter}$2:${letter}${len(levels) + 1}"
            column += 1
    sheet.protect("")
    sheet.hide()
    return ranges
