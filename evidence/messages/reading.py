"""Texts about what the reader met in a form: guesses, hidden and merged cells, cells without a value."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Ô, dòng, cột và bảng khi đọc biểu mẫu"
TEXTS: dict[str, Text] = {
    "form-blank": Text(
        "error",
        "Biểu mẫu chưa điền: không có số liệu, dấu hay minh chứng nào.",
        "Điền biểu mẫu rồi gửi lại; nếu đã điền ở tệp khác thì gửi đúng tệp đó.",
    ),
    "form-two-tables": Text(
        "warning",
        "Tệp có nhiều bảng giống nhau: chỉ đọc trang {expected}, không đọc {found}.",
        "Kiểm tra số liệu đã điền ở đúng trang; xóa các trang bản sao.",
    ),
    "heading-guessed": Text(
        "hint",
        "Tiêu đề cột “{found}” được hiểu là “{expected}”.",
        "Kiểm tra đúng là cột này; giữ nguyên tiêu đề của biểu mẫu đã phát.",
    ),
    "heading-twice": Text(
        "error",
        "Tiêu đề “{found}” có ở hai cột, ở đây và ở ô {expected}: số liệu hai cột ghi khác nhau thì "
        "chưa dùng, phần chữ chỉ đọc ở cột có ô {expected}.",
        "Kiểm tra số liệu đúng nằm ở cột nào, xóa cột thừa hoặc đổi tiêu đề của cột đó, rồi gửi lại.",
    ),
    "value-in-two-columns": Text(
        "error",
        "Hai cột cùng tiêu đề ghi khác nhau cho tiêu chí này ({found}) nên chưa dùng số nào.",
        "Xóa hoặc đổi tiêu đề cột thừa; ghi ở cột còn lại: {expected}.",
    ),
    "row-by-title": Text(
        "hint",
        "Mã “{found}” ở dòng này không đúng; theo nội dung tiêu chí, dòng được hiểu là {expected}.",
        "Kiểm tra đúng là tiêu chí này và ghi lại mã {expected} ở cột “Mã”.",
    ),
    "column-missing": Text(
        "warning",
        "Không tìm thấy cột “{found}” trong bảng tự chấm điểm.",
        "Chép số liệu sang biểu mẫu đã phát, giữ nguyên các cột và tiêu đề.",
    ),
    "rows-hidden": Text(
        "hint",
        "Các dòng của tiêu chí {found} đang bị ẩn hoặc bị lọc; số liệu vẫn được tính.",
        "Bỏ ẩn, bỏ lọc để kiểm tra số liệu.",
    ),
    "cell-error": Text(
        "error",
        "Ô đang báo lỗi {found} nên không có số liệu.",
        "Ghi {expected}; không dùng công thức trong ô kê khai.",
    ),
    "cell-formula-without-value": Text(
        "error",
        "Ô chứa công thức “{found}” mà kết quả chưa được lưu trong tệp.",
        "Ghi thẳng số liệu vào ô ({expected}); hoặc mở tệp bằng Excel, lưu lại rồi gửi lại.",
    ),
    "cell-became-date": Text(
        "error",
        "Ô chứa ngày hoặc giờ ({found}), không phải số; Excel thường tự đổi “8.5” thành ngày 8 tháng 5.",
        "Đổi định dạng ô thành số hoặc văn bản rồi ghi lại {expected}.",
    ),
    "cell-became-percent": Text(
        "error",
        "Ô có định dạng phần trăm ({found}): tệp lưu một phần trăm của số đang hiện nên chưa rõ số nào.",
        "Đổi định dạng ô thành số hoặc văn bản rồi ghi lại {expected}, không kèm dấu %.",
    ),
    "cells-merged": Text(
        "error",
        "Vùng ô {found} bị gộp, một giá trị chung cho nhiều tiêu chí nên không rõ của tiêu chí nào.",
        "Bỏ gộp ô và ghi riêng cho từng tiêu chí: {expected}.",
    ),
}
