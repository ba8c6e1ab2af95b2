"""The fields that templates may use: what each holds, by kind of document.

Names are Vietnamese without marks, because officers read and type them in Word. A text stands for a field
and says what it holds; a list of one shape stands for a list; a dict for a thing with fields of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"

_OFFICES: dict[str, Shape] = {
    "luu_y": ["dòng lưu ý phải in trên mọi bản: số liệu minh họa, tiêu chí phục dựng, kết quả tạm tính"],
    "luu_y_ngan": "các lưu ý rút gọn trên một dòng, cho chân trang",
    "co_quan": "tên đầy đủ của cơ quan ban hành kế hoạch",
    "co_quan_hoa": ["dòng tên cơ quan ban hành, chữ in hoa"],
    "co_quan_ke": "đường kẻ dưới tên cơ quan ban hành",
    "co_quan_tat": "tên cơ quan ban hành viết tắt (UBND ...), chữ in hoa, làm cơ quan chủ quản",
    "co_quan_ky_hieu": "chữ viết tắt của cơ quan ban hành trong số, ký hiệu",
    "nguoi_dung_dau": "người đứng đầu cơ quan ban hành, kèm tên cơ quan",
    "nguoi_dung_dau_hoa": "người đứng đầu cơ quan ban hành, chữ in hoa",
    "nguoi_ky": ["dòng quyền hạn, chức vụ của người ký cho cơ quan ban hành"],
    "chuc_vu": "chức vụ của người đứng đầu cơ quan ban hành, chữ in hoa",
    "chu_tri": "tên cơ quan chủ trì chấm điểm",
    "chu_tri_hoa": ["dòng tên cơ quan chủ trì, chữ in hoa"],
    "chu_tri_ke": "đường kẻ dưới tên cơ quan chủ trì",
    "chu_tri_dung_dau": "người đứng đầu cơ quan chủ trì, kèm tên cơ quan",
    "chu_tri_chuc_vu": "chức vụ của người đứng đầu cơ quan chủ trì, chữ in hoa",
    "cap_tren": "cơ quan cấp trên nhận báo cáo",
    "dia_danh": "địa danh",
    "nam": "năm đánh giá",
    "noi_dung": "công tác được đánh giá, kèm năm và địa bàn",
    "trich_yeu": "trích yếu nội dung văn bản",
    "trich_yeu_ke": "đường kẻ dưới trích yếu",
    "can_cu": ["căn cứ, chưa có dấu ở cuối"],
}
_BASIS: dict[str, Shape] = {
    "bo_tieu_chi": "mã và phiên bản bộ tiêu chí",
    "nguon_tieu_chi": "mức độ tin cậy của bộ tiêu chí",
    "phan_mem": "tên và phiên bản phần mềm",
}
GRADE: dict[str, Shape] = {
    "loai": "mức xếp loại",
    "so": "số đơn vị",
    "so_chu": "số đơn vị bằng số và chữ: 09 (chín)",
    "ty_le": "tỷ lệ trên tổng số đơn vị",
}
UNIT: dict[str, Shape] = {
    "hang": "hạng trong khối",
    "ma": "mã đơn vị",
    "ten": "tên đơn vị",
    "toi_da": "điểm tối đa áp dụng",
    "tu_cham": "điểm tự chấm",
    "tham_dinh": "điểm thẩm định",
    "diem": "điểm cuối cùng",
    "ty_le": "tỷ lệ % trên điểm tối đa áp dụng",
    "xep_loai_theo_diem": "xếp loại theo điểm",
    "xep_loai": "xếp loại",
    "ghi_chu": "ghi chú: chưa gửi, chưa thẩm định, khống chế",
}
BLOCK: dict[str, Shape] = {
    "so_thu_tu": "số thứ tự bằng chữ số La Mã",
    "ten": "tên khối",
    "ten_hoa": "tên khối, chữ in hoa",
    "so_don_vi": "số đơn vị của khối",
    "binh_quan": "tỷ lệ % bình quân của khối",
    "xep_loai": [GRADE],
    "tom_tat": "số đơn vị theo từng mức xếp loại trong một dòng",
    "don_vi": [UNIT],
    "ghi_chu": ["ghi chú của một đơn vị, kèm tên"],
}
TARGET: dict[str, Shape] = {
    "noi_dung": "nội dung chỉ tiêu",
    "muc_tieu": "mức phải đạt",
    "ket_qua": "kết quả đạt được",
    "ket_luan": "đạt hay chưa, còn thiếu bao nhiêu",
}
LIMIT: dict[str, Shape] = {
    "don_vi": "tên đơn vị",
    "noi_dung": "quy định khống chế được áp dụng và lý do",
    "can_cu": "căn cứ",
    "theo_diem": "xếp loại theo điểm",
    "xep_loai": "xếp loại sau khống chế",
}
RESULTS: dict[str, Shape] = {
    "co_ket_qua": "đúng khi đợt có chấm điểm",
    "co_xep_loai": "đúng khi quyết định có mức xếp loại",
    "tong_so": "tổng số đơn vị",
    "tong_so_chu": "tổng số đơn vị bằng số và chữ",
    "da_gui": "số đơn vị đã gửi hồ sơ dùng được, bằng số và chữ",
    "chua_gui": ["tên đơn vị chưa gửi hồ sơ"],
    "bi_tra": ["tên đơn vị có hồ sơ chưa dùng được"],
    "da_tham_dinh": "số đơn vị đã thẩm định xong, bằng số và chữ",
    "xep_loai": [GRADE],
    "khoi": [BLOCK],
    "chi_tieu": [TARGET],
    "khong_che": [LIMIT],
    "de_nghi_ty_le": ["đề nghị về tỷ lệ khống chế xếp loại, người có thẩm quyền quyết định"],
    "nhom": [
        {
            "ma": "mã nhóm tiêu chí",
            "ten": "tên nhóm tiêu chí",
            "toi_da": "điểm tối đa của nhóm",
            "binh_quan": "điểm bình quân của các đơn vị có điểm",
            "ty_le": "điểm đạt được trên điểm tối đa áp dụng của các đơn vị (%)",
        }
    ],
    **_BASIS,
}
NOTICE: dict[str, Shape] = {
    "don_vi": UNIT,
    "khoi": "tên khối của đơn vị",
    "so_don_vi_khoi": "số đơn vị của khối",
    "diem_chu": "điểm cuối cùng bằng chữ",
    "co_diem": "đúng khi đơn vị đã có điểm",
    "nhom": [
        {
            "ma": "mã nhóm tiêu chí",
            "ten": "tên nhóm tiêu chí",
            "toi_da": "điểm tối đa áp dụng của nhóm",
            "tu_cham": "điểm tự chấm của nhóm",
            "tham_dinh": "điểm thẩm định của nhóm",
            "diem": "điểm cuối cùng của nhóm",
        }
    ],
    "diem_mat": [
        {
            "ma": "mã tiêu chí",
            "ten": "tên tiêu chí",
            "toi_da": "điểm tối đa",
            "diem": "điểm được",
            "mat": "điểm mất",
            "ly_do": "lý do",
            "can_cu": "căn cứ",
        }
    ],
    "dieu_chinh": [
        {"noi_dung": "điểm cộng, điểm trừ, làm tròn", "ket_qua": "mất hoặc được thêm bao nhiêu điểm"}
    ],
    "tong_mat": "điểm tối đa áp dụng trừ điểm cuối cùng",
    "khong_che": [LIMIT],
    "goi_y": ["gợi ý để đạt mức xếp loại trên"],
    **_BASIS,
}
MINUTES: dict[str, Shape] = {
    "niem_phong": "mã niêm phong của đợt, hoặc câu “chưa niêm phong”",
    "tham_gia": ["cơ quan tham gia chấm điểm"],
}
REPORT: dict[str, Shape] = {
    "thoi_han": [
        {
            "noi_dung": "việc phải làm",
            "thoi_han": "thời hạn",
            "co_quan": "ai thực hiện",
        }
    ],
    "nhiem_vu": ["cơ quan và nhiệm vụ được kế hoạch giao"],
}

PROPOSAL_FIELDS: Mapping[str, Shape] = {**_OFFICES, **RESULTS}
DECISION_FIELDS = PROPOSAL_FIELDS
MINUTES_FIELDS: Mapping[str, Shape] = {**_OFFICES, **RESULTS, **MINUTES}
NOTICE_FIELDS: Mapping[str, Shape] = {**_OFFICES, **NOTICE}
REPORT_FIELDS: Mapping[str, Shape] = {**_OFFICES, **RESULTS, **REPORT}


def field_lines(fields: Mapping[str, Shape], before: str = "") -> list[str]:
    """Every field with what it holds, one a line; those of lists as `khoi.don_vi.ten`."""
    lines: list[str] = []
    for name, shape in fields.items():
        inner = shape[0] if isinstance(shape, list) else shape
        repeated = " (danh sách)" if isinstance(shape, list) else ""
        if isinstance(inner, dict):
            lines += [f"{before}{name}{repeated}:"]
            lines += field_lines(inner, f"{before}{name}.")
        else:
            lines.append(f"{before}{name}{repeated}: {inner}")
    return lines
