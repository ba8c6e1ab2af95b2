"""Texts about consolidated tables and results made elsewhere."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Bảng điểm tổng hợp và kết quả do nơi khác công bố"
TEXTS: dict[str, Text] = {
    "outside-missing": Text(
        "warning",
        "Chưa có kết quả cho {found}.",
        "Bổ sung vào bảng kết quả “{expected}” (cột “Mã đơn vị”, “Giá trị”).",
    ),
    "table-unreadable": Text(
        "error",
        "Không đọc được bảng điểm: {found}.",
        "Thêm dòng tiêu đề có “Mã đơn vị” và mã các tiêu chí; ngăn cột bằng dấu phẩy hoặc chấm phẩy.",
    ),
    "table-and-others": Text(
        "warning",
        "Có nhiều nguồn điểm: kết quả chỉ lấy từ tệp này, không dùng {found}.",
        "Chỉ để lại một nguồn: một bảng điểm tổng hợp, hoặc các tệp trong thư mục “nop”.",
    ),
    "table-column-twice": Text(
        "error",
        "Tiêu chí {found} có nhiều cột; không rõ lấy cột nào nên chưa lấy cột nào.",
        "Chỉ để lại một cột. Nếu Excel đổi mã 1.10 thành 1.1, định dạng dòng tiêu đề là văn bản (Text).",
    ),
    "table-row-too-long": Text(
        "error",
        "Dòng có nhiều ô hơn dòng tiêu đề nên có thể lệch cột; dòng này không được tính.",
        "Ngăn các cột bằng dấu chấm phẩy, hoặc đặt số lẻ có dấu phẩy trong dấu nháy kép.",
    ),
    "table-unknown-unit": Text(
        "error",
        "Mã đơn vị “{found}” không có trong đợt đánh giá; dòng này không được tính.",
        "Sửa lại mã, hoặc bổ sung đơn vị vào “dot.yaml”.",
    ),
    "table-unknown-criterion": Text(
        "error",
        "Cột “{found}” không phải mã tiêu chí nào; cột này không được tính.",
        "Sửa tiêu đề cột thành mã tiêu chí, hoặc xóa cột.",
    ),
    "table-column-beside": Text(
        "hint",
        "Cột “{found}” không phải tiêu chí nên không được đọc; tổng, thứ hạng, xếp loại được tính lại.",
        "Xóa cột, hoặc để nguyên nếu chỉ để xem.",
    ),
    "table-unit-twice": Text(
        "error",
        "Đơn vị “{found}” có hai dòng cùng loại điểm; chưa tính dòng nào.",
        "Chỉ để lại một dòng cho mỗi đơn vị và loại điểm.",
    ),
    "table-points-kind": Text(
        "error",
        "Loại điểm “{found}” không dùng được; dòng này không được tính.",
        "Ghi “Tự chấm”, “Thẩm định” hoặc “Quyết định”.",
    ),
    "table-not-for-type": Text(
        "error",
        "Có điểm {found} ở tiêu chí không áp dụng cho loại đơn vị này; ô này không được tính.",
        "Xóa điểm ở ô này, hoặc sửa loại đơn vị trong “dot.yaml”.",
    ),
}
