"""Passages that several documents share: opening, progress, results, ranking, limits, room to write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Doc
from docx.shared import Pt

from reports.templates import elements, styles
from reports.templates.elements import Column, each, write

# superior's name, field of the office's lines, line under them
FROM_ISSUER = ("", "co_quan_hoa", "{{ co_quan_ke }}")
FROM_LEAD = ("{{ co_quan_tat }}", "chu_tri_hoa", "{{ chu_tri_ke }}")
ISSUER_LETTERS, UNKNOWN_LETTERS = "{{ co_quan_ky_hieu }}", ".........."
COPIES = "- .....................;"
KEPT_BY_LEAD = "- Lưu: VT, .......... ."

_RANKING = (
    Column("Hạng", 13, "{{ dv.hang }}"),
    Column("Đơn vị", 45, "{{ dv.ten }}", text=True),
    Column("Điểm tối đa", 15, "{{ dv.toi_da }}"),
    Column("Điểm tự chấm", 17, "{{ dv.tu_cham }}"),
    Column("Điểm thẩm định", 17, "{{ dv.tham_dinh }}"),
    Column("Điểm cuối cùng", 17, "{{ dv.diem }}"),
    Column("Tỷ lệ (%)", 16, "{{ dv.ty_le }}"),
    Column("Xếp loại", 25, "{{ dv.xep_loai }}"),
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
_DEADLINES = (
    Column("Việc phải làm", 75, "{{ t.noi_dung }}", text=True),
    Column("Thời hạn", 40, "{{ t.thoi_han }}"),
    Column("Thực hiện", 50, "{{ t.co_quan }}", text=True),
)


def opening(document: Doc, office: Sequence[str], sign: str, letters: str, kind: str) -> None:
    """The two heads, the title, and what must be known of the figures."""
    elements.page_marks(document)
    elements.heading(document, *office, f"Số:          /{sign}-{letters}")
    elements.title(document, kind)
    elements.marks(document)


def body(document: Doc, *texts: str) -> None:
    """Paragraphs of plain text."""
    for text in texts:
        write(document, text, styles.BODY)


def after_table(document: Doc, text: str) -> None:
    """A paragraph that follows a table, with the room that a table does not leave."""
    write(document, text, styles.BODY).paragraph_format.space_before = Pt(6)


def last(document: Doc, text: str) -> None:
    """The last paragraph before the signatures: it goes with them, they never stand alone on a page."""
    paragraph: Any = write(document, text, styles.BODY)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(6)


def when(document: Doc, condition: str) -> None:
    """Opens a passage that is there only where the field holds something."""
    write(document, f"{{%p if {condition} %}}", styles.BODY)


def otherwise(document: Doc) -> None:
    """What is there where the field holds nothing."""
    write(document, "{%p else %}", styles.BODY)


def end(document: Doc) -> None:
    """Closes a passage that `when` opened."""
    write(document, "{%p endif %}", styles.BODY)


def room(document: Doc, *labels: str) -> None:
    """Dotted lines to write on, each after its label."""
    for label in labels:
        write(document, f"{label}\t", styles.FILL)


def own_words(document: Doc, *titles: str) -> None:
    """Sections that the office writes itself."""
    for title in titles:
        write(document, title, styles.SECTION)
        room(document, "", "")


def progress(document: Doc) -> None:
    """How many units sent and were appraised, and who did not."""
    told = "- Có {{ da_gui }} trong tổng số {{ tong_so_chu }} đơn vị gửi hồ sơ dùng được; "
    body(document, told + "{{ da_tham_dinh }} đơn vị đã thẩm định xong.")
    for name, text in (("chua_gui", "Chưa gửi hồ sơ"), ("bi_tra", "Hồ sơ chưa dùng được")):
        when(document, name)
        body(document, f"- {text}: {{{{ {name}|join('; ') }}}}.")
        end(document)


def result_tables(document: Doc) -> None:
    """Grades over all, blocks, targets."""
    when(document, "co_xep_loai")
    elements.lead(document, "Kết quả xếp loại chung:")
    elements.table(document, _GRADES, "x in xep_loai")
    end(document)
    elements.lead(document, "Kết quả theo khối:")
    elements.table(document, _BLOCKS, "k in khoi")
    targets(document)


def group_means(document: Doc) -> None:
    """Mean points of each group of criteria."""
    elements.lead(document, "Kết quả theo nhóm tiêu chí (các đơn vị có điểm):")
    elements.table(document, _GROUPS, "n in nhom")


def targets(document: Doc) -> None:
    """The plan's targets and what is reached."""
    when(document, "chi_tieu")
    elements.lead(document, "Chỉ tiêu của kế hoạch:")
    elements.table(document, _TARGETS, "ct in chi_tieu")
    end(document)


def ranking(document: Doc) -> None:
    """Each block's ranking in rank order, with its notes."""
    write(document, "{%p for k in khoi %}", styles.BLOCK)
    write(document, "{{ k.so_thu_tu }}. {{ k.ten_hoa }} ({{ k.so_don_vi }} đơn vị)", styles.BLOCK)
    elements.table(document, _RANKING, "dv in k.don_vi")
    each(document, "dong in k.ghi_chu", "{{ dong }}.", styles.NOTE)
    write(document, "{%p endfor %}", styles.BLOCK)


def limits(document: Doc, lead: str) -> None:
    """Who is limited, how, and on what basis."""
    when(document, "khong_che")
    after_table(document, lead)
    told = "- {{ dong.don_vi }}: {{ dong.noi_dung }}. Căn cứ: {{ dong.can_cu }}"
    each(document, "dong in khong_che", told + "{{ '.' if loop.last else ';' }}", styles.BODY)
    end(document)


def tasks(document: Doc) -> None:
    """What the office did, in its own words, and the tasks that the plan gave."""
    room(document, "Công tác lãnh đạo, chỉ đạo, tổ chức thực hiện:", "")
    when(document, "nhiem_vu")
    body(document, "Nhiệm vụ kế hoạch giao và kết quả:")
    write(document, "{%p for dong in nhiem_vu %}", styles.FILL)
    room(document, "- {{ dong }}:")
    write(document, "{%p endfor %}", styles.FILL)
    end(document)


def deadlines(document: Doc) -> None:
    """The plan's deadlines."""
    when(document, "thoi_han")
    elements.lead(document, "Thời hạn của kế hoạch:")
    elements.table(document, _DEADLINES, "t in thoi_han")
    end(document)
