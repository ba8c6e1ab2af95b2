"""Makes the Word templates that come with the program; run from the project's folder after a change.

python -m reports.templates.build
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Doc

from reports.official.template_file import zipped
from reports.templates import elements, styles
from reports.templates.elements import Column, each, write

HERE = Path(__file__).parent
_MADE = datetime(2000, 1, 1)  # the day of the run is no content
_DOTS = "." * 60
_NUMBER = "Số:          /{kind}-{office}"
_FROM_ISSUER = ("", "co_quan_hoa", "{{ co_quan_ke }}")
_FROM_LEAD = ("{{ co_quan_tat }}", "chu_tri_hoa", "{{ chu_tri_ke }}")
_SIGN_ISSUER = "{%p for dong in nguoi_ky %}\n{{ dong }}\n{%p endfor %}"
_KEPT_BY_LEAD = "- Lưu: VT, .......... ."

_RANKING = (
    Column("Hạng", 13, "{{ dv.hang }}"),
    Column("Đơn vị", 50, "{{ dv.ten }}", text=True),
    Column("Điểm tối đa", 15, "{{ dv.toi_da }}"),
    Column("Điểm tự chấm", 17, "{{ dv.tu_cham }}"),
    Column("Điểm thẩm định", 17, "{{ dv.tham_dinh }}"),
    Column("Điểm cuối cùng", 17, "{{ dv.diem }}"),
    Column("Tỷ lệ (%)", 16, "{{ dv.ty_le }}"),
    Column("Xếp loại", 20, "{{ dv.xep_loai }}"),
)
_GRADES = (
    Column("Xếp loại", 65, "{{ x.loai }}", text=True),
    Column("Số đơn vị", 50, "{{ x.so }}"),
    Column("Tỷ lệ trên tổng số", 50, "{{ x.ty_le }}"),
)
_BLOCKS = (
    Column("Khối", 55, "{{ k.ten }}", text=True),
    Column("Số đơn vị", 20, "{{ k.so_don_vi }}"),
    Column("Tỷ lệ bình quân", 25, "{{ k.binh_quan }}"),
    Column("Số đơn vị theo mức xếp loại", 65, "{{ k.tom_tat }}", text=True),
)
_TARGETS = (
    Column("Chỉ tiêu của kế hoạch", 70, "{{ ct.noi_dung }}", text=True),
    Column("Mức phải đạt", 23, "{{ ct.muc_tieu }}"),
    Column("Kết quả", 40, "{{ ct.ket_qua }}"),
    Column("Kết luận", 32, "{{ ct.ket_luan }}"),
)
_GROUPS = (
    Column("Nhóm", 15, "{{ n.ma }}"),
    Column("Nội dung", 78, "{{ n.ten }}", text=True),
    Column("Điểm tối đa", 20, "{{ n.toi_da }}"),
    Column("Điểm bình quân", 26, "{{ n.binh_quan }}"),
    Column("Tỷ lệ đạt", 26, "{{ n.ty_le }}"),
)


def proposal(document: Doc) -> None:
    """Tờ trình: the lead office asks the Chairman to recognise the results."""
    _open(document, _FROM_LEAD, "TTr", "TỜ TRÌNH", "..........")
    write(document, "Kính gửi: {{ nguoi_dung_dau }}", styles.TO)
    _bases(document, "Thực hiện")
    body = "{{ chu_tri }} đã chủ trì tổng hợp, chấm điểm, xếp hạng và báo cáo, đề xuất như sau:"
    write(document, body, styles.BODY)
    write(document, "I. QUÁ TRÌNH THỰC HIỆN", styles.SECTION)
    _progress(document)
    write(document, "II. KẾT QUẢ", styles.SECTION)
    _result_tables(document)
    _limits(document, "Đơn vị bị khống chế xếp loại hoặc có hệ quả kèm theo:")
    write(document, "III. ĐỀ NGHỊ", styles.SECTION)
    asked = "1. Công nhận kết quả đánh giá, xếp loại của {{ tong_so_chu }} đơn vị theo dự thảo Quyết định gửi kèm."
    write(document, asked, styles.BODY)
    write(document, "{%p if de_nghi_ty_le %}", styles.BODY)
    write(document, "2. Xem xét, quyết định về tỷ lệ khống chế xếp loại:", styles.BODY)
    each(document, "dong in de_nghi_ty_le", "- {{ dong }}", styles.BODY)
    write(document, "{%p endif %}", styles.BODY)
    write(document, "{{ chu_tri }} kính trình {{ nguoi_dung_dau }} xem xét, quyết định./.", styles.BODY)
    kept = ("- Như trên;", "- .....................;", _KEPT_BY_LEAD)
    elements.signatures(document, kept, "{{ chu_tri_chuc_vu }}")


def decision(document: Doc) -> None:
    """Quyết định công nhận kết quả, with the ranking as its annex (Phụ lục III, mẫu 1.2)."""
    _open(document, _FROM_ISSUER, "QĐ", "QUYẾT ĐỊNH")
    write(document, "{{ nguoi_dung_dau_hoa }}", styles.AUTHORITY)
    # the law on the office's own powers changes and is not in the plan: the office names it
    own = f"Căn cứ {_DOTS} (văn bản quy định thẩm quyền, chức năng, nhiệm vụ);"
    write(document, own, styles.BASIS)
    each(document, "dong in can_cu", "Căn cứ {{ dong }};", styles.BASIS)
    asked = "Theo đề nghị của {{ chu_tri_dung_dau }} tại Tờ trình số .......... " + elements.DATE_LINE + "."
    write(document, asked, styles.BASIS)
    write(document, "QUYẾT ĐỊNH:", styles.AUTHORITY)
    first = "**Điều 1.** Công nhận kết quả đánh giá, xếp loại {{ noi_dung }} của {{ tong_so_chu }} đơn vị"
    write(document, first + " (có Phụ lục kèm theo){% if co_xep_loai %}, trong đó:{% else %}.{% endif %}",
          styles.BODY)  # fmt: skip
    each(
        document,
        "x in xep_loai",
        "- {{ x.loai }}: {{ x.so_chu }} đơn vị, chiếm {{ x.ty_le }};",
        styles.BODY,
    )
    second = "**Điều 2.** Giao {{ chu_tri }} thông báo kết quả, điểm chưa đạt và lý do đến từng đơn vị; theo dõi "
    write(document, second + "việc khắc phục.", styles.BODY)
    write(document, "**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký.", styles.BODY)
    who = "**Điều 4.** {{ chu_tri_dung_dau }}, người đứng đầu các đơn vị có tên tại Phụ lục và các cơ quan, đơn vị "
    write(document, who + "liên quan chịu trách nhiệm thi hành Quyết định này./.", styles.BODY)
    kept = ("- Như Điều 4;", "- .....................;", "- Lưu: VT, {{ chu_tri }}.")
    elements.signatures(document, kept, "{{ chuc_vu }}")
    belongs = "Quyết định số          /QĐ-{{ co_quan_ky_hieu }} " + elements.DATE_LINE
    elements.annex(
        document, "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI {{ noi_dung|upper }}", belongs + " của {{ nguoi_dung_dau }}"
    )
    elements.marks(document)
    _ranking(document)
    _limits(document, "Khống chế xếp loại và hệ quả:")


def minutes(document: Doc) -> None:
    """Biên bản họp (Phụ lục III, mẫu 1.9), with the seal of the figures that were looked at."""
    _open(document, _FROM_LEAD, "BB", "BIÊN BẢN", "..........")
    for text in (
        "Thời gian bắt đầu: ..... giờ ....., " + elements.DATE_LINE,
        f"Địa điểm: {_DOTS}",
        f"Thành phần tham dự: {_DOTS}",
    ):
        write(document, text, styles.BODY)
    each(document, "dong in tham_gia", "- {{ dong }}: ông (bà) " + "." * 30 + ";", styles.BODY)
    write(document, f"Chủ trì (chủ tọa): {_DOTS}", styles.BODY)
    write(document, f"Thư ký (người ghi biên bản): {_DOTS}", styles.BODY)
    write(document, "Nội dung:", styles.ITEM)
    write(document, "1. {{ chu_tri }} báo cáo kết quả chấm điểm", styles.ITEM)
    _progress(document)
    _result_tables(document)
    _limits(document, "Khống chế xếp loại và hệ quả:")
    write(document, "2. Ý kiến thảo luận", styles.ITEM)
    for _ in range(3):
        write(document, "." * 115, styles.BODY)
    write(document, "3. Thống nhất", styles.ITEM)
    write(document, "Cuộc họp thống nhất kết quả của {{ tong_so_chu }} đơn vị như sau:", styles.BODY)
    _ranking(document)
    each(document, "dong in de_nghi_ty_le", "- {{ dong }}", styles.BODY)
    write(document, f"Ý kiến khác: {_DOTS}", styles.BODY)
    write(document, "4. Số liệu làm căn cứ", styles.ITEM)
    write(document, "- Mã niêm phong: {{ niem_phong }};", styles.BODY)
    _origin(document)
    closing = "Cuộc họp kết thúc vào ..... giờ ....., " + elements.DATE_LINE + "./."
    write(document, closing, styles.BODY)
    elements.signatures(document, (), "CHỦ TRÌ", left=("THƯ KÝ",))
    elements.receivers(document, ("- .....................;", "- Lưu: VT, hồ sơ."))


def notice(document: Doc) -> None:
    """Thông báo to a unit: its points, each lost one with reason and basis, limits, what could be won."""
    _open(document, _FROM_LEAD, "TB", "THÔNG BÁO", "..........")
    write(document, "Kính gửi: {{ don_vi.ten }}", styles.TO)
    _bases(document, "Thực hiện")
    told = "{{ chu_tri }} thông báo kết quả của {{ don_vi.ten }} (mã {{ don_vi.ma }}, khối {{ khoi }}) như sau:"
    write(document, told, styles.BODY)
    write(document, "1. Kết quả chung", styles.ITEM)
    rows = (
        ("Điểm tối đa áp dụng", "{{ don_vi.toi_da }}", "Điểm tự chấm", "{{ don_vi.tu_cham }}"),
        (
            "Điểm thẩm định",
            "{{ don_vi.tham_dinh }}",
            "Điểm cuối cùng",
            "{{ don_vi.diem }} ({{ diem_chu }})",
        ),
        ("Tỷ lệ", "{{ don_vi.ty_le }}%", "Hạng trong khối", "{{ don_vi.hang }}/{{ so_don_vi_khoi }}"),
        ("Xếp loại theo điểm", "{{ don_vi.xep_loai_theo_diem }}", "Xếp loại", "{{ don_vi.xep_loai }}"),
    )
    elements.rows_of_text(document, (45, 30, 38, 52), rows)
    write(document, "{%p if don_vi.ghi_chu %}", styles.NOTE)
    write(document, "Ghi chú: {{ don_vi.ghi_chu }}.", styles.NOTE)
    write(document, "{%p endif %}", styles.NOTE)
    write(document, "2. Điểm theo nhóm tiêu chí", styles.ITEM)
    columns = (
        Column("Nhóm", 15, "{{ n.ma }}"),
        Column("Nội dung", 74, "{{ n.ten }}", text=True),
        Column("Điểm tối đa", 19, "{{ n.toi_da }}"),
        Column("Tự chấm", 19, "{{ n.tu_cham }}"),
        Column("Thẩm định", 19, "{{ n.tham_dinh }}"),
        Column("Cuối cùng", 19, "{{ n.diem }}"),
    )
    total = ("", "Tổng cộng", "{{ don_vi.toi_da }}", "{{ don_vi.tu_cham }}", "{{ don_vi.tham_dinh }}",
             "{{ don_vi.diem }}")  # fmt: skip
    elements.table(document, columns, "n in nhom", total)
    write(document, "3. Điểm chưa đạt và lý do", styles.ITEM)
    write(document, "{%p if co_diem %}", styles.BODY)
    columns = (
        Column("Tiêu chí", 47, "{{ m.ma }} {{ m.ten }}", text=True),
        Column("Tối đa", 14, "{{ m.toi_da }}"),
        Column("Được", 14, "{{ m.diem }}"),
        Column("Mất", 14, "{{ m.mat }}"),
        Column("Lý do", 42, "{{ m.ly_do }}", text=True),
        Column("Căn cứ", 34, "{{ m.can_cu }}", text=True),
    )
    elements.table(document, columns, "m in diem_mat")
    each(document, "dong in dieu_chinh", "- {{ dong.noi_dung }}: mất {{ dong.mat }} điểm.", styles.NOTE)
    write(
        document,
        "Cộng điểm chưa đạt: {{ tong_mat }} điểm (điểm tối đa áp dụng trừ điểm cuối cùng).",
        styles.NOTE,
    )
    write(document, "{%p else %}", styles.BODY)
    write(document, "Đơn vị chưa có điểm.", styles.BODY)
    write(document, "{%p endif %}", styles.BODY)
    write(document, "4. Khống chế xếp loại", styles.ITEM)
    write(document, "{%p if not khong_che %}", styles.BODY)
    write(document, "Không có.", styles.BODY)
    write(document, "{%p endif %}", styles.BODY)
    limit = (
        "- {{ dong.noi_dung }}; xếp loại trước: {{ dong.theo_diem }}, sau: {{ dong.xep_loai }}. Căn cứ: "
    )
    each(document, "dong in khong_che", limit + "{{ dong.can_cu }}.", styles.BODY)
    write(document, "{%p if goi_y %}", styles.BODY)
    write(document, "5. Gợi ý để nâng xếp loại", styles.ITEM)
    each(document, "dong in goi_y", "- {{ dong }}", styles.BODY)
    write(document, "{%p endif %}", styles.BODY)
    asked = "Đơn vị có ý kiến về kết quả trên, đề nghị gửi văn bản kèm minh chứng về {{ chu_tri }} trước "
    write(document, asked + elements.DATE_LINE + "./.", styles.BODY)
    kept = ("- Như trên;", "- .....................;", _KEPT_BY_LEAD)
    elements.signatures(document, kept, "{{ chu_tri_chuc_vu }}")


def half_year_report(document: Doc) -> None:
    """Báo cáo 6 tháng: what is due, what has been done by then, and room for the office's own words."""
    _report_opening(document)
    write(document, "I. KẾT QUẢ 6 THÁNG ĐẦU NĂM {{ nam }}", styles.SECTION)
    _tasks(document)
    write(document, "{%p if co_ket_qua %}", styles.BODY)
    told = "Số liệu của đợt đánh giá tính đến thời điểm lập báo cáo: {{ da_gui }} trong tổng số {{ tong_so_chu }} "
    write(document, told + "đơn vị đã gửi hồ sơ dùng được.", styles.BODY)
    write(document, "{%p endif %}", styles.BODY)
    _targets(document)
    _own_words(document, "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", "III. NHIỆM VỤ 6 THÁNG CUỐI NĂM {{ nam }}")
    _deadlines(document)
    _report_closing(document)


def year_report(document: Doc) -> None:
    """Báo cáo năm: the year's tasks and results, with room for the office's own words."""
    _report_opening(document)
    write(document, "I. KẾT QUẢ THỰC HIỆN NĂM {{ nam }}", styles.SECTION)
    _tasks(document)
    write(document, "{%p if co_ket_qua %}", styles.BODY)
    _progress(document)
    write(document, "Kết quả theo nhóm tiêu chí (các đơn vị có điểm):", styles.BODY)
    elements.table(document, _GROUPS, "n in nhom")
    _result_tables(document)
    write(document, "{%p endif %}", styles.BODY)
    _limits(document, "Đơn vị bị khống chế xếp loại hoặc có hệ quả kèm theo:")
    _own_words(document, "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", "III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM SAU")
    _own_words(document, "IV. KIẾN NGHỊ, ĐỀ XUẤT")
    _report_closing(document)


TEMPLATES: dict[str, tuple[str, Callable[[Doc], None]]] = {
    "to-trinh": ("Tờ trình", proposal),
    "quyet-dinh": ("Quyết định công nhận kết quả", decision),
    "bien-ban": ("Biên bản họp", minutes),
    "thong-bao": ("Thông báo kết quả", notice),
    "bao-cao-6-thang": ("Báo cáo 6 tháng", half_year_report),
    "bao-cao-nam": ("Báo cáo năm", year_report),
}


def _open(document: Doc, office: Sequence[str], sign: str, kind: str, letters: str = "") -> None:
    """Marks, the two heads and the title."""
    number = _NUMBER.format(kind=sign, office=letters or "{{ co_quan_ky_hieu }}")
    elements.page_marks(document)
    elements.heading(document, *office, number)
    elements.title(document, kind)
    elements.marks(document)


def _bases(document: Doc, word: str) -> None:
    each(document, "dong in can_cu", f"{word} {{{{ dong }}}};", styles.BODY)


def _progress(document: Doc) -> None:
    told = "Có {{ da_gui }} trong tổng số {{ tong_so_chu }} đơn vị gửi hồ sơ dùng được; {{ da_tham_dinh }} đơn vị đã "
    write(document, f"- {told}thẩm định xong.", styles.BODY)
    for name, text in (("chua_gui", "Chưa gửi hồ sơ"), ("bi_tra", "Hồ sơ bị trả lại")):
        write(document, f"{{%p if {name} %}}", styles.BODY)
        write(document, f"- {text}: {{{{ {name}|join('; ') }}}}.", styles.BODY)
        write(document, "{%p endif %}", styles.BODY)


def _result_tables(document: Doc) -> None:
    """Grades over all, blocks, targets."""
    write(document, "{%p if co_xep_loai %}", styles.BODY)
    write(document, "Kết quả xếp loại chung:", styles.BODY)
    elements.table(document, _GRADES, "x in xep_loai")
    write(document, "{%p endif %}", styles.BODY)
    write(document, "Kết quả theo khối:", styles.BODY).paragraph_format.space_before = elements.Pt(6)
    elements.table(document, _BLOCKS, "k in khoi")
    _targets(document)


def _targets(document: Doc) -> None:
    write(document, "{%p if chi_tieu %}", styles.BODY)
    write(document, "Chỉ tiêu của kế hoạch:", styles.BODY).paragraph_format.space_before = elements.Pt(6)
    elements.table(document, _TARGETS, "ct in chi_tieu")
    write(document, "{%p endif %}", styles.BODY)


def _ranking(document: Doc) -> None:
    """Each block's ranking in rank order, with its notes."""
    write(document, "{%p for k in khoi %}", styles.BLOCK)
    write(document, "{{ k.so_thu_tu }}. {{ k.ten_hoa }} ({{ k.so_don_vi }} đơn vị)", styles.BLOCK)
    elements.table(document, _RANKING, "dv in k.don_vi")
    each(document, "dong in k.ghi_chu", "{{ dong }}.", styles.NOTE)
    write(document, "{%p endfor %}", styles.BLOCK)


def _limits(document: Doc, lead: str) -> None:
    write(document, "{%p if khong_che %}", styles.BODY)
    write(document, lead, styles.BODY).paragraph_format.space_before = elements.Pt(6)
    each(document, "dong in khong_che", "- {{ dong.don_vi }}: {{ dong.noi_dung }}. Căn cứ: {{ dong.can_cu }};",
         styles.BODY)  # fmt: skip
    write(document, "{%p endif %}", styles.BODY)


def _origin(document: Doc) -> None:
    write(document, "- Bộ tiêu chí: {{ bo_tieu_chi }} ({{ nguon_tieu_chi }});", styles.BODY)
    write(document, "- Phần mềm: {{ phan_mem }}.", styles.BODY)


def _report_opening(document: Doc) -> None:
    _open(document, _FROM_ISSUER, "BC", "BÁO CÁO")
    write(document, "Kính gửi: {{ cap_tren }}", styles.TO)
    _bases(document, "Thực hiện")
    write(document, "{{ co_quan }} báo cáo kết quả như sau:", styles.BODY)


def _tasks(document: Doc) -> None:
    write(document, "Công tác lãnh đạo, chỉ đạo, tổ chức thực hiện: " + "." * 50, styles.BODY)
    write(document, "." * 115, styles.BODY)
    write(document, "{%p if nhiem_vu %}", styles.BODY)
    write(document, "Nhiệm vụ kế hoạch giao và kết quả:", styles.BODY)
    each(document, "dong in nhiem_vu", "- {{ dong }}: " + "." * 40 + ";", styles.BODY)
    write(document, "{%p endif %}", styles.BODY)


def _deadlines(document: Doc) -> None:
    write(document, "{%p if thoi_han %}", styles.BODY)
    write(document, "Thời hạn của kế hoạch:", styles.BODY)
    columns = (
        Column("Việc phải làm", 75, "{{ t.noi_dung }}", text=True),
        Column("Thời hạn", 40, "{{ t.thoi_han }}"),
        Column("Thực hiện", 50, "{{ t.co_quan }}", text=True),
    )
    elements.table(document, columns, "t in thoi_han")
    write(document, "{%p endif %}", styles.BODY)


def _own_words(document: Doc, *titles: str) -> None:
    for title in titles:
        write(document, title, styles.SECTION)
        for _ in range(2):
            write(document, "." * 115, styles.BODY)


def _report_closing(document: Doc) -> None:
    write(document, "Trên đây là báo cáo của {{ co_quan }}./.", styles.BODY)
    kept = ("- Như trên;", "- .....................;", "- Lưu: VT, .......... .")
    elements.signatures(document, kept, _SIGN_ISSUER)


def build(name: str) -> bytes:
    """The template of this name as a .docx file, the same bytes at every run."""
    title, compose = TEMPLATES[name]
    document = Document()
    styles.set_up(document, title)
    document.core_properties.created = document.core_properties.modified = _MADE
    compose(document)
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return zipped({entry: archive.read(entry) for entry in archive.namelist()})


def main() -> None:
    """Writes every template anew."""
    for name in TEMPLATES:
        (HERE / f"{name}.docx").write_bytes(build(name))


if __name__ == "__main__":
    main()
