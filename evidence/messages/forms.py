"""Texts about the form itself: whose it is, its sheets and rows."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Biểu mẫu: của ai, của đợt nào, các dòng và nội dung in sẵn"
TEXTS: dict[str, Text] = {
    "form-wrong-unit": Text(
        "error",
        "Biểu mẫu này của đơn vị khác: {found}.",
        "Gửi đúng biểu mẫu của đơn vị mình: {expected}.",
    ),
    "form-wrong-round": Text(
        "error",
        "Biểu mẫu này của đợt đánh giá khác hoặc theo bộ tiêu chí khác: {found}.",
        "Điền vào biểu mẫu đã phát cho đợt này ({expected}).",
    ),
    "form-old-version": Text(
        "warning",
        "Biểu mẫu được phát trước khi bộ tiêu chí được sửa.",
        "Đối chiếu lại với bộ tiêu chí hiện hành; nếu tiêu chí hoặc điểm đã đổi thì điền vào biểu mẫu mới.",
    ),
    "form-other-layout": Text(
        "warning",
        "Biểu mẫu theo cách trình bày của phiên bản phần mềm khác.",
        "Kiểm tra số liệu đã đọc được có đúng, đủ không; nên điền vào biểu mẫu phát cho đợt này.",
    ),
    "form-no-identity": Text(
        "warning",
        "Biểu mẫu không còn dấu nhận dạng; lấy đơn vị theo tên tệp.",
        "Kiểm tra đúng là biểu mẫu của đơn vị này.",
    ),
    "form-no-table": Text(
        "error",
        "Không tìm thấy bảng tự chấm điểm trong tệp: không có dòng tiêu đề nào đủ các cột, thiếu {found}.",
        "Dùng đúng biểu mẫu đã phát; giữ nguyên dòng tiêu đề của bảng ({expected}).",
    ),
    "unit-field-changed": Text(
        "warning",
        "Thông tin đơn vị đã bị sửa, khác với danh sách của đợt đánh giá: {found}.",
        "Ghi lại là “{expected}”; nếu thông tin của đơn vị đã thay đổi thì báo cơ quan chủ trì.",
    ),
    "title-changed": Text(
        "warning",
        "Nội dung tiêu chí trong tệp khác với bộ tiêu chí: “{found}”.",
        "Đối chiếu số liệu với nội dung đúng của tiêu chí: “{expected}”.",
    ),
    "title-of-another": Text(
        "error",
        "Dòng này ghi nội dung của tiêu chí khác: {found}.",
        "Chép lại nội dung của tiêu chí {expected} từ biểu mẫu đã phát, kiểm tra số liệu có đúng dòng.",
    ),
    "max-changed": Text(
        "error",
        "Điểm tối đa ghi trong tệp là {found}, khác với bộ tiêu chí.",
        "Sửa điểm tối đa thành {expected}, hoặc điền vào đúng biểu mẫu đã phát cho đợt này.",
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
