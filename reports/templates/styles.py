"""Page and paragraph styles of the templates, as Nghị định 30/2020/NĐ-CP, Phụ lục I, sets them.

Sizes are those of the decree's own examples (Phần I, mục V), all inside its bounds. Numbers in brackets are
passages of Phần I. What the decree leaves open (tables, marks) says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

FONT = "Times New Roman"  # I.4, black
LEFT, CENTRE, BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
TEXT_WIDTH = 165  # mm between the margins
TOP = BOTTOM = 20  # I.3: 20-25 mm
LEFT_MARGIN, RIGHT_MARGIN = 30, 15  # I.3: 30-35, 15-20 mm
INDENT = 12.7  # mm; II.6.e: 1 cm or 1,27 cm
_UNUSED = ("stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings")
KEPT = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer", "Table Grid")


@dataclass(frozen=True)
class Style:
    """A paragraph style: size in points, weight, slope, alignment, spacing in points, indent in mm."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = CENTRE
    before: float = 0
    after: float = 0
    indent: float = 0
    keep: bool = False  # with the paragraph that follows
    dotted: bool = False  # a tab runs to the right margin in dots


COUNTRY = Style("Quốc hiệu", 12, bold=True)  # II.1.a: 12-13, upright, bold
MOTTO = Style("Tiêu ngữ", 13, bold=True)  # II.1.b: 13-14, upright, bold
SUPERIOR = Style("Cơ quan chủ quản", 12)  # II.2.b: 12-13, upright
ISSUER = Style("Cơ quan ban hành", 12, bold=True)  # II.2.b: 12-13, upright, bold
RULE = Style("Đường kẻ", 6, bold=True)  # lines of underscores, as in the sample forms
NUMBER = Style("Số, ký hiệu", 13)  # II.3.c: 13, upright
PLACE = Style("Địa danh, ngày tháng", 13, italic=True)  # II.4.c: 13-14, italic
KIND = Style("Tên loại", 14, bold=True, before=12, keep=True)  # II.5.b: 13-14, upright, bold
ABOUT = Style("Trích yếu", 14, bold=True, keep=True)  # II.5.b: 13-14, upright, bold
AUTHORITY = Style("Thẩm quyền", 14, bold=True, before=6, after=6, keep=True)  # Phụ lục III, mẫu 1.2
TO = Style("Kính gửi", 14, before=6, after=6)  # II.9.d: 13-14, upright
BASIS = Style("Căn cứ", 14, italic=True, align=BOTH, after=6, indent=INDENT)  # II.6.a: 13-14, italic
BODY = Style("Nội dung", 14, align=BOTH, after=6, indent=INDENT)  # II.6.e: 13-14, at least 6 pt apart
SECTION = Style("Mục", 14, bold=True, align=BOTH, before=6, after=6, indent=INDENT, keep=True)
FILL = Style("Dòng để ghi", 14, align=LEFT, after=6, indent=INDENT, dotted=True)
ITEM = Style("Khoản có tiêu đề", 14, bold=True, align=BOTH, before=6, after=6, indent=INDENT, keep=True)
RECEIVERS = Style("Nơi nhận", 12, bold=True, italic=True, align=LEFT)  # II.9.d: 12, bold italic
RECEIVER = Style("Nơi nhận, liệt kê", 11, align=LEFT)  # II.9.d: 11, upright
SIGNER = Style("Chức vụ người ký", 14, bold=True)  # II.7.đ: 13-14, upright, bold
SIGN_NOTE = Style("Chữ ký", 12, italic=True)
NAME = Style("Họ tên người ký", 14, bold=True)  # II.7.đ: 13-14, upright, bold
ANNEX = Style("Phụ lục", 14, bold=True, keep=True)  # III.1.b: 14, upright, bold
ANNEX_TITLE = Style("Tên phụ lục", 14, bold=True, keep=True)  # III.1.b: 13-14, upright, bold
ANNEX_NOTE = Style("Kèm theo", 14, italic=True, keep=True)  # III.1.c: 13-14, italic
PAGE_NUMBER = Style("Số trang", 14)  # I.7: 13-14, upright, centred
# not set by the decree
MARK = Style("Lưu ý", 11, bold=True, italic=True, align=BOTH, after=3)
FOOT_MARK = Style("Lưu ý chân trang", 9, italic=True, align=LEFT)
BLOCK = Style("Tên khối", 13, bold=True, align=LEFT, before=9, after=3, keep=True)
HEAD = Style("Bảng, đầu cột", 11, bold=True)
CELL = Style("Bảng, chữ", 12, align=LEFT)
FIGURE = Style("Bảng, số", 12)
NOTE = Style("Bảng, ghi chú", 12, italic=True, align=BOTH, before=3)
END = Style("Hết văn bản", 1)
STYLES = tuple(value for value in list(globals().values()) if isinstance(value, Style))


def set_up(document: Doc, title: str) -> None:
    """Gives an empty document its page, its styles in place of Word's own, and fixed properties."""
    _drop_styles(document)
    for style in STYLES:
        _add(document, style)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)  # I.1
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT_MARGIN), Mm(RIGHT_MARGIN)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    section.different_first_page_header_footer = True  # I.7: no number on the first page
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "danvan", "danvan"
    properties.comments, properties.revision = "", 1
    _modern(document)


def _drop_styles(document: Doc) -> None:
    """Only what is used stays: an officer finds the styles that matter, and 200 notices stay small."""
    styles = document.styles
    for style in list(styles):
        if style.name not in KEPT:
            style.element.getparent().remove(style.element)
    for link in list(styles.element.iter(qn("w:link"))):
        link.getparent().remove(link)
    normal: Any = styles["Normal"]
    _set_font(normal.element.get_or_add_rPr(), 14)
    defaults: Any = styles.element.find(qn("w:docDefaults"))
    for run in defaults.iter(qn("w:rPr")):
        _set_font(run, 14)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0


def _add(document: Doc, style: Style) -> None:
    made: Any = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    made.font.size, made.font.bold, made.font.italic = Pt(style.size), style.bold, style.italic
    shape = made.paragraph_format
    shape.alignment, shape.keep_with_next = style.align, style.keep
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    shape.line_spacing = 1.0  # II.6.e: single to 1,5 lines
    shape.first_line_indent = Mm(style.indent)
    if style.dotted:
        shape.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _set_font(run: Any, size: float) -> None:
    """Font, size and language of run properties; theme fonts would win over the name."""
    for tag in ("w:rFonts", "w:sz", "w:szCs", "w:lang"):
        for old in run.findall(qn(tag)):
            run.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    run.insert(0, fonts)
    for tag in ("w:sz", "w:szCs"):
        item = OxmlElement(tag)
        item.set(qn("w:val"), str(int(size * 2)))
        run.append(item)
    language = OxmlElement("w:lang")  # so that Word's spelling leaves Vietnamese alone
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), "vi-VN")
    run.append(language)


def _modern(document: Doc) -> None:
    """Says that the document is of today's Word, not in compatibility mode; drops what is unused."""
    settings: Any = document.settings.element
    for item in settings.iter(qn("w:compatSetting")):
        if item.get(qn("w:name")) == "compatibilityMode":
            item.set(qn("w:val"), "15")
    for tag in ("w:useFELayout", "w:rsids"):
        for item in list(settings.iter(qn(tag))):
            item.getparent().remove(item)
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED:
                del owner.rels[key]
