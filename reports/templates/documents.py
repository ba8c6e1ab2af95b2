"""The documents themselves: what each says, in order, with its fields."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as Doc

from reports.templates import elements, styles
from reports.templates import passages as p
from reports.templates.elements import DATE_LINE, Column, each, write

_BY_GROUP = (
    Column("Nhóm", 15, "{{ n.ma }}"),
    Column("Nội dung", 74, "{{ n.ten }}", text=True),
    Column("Điểm tối đa", 19, "{{ n.toi_da }}"),
    Column("Tự chấm", 19, "{{ n.tu_cham }}"),
    Column("Thẩm định", 19, "{{ n.tham_dinh }}"),
    Column("Cuối cùng", 19, "{{ n.diem }}"),
)
_TOTAL = (
    "",
    "Tổng cộng",
    *(f"{{{{ don_vi.{name} }}}}" for name in ("toi_da", "tu_cham", "tham_dinh", "diem")),
)
_LOST = (
    Column("Tiêu chí", 45, "{{ m.ma }} {{ m.ten }}", text=True),
    Column("Tối đa", 13, "{{ m.toi_da }}"),
    Column("Được", 14, "{{ m.diem }}"),
    Column("Mất", 13, "{{ m.mat }}"),
    Column("Lý do", 42, "{{ m.ly_do }}", text=True),
    Column("Căn cứ", 38, "{{ m.can_cu }}", text=True),
)


def proposal(document: Doc) -> None:
    """Tờ trình: the lead office asks the Chairman to recognise the results."""
    p.opening(document, p.FROM_LEAD, "TTr", p.UNKNOWN_LETTERS, "TỜ TRÌNH")
    write(document, "Kính gửi: {{ nguoi_dung_dau }}", styles.TO)
    did = "Thực hiện {{ can_cu|join('; ') }}, {{ chu_tri }} đã chủ trì tổng hợp, chấm điểm, xếp hạng"
    p.body(document, did + " và báo cáo, đề xuất như sau:")
    write(document, "I. QUÁ TRÌNH THỰC HIỆN", styles.SECTION)
    p.progress(document)
    write(document, "II. KẾT QUẢ", styles.SECTION)
    p.result_tables(document)
    p.limits(document, "Đơn vị bị khống chế xếp loại hoặc có hệ quả kèm theo:")
    write(document, "III. ĐỀ NGHỊ", styles.SECTION)
    asked = "1. Công nhận kết quả đánh giá, xếp loại của {{ tong_so_chu }} đơn vị theo dự thảo Quyết định"
    p.body(document, asked + " gửi kèm.")
    p.when(document, "de_nghi_ty_le")
    p.body(document, "2. Xem xét, quyết định về tỷ lệ khống chế xếp loại:")
    each(document, "dong in de_nghi_ty_le", "- {{ dong }}", styles.BODY)
    p.end(document)
    p.last(document, "{{ chu_tri }} kính trình {{ nguoi_dung_dau }} xem xét, quyết định./.")
    elements.signatures(document, ("- Như trên;", p.COPIES, p.KEPT_BY_LEAD), ("{{ chu_tri_chuc_vu }}",))


def decision(document: Doc) -> None:
    """Quyết định công nhận kết quả with the ranking as its annex (Phụ lục III, mẫu 1.2)."""
    p.opening(document, p.FROM_ISSUER, "QĐ", p.ISSUER_LETTERS, "QUYẾT ĐỊNH")
    write(document, "{{ nguoi_dung_dau_hoa }}", styles.AUTHORITY)
    # the law on the office's own powers changes and is not in the plan: the office names it
    own = "Căn cứ " + "." * 60 + " (văn bản quy định thẩm quyền, chức năng, nhiệm vụ);"
    write(document, own, styles.BASIS)
    each(document, "dong in can_cu", "Căn cứ {{ dong }};", styles.BASIS)
    asked = f"Theo đề nghị của {{{{ chu_tri_dung_dau }}}} tại Tờ trình số .......... {DATE_LINE}."
    write(document, asked, styles.BASIS)
    write(document, "QUYẾT ĐỊNH:", styles.AUTHORITY)
    first = (
        "**Điều 1.** Công nhận kết quả đánh giá, xếp loại {{ noi_dung }} của {{ tong_so_chu }} đơn vị (có "
    )
    p.body(document, first + "Phụ lục kèm theo){{ ', trong đó:' if co_xep_loai else '.' }}")
    share = "- {{ x.loai }}: {{ x.so_chu }} đơn vị, chiếm {{ x.ty_le }}{{ '.' if loop.last else ';' }}"
    each(document, "x in xep_loai", share, styles.BODY)
    second = (
        "**Điều 2.** Giao {{ chu_tri }} thông báo kết quả, điểm chưa đạt và lý do đến từng đơn vị; theo"
    )
    p.body(document, second + " dõi việc khắc phục.")
    p.body(document, "**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký.")
    who = "**Điều 4.** {{ chu_tri_dung_dau }}, người đứng đầu các đơn vị có tên tại Phụ lục và các cơ quan,"
    p.last(document, who + " đơn vị liên quan chịu trách nhiệm thi hành Quyết định này./.")
    kept = ("- Như Điều 4;", p.COPIES, "- Lưu: VT, {{ chu_tri }}.")
    elements.signatures(document, kept, ("{{ chuc_vu }}",))
    belongs = (
        f"Quyết định số          /QĐ-{{{{ co_quan_ky_hieu }}}} {DATE_LINE} của {{{{ nguoi_dung_dau }}}}"
    )
    elements.annex(document, "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI {{ noi_dung|upper }}", belongs)
    elements.marks(document)
    p.ranking(document)
    p.limits(document, "Khống chế xếp loại và hệ quả:")


def minutes(document: Doc) -> None:
    """Biên bản họp (Phụ lục III, mẫu 1.9), with the seal of the figures that were looked at."""
    p.opening(document, p.FROM_LEAD, "BB", p.UNKNOWN_LETTERS, "BIÊN BẢN")
    p.body(document, f"Thời gian bắt đầu: ..... giờ ....., {DATE_LINE}")
    p.room(document, "Địa điểm:", "Thành phần tham dự:")
    write(document, "{%p for dong in tham_gia %}", styles.FILL)
    p.room(document, "- {{ dong }}:")
    write(document, "{%p endfor %}", styles.FILL)
    p.room(document, "Chủ trì (chủ tọa):", "Thư ký (người ghi biên bản):")
    write(document, "Nội dung:", styles.ITEM)
    write(document, "1. {{ chu_tri }} báo cáo kết quả chấm điểm", styles.ITEM)
    p.progress(document)
    p.result_tables(document)
    p.limits(document, "Khống chế xếp loại và hệ quả:")
    write(document, "2. Ý kiến thảo luận", styles.ITEM)
    p.room(document, "", "", "")
    write(document, "3. Thống nhất", styles.ITEM)
    p.body(document, "Cuộc họp thống nhất kết quả của {{ tong_so_chu }} đơn vị như sau:")
    p.ranking(document)
    each(document, "dong in de_nghi_ty_le", "- {{ dong }}", styles.BODY)
    p.room(document, "Ý kiến khác:", "")
    write(document, "4. Số liệu làm căn cứ", styles.ITEM)
    p.body(
        document,
        "- Mã niêm phong: {{ niem_phong }};",
        "- Bộ tiêu chí: {{ bo_tieu_chi }} ({{ nguon_tieu_chi }});",
        "- Phần mềm: {{ phan_mem }}.",
    )
    p.last(document, f"Cuộc họp kết thúc vào ..... giờ ....., {DATE_LINE}./.")
    elements.signatures(document, (), ("CHỦ TRÌ",), left="THƯ KÝ")
    elements.receivers(document, (p.COPIES, "- Lưu: VT, hồ sơ."))


def notice(document: Doc) -> None:
    """Thông báo to a unit: its points, each lost one with reason and basis, limits, what could be won."""
    p.opening(document, p.FROM_LEAD, "TB", p.UNKNOWN_LETTERS, "THÔNG BÁO")
    write(document, "Kính gửi: {{ don_vi.ten }}", styles.TO)
    told = "Thực hiện {{ can_cu|join('; ') }}, {{ chu_tri }} thông báo kết quả của {{ don_vi.ten }} (mã "
    p.body(document, told + "{{ don_vi.ma }}, khối {{ khoi }}) như sau:")
    write(document, "1. Kết quả chung", styles.ITEM)
    _overall(document)
    write(document, "2. Điểm theo nhóm tiêu chí", styles.ITEM)
    elements.table(document, _BY_GROUP, "n in nhom", _TOTAL)
    write(document, "3. Điểm chưa đạt và lý do", styles.ITEM)
    _lost(document)
    write(document, "4. Khống chế xếp loại", styles.ITEM)
    p.when(document, "not khong_che")
    p.body(document, "Không có.")
    p.end(document)
    # a consequence, or a limit on a grade that is as low already, changes nothing that could be told
    changed = (
        "{% if dong.theo_diem != dong.xep_loai %}; xếp loại trước: {{ dong.theo_diem }}, "
        "sau: {{ dong.xep_loai }}{% endif %}"
    )
    limit = "- {{ dong.noi_dung }}" + changed + ". Căn cứ: {{ dong.can_cu }}."
    each(document, "dong in khong_che", limit, styles.BODY)
    p.when(document, "goi_y")
    write(document, "5. Gợi ý để nâng xếp loại", styles.ITEM)
    each(document, "dong in goi_y", "- {{ dong }}", styles.BODY)
    p.end(document)
    asked = f"Trước {DATE_LINE}, đơn vị có ý kiến về kết quả trên đề nghị gửi văn bản kèm minh chứng về"
    p.last(document, asked + " {{ chu_tri }}./.")
    elements.signatures(document, ("- Như trên;", p.COPIES, p.KEPT_BY_LEAD), ("{{ chu_tri_chuc_vu }}",))


def _overall(document: Doc) -> None:
    final = "{{ don_vi.diem }}{% if co_diem %} ({{ diem_chu }}){% endif %}"
    share = "{{ don_vi.ty_le }}{% if co_diem %}%{% endif %}"
    rows = (
        ("Điểm tối đa áp dụng", "{{ don_vi.toi_da }}", "Điểm tự chấm", "{{ don_vi.tu_cham }}"),
        ("Điểm thẩm định", "{{ don_vi.tham_dinh }}", "Điểm cuối cùng", final),
        ("Tỷ lệ", share, "Hạng trong khối", "{{ don_vi.hang }}/{{ so_don_vi_khoi }}"),
        ("Xếp loại theo điểm", "{{ don_vi.xep_loai_theo_diem }}", "Xếp loại", "{{ don_vi.xep_loai }}"),
    )
    elements.rows_of_text(document, (45, 30, 38, 52), rows)
    p.when(document, "don_vi.ghi_chu")
    write(document, "Ghi chú: {{ don_vi.ghi_chu }}.", styles.NOTE)
    p.end(document)


def _lost(document: Doc) -> None:
    p.when(document, "not co_diem")
    p.body(document, "Đơn vị chưa có điểm.")
    p.end(document)
    p.when(document, "diem_mat")
    elements.table(document, _LOST, "m in diem_mat")
    p.end(document)
    each(document, "dong in dieu_chinh", "- {{ dong.noi_dung }}: {{ dong.ket_qua }}.", styles.NOTE)
    p.when(document, "co_diem")
    total = "Tổng điểm chưa đạt: {{ tong_mat }} điểm, bằng điểm tối đa áp dụng trừ điểm cuối cùng."
    write(document, total, styles.NOTE)
    p.end(document)


def half_year_report(document: Doc) -> None:
    """Báo cáo 6 tháng: what has been done by then, what is due, room for the office's own words."""
    _report_opening(document)
    write(document, "I. KẾT QUẢ 6 THÁNG ĐẦU NĂM {{ nam }}", styles.SECTION)
    p.tasks(document)
    p.when(document, "co_ket_qua")
    told = "Số liệu của đợt đánh giá tính đến thời điểm lập báo cáo: {{ da_gui }} trong tổng số "
    p.body(document, told + "{{ tong_so_chu }} đơn vị đã gửi hồ sơ dùng được.")
    p.end(document)
    p.targets(document)
    p.own_words(document, "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", "III. NHIỆM VỤ 6 THÁNG CUỐI NĂM {{ nam }}")
    p.deadlines(document)
    _report_closing(document)


def year_report(document: Doc) -> None:
    """Báo cáo năm: the year's tasks and results, with room for the office's own words."""
    _report_opening(document)
    write(document, "I. KẾT QUẢ THỰC HIỆN NĂM {{ nam }}", styles.SECTION)
    p.tasks(document)
    p.when(document, "co_ket_qua")
    p.progress(document)
    p.group_means(document)
    p.result_tables(document)
    p.end(document)
    p.limits(document, "Đơn vị bị khống chế xếp loại hoặc có hệ quả kèm theo:")
    p.own_words(document, "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", "III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM SAU")
    p.own_words(document, "IV. KIẾN NGHỊ, ĐỀ XUẤT")
    _report_closing(document)


def _report_opening(document: Doc) -> None:
    p.opening(document, p.FROM_ISSUER, "BC", p.ISSUER_LETTERS, "BÁO CÁO")
    write(document, "Kính gửi: {{ cap_tren }}", styles.TO)
    p.body(document, "Thực hiện {{ can_cu|join('; ') }}, {{ co_quan }} báo cáo kết quả như sau:")


def _report_closing(document: Doc) -> None:
    p.last(document, "Trên đây là báo cáo của {{ co_quan }}./.")
    elements.signatures(document, ("- Như trên;", p.COPIES, "- Lưu: VT, .......... ."), "nguoi_ky")


# name of the file: title in its properties, what composes it
DOCUMENTS: dict[str, tuple[str, Callable[[Doc], None]]] = {
    "to-trinh": ("Tờ trình", proposal),
    "quyet-dinh": ("Quyết định công nhận kết quả", decision),
    "bien-ban": ("Biên bản họp", minutes),
    "thong-bao": ("Thông báo kết quả", notice),
    "bao-cao-6-thang": ("Báo cáo 6 tháng", half_year_report),
    "bao-cao-nam": ("Báo cáo năm", year_report),
}
