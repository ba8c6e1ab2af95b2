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
    "file-encrypted": Text(
        "error",
        "Tệp đặt mật khẩu mở nên không đọc được.",
        "Mở tệp bằng Excel, vào “File > Info > Protect Workbook > Encrypt with Password”, "
        "xóa mật khẩu, lưu lại rồi gửi lại.",
    ),
    "file-too-large": Text(
        "error",
        "Tệp lớn bất thường: {found}.",
        "Xóa phần thừa (dữ liệu ở xa bảng, ảnh, trang không dùng), hoặc chép số liệu sang biểu mẫu mới "
        "đã phát, rồi gửi lại; tài liệu minh chứng để ở thư mục riêng.",
    ),
    "file-suspicious": Text(
        "error",
        "Bên trong tệp có nội dung mà Excel không tạo ra: {found}. Để an toàn, tệp không được đọc tiếp.",
        "Chép số liệu sang biểu mẫu mới đã phát rồi gửi lại; xem lại tệp được tạo bằng chương trình nào.",
    ),
    "file-too-slow": Text(
        "error",
        "Đọc tệp quá thời gian cho phép ({found} giây) nên đã dừng; các tệp khác không bị ảnh hưởng.",
        "Chép số liệu sang biểu mẫu mới đã phát rồi gửi lại.",
    ),
    "file-kills-reader": Text(
        "error",
        "Tệp làm chương trình đọc bị dừng hoặc hết bộ nhớ; các tệp khác không bị ảnh hưởng.",
        "Chép số liệu sang biểu mẫu mới đã phát rồi gửi lại.",
    ),
    "file-unreadable": Text(
        "error",
        "Tệp bị hỏng, không đọc được.",
        "Mở tệp bằng Excel, chọn sửa chữa (Repair), lưu lại thành tệp mới rồi gửi lại.",
    ),
    "file-extension": Text(
        "hint",
        "Đuôi tên tệp “{found}” không đúng với nội dung (loại “{expected}”); nội dung vẫn đọc được.",
        "Mở tệp bằng Excel, lưu lại ở dạng “Excel Workbook (*.xlsx)”.",
    ),
    "file-unknown-unit": Text(
        "error",
        "Tên tệp “{found}” không phải mã của đơn vị nào trong đợt đánh giá.",
        "Đặt tên tệp theo mã đơn vị, ví dụ “{expected}.xlsx”.",
    ),
    "file-misnamed": Text(
        "error",
        "Tên tệp không phải mã của đơn vị nào trong đợt đánh giá; biểu mẫu bên trong là của {found}. "
        "Tệp chưa được tính.",
        "Đổi tên tệp thành “{expected}” nếu đúng là hồ sơ của đơn vị này; nếu không thì bỏ tệp ra.",
    ),
    "file-twice": Text(
        "error",
        "Đơn vị có nhiều tệp: {found}; không rõ tệp nào là bản chính thức.",
        "Chỉ để lại một tệp của đơn vị trong thư mục “nop” ({expected}).",
    ),
    "book-macros": Text(
        "warning",
        "Tệp có chứa macro; macro không được chạy, chỉ đọc số liệu trong các ô.",
        "Kiểm tra nguồn gốc tệp; lưu lại ở dạng “Excel Workbook (*.xlsx)”, không có macro, rồi gửi lại.",
    ),
    "book-external-links": Text(
        "warning",
        "Tệp có liên kết đến tệp khác; số liệu lấy từ đó có thể không còn đúng.",
        "Mở tệp bằng Excel, vào “Data > Edit Links > Break Link” để chỉ giữ giá trị, rồi gửi lại.",
    ),
    "book-connections": Text(
        "warning",
        "Tệp có kết nối lấy dữ liệu từ bên ngoài; kết nối không được dùng.",
        "Đối chiếu số liệu; gửi lại tệp đã xóa kết nối (“Data > Queries & Connections”).",
    ),
    "book-embedded": Text(
        "warning",
        "Tệp có đính kèm tài liệu hoặc đối tượng khác bên trong; chúng không được đọc.",
        "Đặt tài liệu minh chứng ở thư mục riêng của đơn vị và ghi tên tệp ở trang “Minh chứng”.",
    ),
    "book-hidden-sheets": Text(
        "hint",
        "Tệp có trang tính bị ẩn: {found}.",
        "Xem trang ẩn có số liệu cần dùng hay không; nếu không thì bỏ qua.",
    ),
    "book-strings-miscounted": Text(
        "warning",
        "Tệp ghi có {expected} đoạn chữ nhưng thực có {found}; tệp có thể đã bị sửa hoặc mất nội dung.",
        "Đối chiếu các ô chữ với bản của đơn vị, hoặc mở bằng Excel, lưu lại rồi gửi lại.",
    ),
}
