"""Texts about a round's registers: receipts, facts, objections, decisions."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Các sổ của đợt: tiếp nhận, kiến nghị, quyết định, sự việc"

TEXTS: dict[str, Text] = {
    "register-unreadable": Text(
        "error",
        "Không đọc được sổ: {found}.",
        "Ghi đủ các cột {expected}; lưu ở dạng “CSV UTF-8 (*.csv)”.",
    ),
    "register-row-too-long": Text(
        "error",
        "Dòng có nhiều ô hơn dòng tiêu đề nên có thể lệch cột; dòng này không được dùng.",
        "Đặt nội dung có dấu ngăn cột trong dấu nháy kép, hoặc xóa ô thừa.",
    ),
    "register-unknown-unit": Text(
        "error",
        "Mã đơn vị “{found}” không có trong đợt đánh giá; dòng này không được dùng.",
        "Sửa lại mã đơn vị ở dòng này{expected}.",
    ),
    "register-two-units": Text(
        "error",
        "Mã đơn vị “{found}” không phải của {expected} ghi ở cột tên; dòng này không được dùng.",
        "Sửa lại mã hoặc tên đơn vị ở dòng này cho khớp nhau.",
    ),
    "register-unknown-duty": Text(
        "error",
        "Mã việc “{found}” không có trong kế hoạch; dòng này không được dùng.",
        "Ghi mã của một thời hạn trong kế hoạch (xem bằng lệnh danvan status){expected}.",
    ),
    "register-moment": Text(
        "error",
        "Không hiểu ngày giờ “{found}”; dòng này không được dùng.",
        "Ghi ngày trước tháng, ví dụ {expected}.",
    ),
    "register-lacking": Text(
        "error",
        "Dòng thiếu {found} nên không được dùng.",
        "Ghi bổ sung vào dòng này.",
    ),
    "register-unknown-criterion": Text(
        "error",
        "Ô “{found}” không nêu mã tiêu chí nào; dòng này không được dùng.",
        "Ghi mã tiêu chí ở đầu ô, ví dụ “1.1 Tên tiêu chí”{expected}.",
    ),
    "register-criterion-unsure": Text(
        "error",
        "Không rõ là tiêu chí {found} hay {expected} (Excel bỏ số 0 ở cuối); dòng này không được dùng.",
        "Ghi mã kèm tên tiêu chí trong cùng một ô.",
    ),
    "register-not-for-type": Text(
        "error",
        "Tiêu chí {found} không áp dụng cho đơn vị {expected}; dòng này không được dùng.",
        "Sửa lại mã tiêu chí hoặc mã đơn vị ở dòng này.",
    ),
    "register-unknown-fact": Text(
        "error",
        "Sự việc “{found}” không có trong phần khống chế của bộ tiêu chí; dòng này không được dùng.",
        "Ghi đúng tên sự việc mà bộ tiêu chí dùng{expected}.",
    ),
    "fact-not-there": Text(
        "warning",
        "Dòng rút sự việc “{found}” không ứng với dòng ghi nào trước đó của đơn vị.",
        "Kiểm tra lại mã đơn vị và tên sự việc.",
    ),
    "decision-points": Text(
        "error",
        "Điểm quyết định “{found}” không dùng được; dòng này không được dùng.",
        "Ghi {expected}, “KPS” nếu không phát sinh, hoặc “giữ nguyên” kèm số điểm.",
    ),
    "receipt-without-file": Text(
        "error",
        "Đã ghi nhận có hồ sơ ({found}) nhưng thư mục “nop” không có tệp của đơn vị.",
        "Đưa tệp vào bằng lệnh: danvan receive ... {expected}.xlsx; nếu ghi nhầm thì sửa chỗ đã ghi.",
    ),
    "receipt-file-changed": Text(
        "warning",
        "Tệp khác với bản đã ghi ở sổ tiếp nhận ({found}).",
        "Ghi lại bằng lệnh “danvan receive” nếu đơn vị gửi bản mới, để giữ cả bản trước.",
    ),
    "receipt-two-days": Text(
        "warning",
        "Ngày nhận hồ sơ ghi hai nơi khác nhau: {found}; lấy ngày ở “dot.yaml”.",
        "Sửa một trong hai nơi cho khớp ({expected}).",
    ),
}
