"""Texts about what was typed in a form's cells."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Số liệu, điểm và giải trình ở trang “Tự chấm”"
TEXTS: dict[str, Text] = {
    "value-not-understood": Text(
        "error",
        "Không hiểu “{found}”.",
        "Ghi {expected}.",
    ),
    "value-thousands": Text(
        "error",
        "Không rõ “{found}” là số lẻ hay số có dấu ngăn cách hàng nghìn; ô này cần số nguyên.",
        "Ghi liền các chữ số, không dùng dấu chấm, dấu phẩy: nếu ý là số hàng nghìn thì ghi {expected}.",
    ),
    "value-thousands-read": Text(
        "warning",
        "Số “{found}” được hiểu là số lẻ có ba chữ số không, không phải số hàng nghìn.",
        "Ghi {expected} nếu ý là số hàng nghìn; nếu không thì bỏ phần “000”.",
    ),
    "value-too-fine": Text(
        "error",
        "Số {found} có quá ba chữ số lẻ.",
        "Làm tròn rồi ghi lại: {expected}.",
    ),
    "value-too-large": Text(
        "error",
        "Số {found} lớn bất thường.",
        "Kiểm tra lại rồi ghi {expected}.",
    ),
    "value-range": Text(
        "error",
        "Giá trị {found} nằm ngoài khoảng cho phép.",
        "Ghi {expected}.",
    ),
    "value-step": Text(
        "error",
        "Giá trị {found} không phải số nguyên, hoặc không đúng bước điểm, mà ô này yêu cầu.",
        "Ghi {expected}.",
    ),
    "value-over-total": Text(
        "error",
        "Số (a) là {found}, lớn hơn số (b).",
        "Kiểm tra lại hai số: (a) không được lớn hơn (b) là {expected}.",
    ),
    "value-zero-total": Text(
        "error",
        "Tổng số ở (b) bằng {found} nên không tính được tỷ lệ.",
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
        "Tiêu chí {found} không được ghi “không phát sinh”.",
        "Xóa dấu không phát sinh (x, KPS) rồi ghi số liệu.",
    ),
    "not-applicable-and-value": Text(
        "error",
        "Tiêu chí {found} vừa ghi “không phát sinh” vừa có số liệu.",
        "Chỉ giữ một trong hai: xóa dấu “không phát sinh”, hoặc xóa số liệu.",
    ),
    "not-applicable-unexplained": Text(
        "hint",
        "Tiêu chí {found} ghi “không phát sinh” mà chưa giải trình.",
        "Nêu ngắn gọn ở cột “Giải trình” vì sao trong năm không phát sinh.",
    ),
    "late-unexplained": Text(
        "hint",
        "Chưa giải trình việc chậm hạn hoặc không thực hiện ({found}).",
        "Nêu lý do ở cột “Giải trình” của tiêu chí {expected}.",
    ),
    "points-differ": Text(
        "error",
        "Ô “Điểm tự chấm” ghi {found}, khác với kết quả tính từ số liệu kê khai ({expected}).",
        "Sửa số liệu kê khai nếu chưa đúng; nếu đã gõ đè lên công thức thì chép lại ô từ biểu mẫu.",
    ),
    "evidence-missing": Text(
        "warning",
        "Tiêu chí {found} chưa dẫn minh chứng nên tạm tính 0 điểm.",
        "Ghi số thứ tự của minh chứng (ở trang “Minh chứng”) vào ô này; không có thì giải trình.",
    ),
    "evidence-missing-flag": Text(
        "warning",
        "Tiêu chí {found} bắt buộc có minh chứng mà chưa dẫn.",
        "Ghi số thứ tự của minh chứng (ở trang “Minh chứng”) vào ô này; không có thì giải trình.",
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
