"""Texts about the form itself: whose it is, its sheets and rows."""

from __future__ import annotations

from evidence.messages.text import Text

TEXTS: dict[str, Text] = {
    "form-wrong-unit": Text(
        "error",
        "Biểu mẫu này của đơn vị khác: {found}.",
        "Gửi đúng biểu mẫu của đơn vị mình ({expected}).",
    ),
    "form-wrong-round": Text(
        "error",
        "Biểu mẫu này của đợt đánh giá hoặc bộ tiêu chí khác: {found}.",
        "Điền vào biểu mẫu đã phát cho đợt này ({expected}).",
    ),
    "form-old-version": Text(
        "warning",
        "Biểu mẫu được phát trước khi bộ tiêu chí được sửa (bản {found}).",
        "Đối chiếu lại với bộ tiêu chí hiện hành (bản {expected}).",
    ),
    "form-no-identity": Text(
        "warning",
        "Biểu mẫu không còn dấu nhận dạng; lấy đơn vị theo tên tệp.",
        "Kiểm tra đúng là biểu mẫu của đơn vị này.",
    ),
    "form-no-table": Text(
        "error",
        "Không tìm thấy bảng tự chấm điểm trong tệp.",
        "Dùng đúng biểu mẫu đã phát; giữ nguyên dòng tiêu đề của bảng ({expected}).",
    ),
    "row-missing": Text(
        "error",
        "Thiếu dòng của tiêu chí {found}.",
        "Chép lại dòng này từ biểu mẫu đã phát rồi điền.",
    ),
    "row-unknown": Text(
        "warning",
        "Mã “{found}” không có trong bộ tiêu chí áp dụng cho đơn vị; dòng này không được tính.",
        "Xóa dòng này, hoặc sửa lại mã cho đúng.",
    ),
    "row-twice": Text(
        "error",
        "Tiêu chí {found} có hai dòng; không rõ lấy dòng nào nên chưa tính dòng nào.",
        "Chỉ để lại một dòng cho mỗi tiêu chí.",
    ),
}
