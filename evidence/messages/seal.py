"""Texts about what differs from a seal: where, what was found, what to do."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "head-differs": (
        "Mã trên giấy không khớp với mã niêm phong của thư mục này ({found}). Kiểm tra xem có gõ nhầm, "
        "có chọn đúng đợt; nếu đúng thì thư mục đã bị sửa rồi niêm phong lại."
    ),
    "seal-unreadable": "Không đọc được tệp niêm phong “{file}”: tệp đã bị sửa hoặc hỏng.",
    "seal-changed": (
        "Tệp niêm phong “{file}” đã bị sửa sau khi niêm phong: mã băm khác với mã ghi trong nhật ký."
    ),
    "journal-missing": "Không có nhật ký “{file}”.",
    "journal-broken": "Nhật ký “{file}”, dòng {place}: {found}.",
    "journal-no-close": (
        "Nhật ký “{file}” không kết thúc bằng lệnh niêm phong: có dòng bị thêm hoặc bị bỏ."
    ),
    "file-changed": (
        "Tệp “{file}” đã bị sửa sau khi niêm phong (lúc niêm phong: {expected}; bây giờ: {found})."
    ),
    "file-missing": "Tệp “{file}” có lúc niêm phong nhưng nay không còn, hoặc đã bị đổi tên.",
    "file-added": "Tệp “{file}” không có lúc niêm phong; tệp này có thể làm đổi kết quả tính lại.",
    "result-differs": (
        "Kết quả “{file}” khác với kết quả tính lại từ hồ sơ, {place}: tệp ghi {found}, "
        "tính lại được {expected}."
    ),
    "ledger-differs": (
        "Sổ điểm “{file}” khác với kết quả tính lại từ hồ sơ, {place}: tệp ghi {found}, "
        "tính lại được {expected}."
    ),
    "not-recomputed": "Không tính lại được kết quả từ hồ sơ trong thư mục: {found}",
}
