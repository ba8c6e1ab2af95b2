"""The review workbook: each row of the annex as printed, beside what the importer made of it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from xlsxwriter.workbook import Workbook

from criteria.exact import as_float
from criteria.importer.annex import Draft
from criteria.importer.workbook_file import fit_height, write_text, write_workbook

_KINDS = {"ratio": "tỷ lệ", "choice": "chọn mức", "judged": "chấm theo mức độ"}
_EXTRAS = {"bonus": "điểm thưởng", "penalty": "điểm trừ"}
_HEADS = [
    "Vị trí",
    "Số",
    "Nội dung",
    "Điểm in",
    "Vai trò",
    "Mã",
    "Tên",
    "Điểm tối đa",
    "Cách chấm",
    "Cần xem",
]
_WIDTHS = [24, 7, 60, 12, 12, 10, 50, 11, 16, 60]
_COLOURS = {"slip": "#F8CBAD", "doubt": "#FFF2CC", "group": "#DDEBF7", "left": "#EDEDED"}


def write_review(path: Path, draft: Draft) -> None:
    """Writes the review workbook of a draft; raises Refusal where the file cannot be written."""
    write_workbook(path, lambda book: _fill(book, draft), lambda made: None)


def _fill(book: Workbook, draft: Draft) -> None:
    _comparison(book, draft)
    _remarks(book, draft)
    _sums(book, draft)


def _comparison(book: Workbook, draft: Draft) -> None:
    sheet = book.add_worksheet("Đối chiếu")
    head = book.add_format(
        {"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "align": "center"}
    )
    title = book.add_format({"bold": True, "font_size": 13})
    sheet.write_string(0, 0, f"Đối chiếu phụ lục “{draft.file}” với bản nháp “{draft.id}”", title)
    said = (
        "Màu cam: phụ lục tự mâu thuẫn; màu vàng: người đối chiếu cần quyết định; màu xám: không đưa vào."
    )
    sheet.write_string(1, 0, said)
    sheet.merge_range(2, 0, 2, 3, "PHỤ LỤC (như đã in)", head)
    sheet.merge_range(2, 4, 2, 9, "KẾT QUẢ NHẬP", head)
    for column, (text, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, text, head)
    sheet.freeze_panes(4, 0)
    formats = {
        name: book.add_format(
            {"text_wrap": True, "border": 1, "valign": "top"} | ({"bg_color": colour} if colour else {})
        )
        for name, colour in {**_COLOURS, "": ""}.items()
    }
    said_of = _by_row(draft)
    for order, item in enumerate(draft.rows):
        doubts, slips = said_of[order]
        left = not item.id and not doubts
        look = (
            "slip"
            if slips
            else "doubt"
            if doubts
            else "group"
            if item.role == "nhóm"
            else "left"
            if left
            else ""
        )
        form = formats[look]
        row = item.row
        kind = _KINDS.get(item.kind) or _EXTRAS.get(item.kind, item.kind)
        texts = [row.place, *row.printed, item.role, item.id, item.title if item.id else ""]
        for column, text in enumerate(texts):
            write_text(sheet, 4 + order, column, text, form)
        _write_points(sheet, 4 + order, 7, item.max, form)
        write_text(sheet, 4 + order, 8, kind, form)
        said = "\n".join([*slips, *doubts])
        write_text(sheet, 4 + order, 9, said, form)
        fit_height(sheet, 4 + order, [*texts, "", kind, said], _WIDTHS)
    sheet.autofilter(3, 0, 3 + max(len(draft.rows), 1), len(_HEADS) - 1)
    _print_setup(sheet)


def _by_row(draft: Draft) -> defaultdict[int | None, tuple[list[str], list[str]]]:
    """Doubts and slips by row of the annex."""
    found: defaultdict[int | None, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for doubt in draft.doubts:
        found[doubt.row][0].append(doubt.message)
    for slip in draft.slips:
        found[slip.row][1].append(slip.message)
    return found


def _remarks(book: Workbook, draft: Draft) -> None:
    sheet = book.add_worksheet("Cần xem")
    head = book.add_format({"bold": True, "border": 1})
    forms = {
        "Phụ lục mâu thuẫn": book.add_format(
            {"text_wrap": True, "border": 1, "bg_color": _COLOURS["slip"]}
        ),
        "Cần quyết định": book.add_format({"text_wrap": True, "border": 1, "bg_color": _COLOURS["doubt"]}),
    }
    for column, (text, width) in enumerate([("Loại", 20), ("Vị trí", 28), ("Mã", 12), ("Nội dung", 100)]):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, head)
    sheet.freeze_panes(1, 0)
    kinds = [("Phụ lục mâu thuẫn", draft.slips), ("Cần quyết định", draft.doubts)]
    rows = [(kind, remark) for kind, remarks in kinds for remark in remarks]
    for order, (kind, remark) in enumerate(rows, 1):
        for column, text in enumerate([kind, remark.place, remark.id, remark.message]):
            write_text(sheet, order, column, text, forms[kind])
    _print_setup(sheet)


def _sums(book: Workbook, draft: Draft) -> None:
    sheet = book.add_worksheet("Cộng điểm")
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    plain = book.add_format({"border": 1, "text_wrap": True})
    wrong = book.add_format({"border": 1, "text_wrap": True, "bg_color": _COLOURS["slip"]})
    heads = [
        ("Vị trí", 28),
        ("Chỗ cộng", 34),
        ("Phụ lục ghi", 12),
        ("Cộng lại được", 12),
        ("Chênh lệch", 12),
    ]
    for column, (text, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, head)
    for order, entry in enumerate(draft.sums, 1):
        form = plain if entry.printed == entry.added else wrong
        sheet.write_string(order, 0, entry.place, form)
        sheet.write_string(order, 1, entry.name, form)
        for column, points in enumerate([entry.printed, entry.added, entry.printed - entry.added], 2):
            _write_points(sheet, order, column, points, form)
    _print_setup(sheet)


def _write_points(sheet: Any, row: int, column: int, points: int | None, form: Any) -> None:
    if points is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_number(row, column, as_float(points), form)


def _print_setup(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
