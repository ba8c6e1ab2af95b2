"""Texts about Word templates that an office put in the place of those that come with the program."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Mẫu Word riêng của cơ quan"

TEXTS: dict[str, Text] = {
    "template-unreadable": Text(
        "error",
        "Mẫu Word không mở được: {found}.",
        "Mở tệp bằng Word, lưu lại ở dạng “Word Document (*.docx)”, không đặt mật khẩu.",
    ),
    "template-broken": Text(
        "error",
        "Thẻ trong mẫu viết hỏng: {found}.",
        "Sửa lại thẻ này: {expected}.",
    ),
    "template-unknown-field": Text(
        "error",
        "Mẫu dùng trường lạ “{found}”.",
        "Sửa lại tên trường: {expected}.",
    ),
    "template-not-text": Text(
        "error",
        "Trường “{found}” là danh sách hoặc nhóm trường, không in ra thành chữ được.",
        "Ghi rõ trường con, hoặc lặp qua từng dòng của danh sách bằng thẻ for.",
    ),
    "template-not-list": Text(
        "error",
        "Trường “{found}” không phải danh sách nên không lặp được.",
        "Bỏ vòng lặp và ghi thẳng tên trường, hoặc chọn một trường là danh sách.",
    ),
    "template-missing-field": Text(
        "error",
        "Mẫu thiếu trường bắt buộc “{found}”.",
        "Thêm trường này vào mẫu: {expected}.",
    ),
}
