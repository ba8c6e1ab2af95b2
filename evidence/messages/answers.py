"""Texts about what was typed in a form's cells."""

from __future__ import annotations

from evidence.messages.text import Text

TEXTS: dict[str, Text] = {
    "value-not-understood": Text(
        "error",
        "Không hiểu “{found}”.",
        "Ghi {expected}.",
    ),
    "value-range": Text(
        "error",
        "Giá trị {found} nằm ngoài khoảng cho phép.",
        "Ghi {expected}.",
    ),
    "value-step": Text(
        "error",
        "Giá trị {found} không đúng bước.",
        "Ghi {expected}.",
    ),
    "value-over-total": Text(
        "error",
        "Số (a) là {found}, lớn hơn số (b).",
        "Kiểm tra lại hai số: (a) không được lớn hơn (b) là {expected}.",
    ),
    "value-zero-total": Text(
        "error",
        "Tổng số ở (b) bằng 0 nên không tính được tỷ lệ.",
        "Ghi tổng số lớn hơn 0; nếu trong năm không có việc này thì xem có được ghi “không phát sinh”.",
    ),
    "value-missing": Text(
        "error",
        "Kê khai chưa đủ: còn bỏ trống một số liệu.",
        "Ghi {expected}.",
    ),
    "not-answered": Text(
        "error",
        "Tiêu chí {found} chưa kê khai.",
        "Ghi số liệu; nếu không làm được thì ghi 0 hoặc chọn mức thấp nhất, không bỏ trống.",
    ),
    "not-applicable-forbidden": Text(
        "error",
        "Tiêu chí này không được ghi “không phát sinh”.",
        "Xóa dấu ở cột “Không phát sinh” và kê khai số liệu.",
    ),
    "not-applicable-and-value": Text(
        "error",
        "Vừa ghi “không phát sinh” vừa có số liệu.",
        "Chỉ giữ một trong hai.",
    ),
    "evidence-missing": Text(
        "warning",
        "Chưa dẫn minh chứng nên tiêu chí này tạm tính 0 điểm.",
        "Ghi số thứ tự của minh chứng (ở trang “Minh chứng”) vào ô này.",
    ),
    "evidence-missing-flag": Text(
        "warning",
        "Chưa dẫn minh chứng cho tiêu chí bắt buộc có minh chứng.",
        "Ghi số thứ tự của minh chứng (ở trang “Minh chứng”) vào ô này.",
    ),
    "evidence-unknown": Text(
        "error",
        "Minh chứng số {found} không có ở trang “Minh chứng”.",
        "Bổ sung văn bản này ở trang “Minh chứng” hoặc sửa lại số thứ tự.",
    ),
    "evidence-not-understood": Text(
        "error",
        "Không hiểu “{found}” ở cột minh chứng.",
        "Chỉ ghi các số thứ tự, cách nhau bằng dấu chấm phẩy, ví dụ “1; 3”.",
    ),
    "evidence-unused": Text(
        "hint",
        "Minh chứng số {found} chưa được dẫn ở tiêu chí nào.",
        "Dẫn vào tiêu chí liên quan, hoặc xóa dòng này.",
    ),
}
