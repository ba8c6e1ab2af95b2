"""Texts about files that cannot be taken, or not for certain."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Tệp nhận được trong thư mục “nop”"
TEXTS: dict[str, Text] = {
    "file-not-workbook": Text(
        "error",
        "Tệp không phải sổ tính Excel (.xlsx): {found}.",
        "Mở lại biểu mẫu đã phát, điền và lưu ở dạng “Excel Workbook (*.xlsx)” rồi gửi lại.",
    ),
    "file-too-large": Text(
        "error",
        "Tệp lớn bất thường: {found}.",
        "Chép số liệu sang biểu mẫu mới đã phát rồi gửi lại; tài liệu minh chứng để ở thư mục riêng.",
    ),
    "file-unreadable": Text(
        "error",
        "Tệp bị hỏng, không đọc được.",
        "Mở tệp bằng Excel, chọn sửa chữa (Repair), lưu lại thành tệp mới rồi gửi lại.",
    ),
    "file-unknown-unit": Text(
        "error",
        "Tên tệp “{found}” không phải mã của đơn vị nào trong đợt đánh giá.",
        "Đặt tên tệp theo mã đơn vị, ví dụ “{expected}.xlsx”.",
    ),
    "file-twice": Text(
        "error",
        "Đơn vị có nhiều tệp: {found}; không rõ tệp nào là bản chính thức.",
        "Chỉ để lại một tệp của đơn vị trong thư mục “nop”.",
    ),
}
