"""Texts about the table of merged, split and renamed units."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Bảng sáp nhập, chia tách, đổi tên đơn vị"

TEXTS: dict[str, Text] = {
    "mergers-unreadable": Text(
        "error",
        "Không đọc được bảng sáp nhập, chia tách: {found}.",
        "Ghi dòng tiêu đề có các cột: {expected}.",
    ),
    "mergers-kind": Text(
        "error",
        "Loại “{found}” không dùng được; dòng này không được dùng.",
        "Ghi một trong: {expected}.",
    ),
    "mergers-day": Text(
        "error",
        "Ngày hiệu lực “{found}” không đọc được; dòng này không được dùng.",
        "Ghi ngày dạng 01/07/2025.",
    ),
    "mergers-code": Text(
        "error",
        "Thiếu {found}; dòng này không được dùng.",
        "Ghi mã đơn vị như trong “dot.yaml” của đợt cũ và đợt mới.",
    ),
    "mergers-twice": Text(
        "error",
        "Dòng này lặp lại một dòng trên (mã {found}); dòng này không được dùng.",
        "Xóa một trong hai dòng.",
    ),
    "mergers-rename-many": Text(
        "error",
        "Đơn vị {found} được đổi tên thành nhiều đơn vị, hoặc từ nhiều đơn vị, cùng một ngày.",
        "Ghi đúng loại: sáp nhập hoặc chia tách, nếu là như vậy.",
    ),
    "mergers-alone": Text(
        "warning",
        "Chỉ có một dòng trong ngày này: {found}.",
        "Kiểm tra có thiếu dòng: sáp nhập cần mỗi đơn vị cũ một dòng, chia tách mỗi đơn vị mới một dòng.",
    ),
}
