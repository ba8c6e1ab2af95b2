"""What the authoring workbook tells the person who fills it in."""

from __future__ import annotations

GUIDE = (
    (
        "Bảng soạn bộ tiêu chí",
        "Sửa các trang Quyết định, Xếp loại, Tiêu chí, Khống chế rồi nhập lại vào danvan.",
    ),
    (
        "",
        "Không đổi tên trang và tên cột. Thêm, xóa, chuyển dòng được. Cột lạ thêm bên phải không được đọc.",
    ),
    (
        "Ô để trống",
        "Mục đó không khai. Muốn khai là “không có giá trị” thì ghi (trống); danh sách rỗng: (rỗng).",
    ),
    (
        "Danh sách",
        "Các phần cách nhau bằng dấu chấm phẩy: phong-ban; xa-phuong. Căn cứ chỉ một mục: kh49 III.1",
    ),
    ("Số", "Dấu phẩy hoặc dấu chấm thập phân đều được, tối đa ba chữ số thập phân: 8,5."),
    ("Ngày", "Năm-tháng-ngày: 2022-08-19."),
    ("", ""),
    ("Trang Tiêu chí", "Mỗi dòng là một Nhóm hoặc một Tiêu chí; tiêu chí thuộc nhóm đứng ngay phía trên."),
    ("chấm theo mức độ", "Quy tắc có thể bỏ trống, hoặc: bước điểm: 0,5"),
    (
        "chọn mức",
        "Mỗi dòng trong ô một mức:\nGửi đúng hạn: 2 điểm\nGửi chậm: 50% điểm tối đa\nKhông gửi: 0 điểm",
    ),
    (
        "tỷ lệ",
        "Số liệu khai báo là tử số, cột bên cạnh là mẫu số; cần số lẻ thì ghi thêm [2 số lẻ]. "
        "Mỗi dòng một bậc, bậc cao trước:\ntừ 100%: 3 điểm\ntừ 80%: theo tỷ lệ\n"
        "từ 50%: tăng từ 1 đến 2 điểm\ntừ 0%: 0 điểm",
    ),
    (
        "đếm số",
        "mỗi trường hợp: 0,5\ncách tính: cộng thêm (hoặc: trừ đi)\nmiễn: 2\nđiểm sàn: 0\nđiểm trần: 5",
    ),
    (
        "đúng hạn",
        "thời hạn của kế hoạch: mã thời hạn (hoặc chậm nhất ngày: 2023-04-04; "
        "hoặc trước ngày: 2023-04-04)\n"
        "chậm 5 ngày: 1 điểm (mỗi bậc một dòng; hoặc mỗi ngày chậm trừ: 0,25)",
    ),
    (
        "kết quả nơi khác",
        "lấy từ bảng: mã bảng trong đợt\ntính theo: phần trăm (hoặc: điểm)\nthang điểm gốc: 100\n"
        "và các bậc như cách chấm tỷ lệ nếu có",
    ),
    ("", ""),
    (
        "Trang Xếp loại",
        "Mức cao đứng trước. Điền một trong hai cột Từ, Trên. Khối để trống: dùng cho mọi khối.",
    ),
    ("Điều kiện sàn", "mỗi tiêu chí từ 50%; mỗi nhóm từ 60%; nhóm 5 từ 70%; tiêu chí 5.1 từ 70%"),
    (
        "Trang Khống chế",
        "Dòng Khống chế: điền Mã, Khi nào, Xử lý, Mức, Căn cứ. Dòng Hạn mức: Mức, Tối đa (%), Căn cứ.",
    ),
    (
        "Khi nào",
        "sự việc lanh-dao-bi-ky-luat\nkhông có hồ sơ\nhồ sơ chậm\nnhóm 5 dưới 50%\ntiêu chí 5.1 dưới 50%\n"
        "thiếu minh chứng từ 3 tiêu chí\ntất cả(hồ sơ chậm; nhóm 5 dưới 50%)\n"
        "một trong(...; ...)\nkhông phải(...)",
    ),
    ("Tính trên các mức", "Dòng Hạn mức: “mọi đơn vị được xếp loại” hoặc tên các mức, cách nhau dấu ;"),
    (
        "JSON: ...",
        "Nội dung không có cách ghi ngắn được giữ nguyên dưới dạng JSON; sửa cẩn thận hoặc để nguyên.",
    ),
)
