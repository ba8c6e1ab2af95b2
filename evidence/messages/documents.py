"""Texts about the list of evidence documents: numbers, dates, and what they are cited for."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Danh mục ở trang “Minh chứng”"
TEXTS: dict[str, Text] = {
    "document-no-twice": Text(
        "error",
        "Số thứ tự {found} dùng cho nhiều văn bản; không rõ tiêu chí dẫn văn bản nào.",
        "Đánh lại số thứ tự, mỗi văn bản một số, rồi sửa các ô “Minh chứng số” cho khớp.",
    ),
    "document-number-form": Text(
        "warning",
        "Số, ký hiệu “{found}” chưa đúng thể thức văn bản.",
        "Ghi đúng thể thức: {expected}.",
    ),
    "document-unnumbered": Text(
        "hint",
        "Minh chứng này chưa có số, ký hiệu ({found}).",
        "Bổ sung số, ký hiệu nếu là văn bản; nếu là ảnh, danh sách thì ghi tên tệp kèm theo.",
    ),
    "document-no-date": Text(
        "hint",
        "Văn bản {found} chưa ghi ngày ban hành.",
        "Bổ sung ngày ban hành, dạng 25/10/2023.",
    ),
    "document-date-not-understood": Text(
        "warning",
        "Không hiểu ngày ban hành “{found}”.",
        "Ghi đủ ngày, tháng, năm, dạng 25/10/2023.",
    ),
    "document-date-old": Text(
        "warning",
        "Văn bản đề ngày {found}, trước năm đánh giá quá lâu.",
        "Kiểm tra lại ngày; nếu đúng thì thay bằng văn bản của kỳ đánh giá (từ {expected} trở đi).",
    ),
    "document-date-late": Text(
        "warning",
        "Văn bản đề ngày {found}, sau thời gian của đợt đánh giá (hết ngày {expected}).",
        "Kiểm tra lại ngày ban hành; chỉ dẫn văn bản có trong thời gian đánh giá.",
    ),
    "document-date-future": Text(
        "warning",
        "Văn bản đề ngày {found}, sau ngày đơn vị tự đánh giá ({expected}).",
        "Kiểm tra lại ngày ban hành của văn bản và ngày tự đánh giá.",
    ),
    "document-twice": Text(
        "warning",
        "Văn bản {found} được liệt kê hai lần (đã có ở số thứ tự {expected}).",
        "Xóa một dòng và chỉ dẫn một số thứ tự.",
    ),
    "document-file-twice": Text(
        "hint",
        "Tệp “{found}” đã được ghi cho văn bản số thứ tự {expected}.",
        "Kiểm tra tên tệp; nếu một tệp chứa nhiều văn bản thì giữ nguyên.",
    ),
    "document-many-groups": Text(
        "hint",
        "Văn bản {found} được dẫn cho tiêu chí của nhiều nhóm (nhóm {expected}).",
        "Kiểm tra văn bản có chứng minh được tất cả các tiêu chí đó không; dẫn thêm văn bản riêng nếu có.",
    ),
    "document-after-declared": Text(
        "warning",
        "Ngày kê khai {found} sớm hơn ngày của mọi văn bản được dẫn (sớm nhất {expected}).",
        "Kiểm tra ngày đã kê khai, hoặc dẫn văn bản chứng minh việc đã làm vào ngày đó.",
    ),
}
