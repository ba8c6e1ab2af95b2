"""Texts about what appraisers send back."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Phiếu thẩm định trong thư mục “tham-dinh”"

TEXTS: dict[str, Text] = {
    "appraisal-no-identity": Text(
        "error",
        "Tệp không phải phiếu thẩm định do danvan tạo, hoặc đã mất dấu nhận dạng; chưa lấy điểm nào.",
        "Tạo lại phiếu (danvan appraise), chép điểm và lý do sang, rồi gửi lại.",
    ),
    "appraisal-wrong-round": Text(
        "error",
        "Phiếu thẩm định này của đợt đánh giá khác: {found}; chưa lấy điểm nào.",
        "Dùng phiếu đã tạo cho đợt này ({expected}).",
    ),
    "appraisal-unknown-appraiser": Text(
        "error",
        "Kế hoạch không có cơ quan thẩm định “{found}”; chưa lấy điểm nào.",
        "Dùng phiếu của một trong các cơ quan: {expected}.",
    ),
    "appraisal-no-table": Text(
        "error",
        "Không tìm thấy bảng thẩm định trong tệp.",
        "Dùng đúng phiếu đã tạo; giữ nguyên dòng tiêu đề và các cột ẩn của bảng ({expected}).",
    ),
    "appraisal-old-version": Text(
        "warning",
        "Phiếu được tạo trước khi bộ tiêu chí được sửa.",
        "Tạo lại phiếu (danvan appraise) để tiếp tục; các dòng có tiêu chí đã sửa được báo riêng.",
    ),
    "appraisal-who-missing": Text(
        "warning",
        "Phiếu chưa ghi họ và tên người thẩm định.",
        "Điền ô “Họ và tên người thẩm định” ở trang “Tổng hợp”.",
    ),
    "appraisal-when-missing": Text(
        "warning",
        "Phiếu chưa ghi ngày thẩm định, hoặc ngày không dùng được: “{found}”.",
        "Điền ô “Ngày thẩm định” ở trang “Tổng hợp”, ví dụ 18/10/2023.",
    ),
    "appraisal-unknown-unit": Text(
        "error",
        "Mã đơn vị “{found}” không có trong đợt đánh giá; điểm ở dòng này không được tính.",
        "Sửa lại mã đơn vị cho đúng, hoặc xóa dòng.",
    ),
    "appraisal-unknown-criterion": Text(
        "error",
        "Tiêu chí “{found}” không có trong bộ tiêu chí áp dụng cho đơn vị; dòng này không được tính.",
        "Sửa lại mã tiêu chí cho đúng, hoặc xóa điểm ở dòng này.",
    ),
    "appraisal-not-theirs": Text(
        "error",
        "Tiêu chí {found} do cơ quan khác thẩm định theo kế hoạch ({expected}); điểm này không được lấy.",
        "Xóa điểm ở ô này, hoặc sửa phân công thẩm định trong kế hoạch.",
    ),
    "appraisal-not-a-number": Text(
        "error",
        "Điểm thẩm định “{found}” không phải một số; ô này không được tính.",
        "Ghi {expected}.",
    ),
    "appraisal-over-max": Text(
        "error",
        "Điểm thẩm định {found} ngoài khung điểm của tiêu chí; ô này không được tính.",
        "Ghi {expected}.",
    ),
    "appraisal-not-in-step": Text(
        "error",
        "Điểm thẩm định {found} không đúng mức điểm của tiêu chí; ô này không được tính.",
        "Ghi {expected}.",
    ),
    "appraisal-not-applicable-forbidden": Text(
        "error",
        "Tiêu chí này không được ghi không phát sinh; ô này không được tính.",
        "Ghi {expected}.",
    ),
    "appraisal-reason-missing": Text(
        "error",
        "Điểm thẩm định {found} khác với {expected} mà không có lý do; điểm này chưa được lấy.",
        "Ghi lý do vào cột “Lý do” của dòng này.",
    ),
    "appraisal-points-missing": Text(
        "warning",
        "Có lý do nhưng chưa có điểm thẩm định.",
        "Ghi điểm vào cột “Điểm thẩm định”, hoặc xóa lý do.",
    ),
    "appraisal-stale": Text(
        "error",
        "Điểm thẩm định {found} chấm trên số liệu cũ: phần tự chấm hoặc tiêu chí đã thay đổi sau khi tạo "
        "phiếu; điểm này chưa được lấy.",
        "Tạo lại phiếu (danvan appraise), xem lại dòng này (nay là: {expected}), rồi gửi phiếu mới thay "
        "phiếu cũ.",
    ),
    "appraisal-conflict": Text(
        "error",
        "Hai điểm khác nhau cho cùng một ô: ở đây là {found}, ở {expected}; chưa lấy điểm nào.",
        "Sửa ô sai sau khi thống nhất một điểm, hoặc bỏ tệp cũ khỏi thư mục “tham-dinh”.",
    ),
}
