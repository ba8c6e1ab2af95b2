"""The templates that come with the program.

1. The committed files are what the script makes.
2. Page, heading, title, text, receivers and signatures are as Nghị định 30/2020/NĐ-CP, Phụ lục I, sets them.
3. They use only fields that there are, and all that they must.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

from reports.official.drafts import BY_NAME, DRAFTS
from reports.official.template_check import check_template
from reports.official.writing import SHIPPED
from reports.templates import styles
from reports.templates.build import build
from reports.templates.elements import MOTTO_RULE
from tests.reports.official.made import parts_of

NAMES = list(BY_NAME)
UPRIGHT, BOLD = (False, False), (True, False)  # bold, italic
ITALIC, BOTH = (False, True), (True, True)
# what the decree sets: text, sizes, weight and slope, alignment (None: not set)
COUNTRY = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), BOLD, ALIGN.CENTER)
MOTTO = ("Độc lập - Tự do - Hạnh phúc", (13, 14), BOLD, ALIGN.CENTER)
SUPERIOR = ("{{ co_quan_tat }}", (12, 13), UPRIGHT, ALIGN.CENTER)
KINDS = {
    "to-trinh": ("TỜ TRÌNH", "TTr"),
    "quyet-dinh": ("QUYẾT ĐỊNH", "QĐ"),
    "bien-ban": ("BIÊN BẢN", "BB"),
    "thong-bao": ("THÔNG BÁO", "TB"),
    "bao-cao-6-thang": ("BÁO CÁO", "BC"),
    "bao-cao-nam": ("BÁO CÁO", "BC"),
}


def template(name: str) -> Any:
    """A committed template."""
    return Document(str(SHIPPED / f"{name}.docx"))


def look(paragraph: Any) -> tuple[float, tuple[bool, bool], Any]:
    """Size, weight and slope, alignment of a paragraph as its style gives them; no run may differ."""
    font = paragraph.style.font
    assert all(run.font.size is None and run.font.italic is None for run in paragraph.runs)
    assert all(run.font.name is None for run in paragraph.runs)
    return font.size.pt, (bool(font.bold), bool(font.italic)), paragraph.style.paragraph_format.alignment


def assert_set(paragraph: Any, sizes: tuple[float, float], weight: Any, align: Any) -> None:
    """That a paragraph is as the decree sets it."""
    size, shape, alignment = look(paragraph)
    assert sizes[0] <= size <= sizes[1], paragraph.text
    assert shape == weight, paragraph.text
    assert align is None or alignment == align, paragraph.text


def find(paragraphs: Any, text: str) -> Any:
    """The first paragraph that begins so."""
    return next(paragraph for paragraph in paragraphs if paragraph.text.startswith(text))


# 1 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_template_is_what_the_script_makes(name: str) -> None:
    committed, made = parts_of((SHIPPED / f"{name}.docx").read_bytes()), parts_of(build(name))
    assert list(committed) == list(made)
    for part, content in made.items():
        assert committed[part] == content, f"{part}: chạy lại python -m reports.templates.build"


def test_the_script_makes_the_same_bytes_at_every_run() -> None:
    assert build("thong-bao") == build("thong-bao")


def test_there_is_a_template_for_each_draft() -> None:
    assert {path.stem for path in Path(SHIPPED).glob("*.docx")} == set(NAMES) == set(KINDS)


# 2 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_as_the_decree_sets_it(name: str) -> None:
    document = template(name)
    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20
        assert section.different_first_page_header_footer, "no number on the first page"
        number = section.header.paragraphs[0]
        assert "PAGE" in number._p.xml and "PAGE" not in section.first_page_header._element.xml
        assert_set(number, (13, 14), UPRIGHT, ALIGN.CENTER)
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    assert not any("w:color" in parts_of(build(name))[part].decode() for part in ("word/document.xml",))


@pytest.mark.parametrize("name", NAMES)
def test_the_national_heading_is_as_the_decree_sets_it(name: str) -> None:
    left, right = template(name).tables[0].rows[0].cells
    country, motto, line, place = right.paragraphs
    for paragraph, (text, sizes, weight, align) in ((country, COUNTRY), (motto, MOTTO)):
        assert paragraph.text == text
        assert_set(paragraph, sizes, weight, align)
        assert paragraph.paragraph_format.line_spacing in (None, 1.0), "one line apart"
    assert line.text == MOTTO_RULE and set(line.text) == {"_"}
    # Times New Roman bold, 13 points: 150,6 points; an underscore of 6 points: 3 points
    assert abs(len(line.text) * 3 / 150.6 - 1) < 0.02
    assert place.text == "{{ dia_danh }}, ngày ..... tháng ..... năm ........."
    assert_set(place, (13, 14), ITALIC, ALIGN.CENTER)
    number = find(left.paragraphs, "Số:")
    assert number.text.split("/")[1].startswith(f"{KINDS[name][1]}-")
    assert_set(number, (13, 13), UPRIGHT, ALIGN.CENTER)
    office = next(paragraph for paragraph in left.paragraphs if paragraph.text == "{{ dong }}")
    assert_set(office, (12, 13), BOLD, ALIGN.CENTER)
    if name in ("to-trinh", "thong-bao", "bien-ban"):
        assert left.paragraphs[0].text == SUPERIOR[0]
        assert_set(left.paragraphs[0], *SUPERIOR[1:])


@pytest.mark.parametrize("name", NAMES)
def test_title_and_text_are_as_the_decree_sets_them(name: str) -> None:
    document = template(name)
    kind = find(document.paragraphs, KINDS[name][0])
    assert kind.text == KINDS[name][0]
    assert_set(kind, (13, 14), BOLD, ALIGN.CENTER)
    assert_set(find(document.paragraphs, "{{ trich_yeu }}"), (13, 14), BOLD, ALIGN.CENTER)
    body = document.styles["Nội dung"]
    assert 13 <= body.font.size.pt <= 14 and not body.font.bold and not body.font.italic
    shape = body.paragraph_format
    assert shape.alignment == ALIGN.JUSTIFY
    assert shape.first_line_indent.mm == pytest.approx(12.7, abs=0.01) or shape.first_line_indent.mm == 10
    assert shape.space_after.pt >= 6
    assert 1 <= shape.line_spacing <= 1.5


def test_the_bases_of_the_decision_stand_in_italics_and_end_with_a_semicolon() -> None:
    bases = [
        p for p in template("quyet-dinh").paragraphs if p.style.name == "Căn cứ" and "{%" not in p.text
    ]
    assert [paragraph.text[-1] for paragraph in bases] == [";", ";", "."]
    for paragraph in bases:
        assert_set(paragraph, (13, 14), ITALIC, ALIGN.JUSTIFY)


@pytest.mark.parametrize("name", NAMES)
def test_receivers_and_signatures_are_as_the_decree_sets_them(name: str) -> None:
    document = template(name)
    inside = [
        p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs
    ]
    paragraphs = [*document.paragraphs, *inside]
    word = find(paragraphs, "Nơi nhận")
    assert word.text == "Nơi nhận:"
    assert_set(word, (12, 12), BOTH, ALIGN.LEFT)
    listed = [paragraph for paragraph in paragraphs if paragraph.style.name == "Nơi nhận, liệt kê"]
    assert [paragraph.text[-1] for paragraph in listed][:-1] == [";"] * (len(listed) - 1)
    assert listed[-1].text.startswith("- Lưu: VT,") and listed[-1].text.endswith(".")
    for paragraph in listed:
        assert_set(paragraph, (11, 11), UPRIGHT, ALIGN.LEFT)
    for style in ("Chức vụ người ký", "Họ tên người ký"):
        signed = [paragraph for paragraph in paragraphs if paragraph.style.name == style]
        assert signed
        for paragraph in signed:
            assert_set(paragraph, (13, 14), BOLD, ALIGN.CENTER)


def test_the_annex_is_as_the_decree_sets_it() -> None:
    document = template("quyet-dinh")
    assert_set(find(document.paragraphs, "Phụ lục"), (14, 14), BOLD, ALIGN.CENTER)
    assert_set(find(document.paragraphs, "KẾT QUẢ ĐÁNH GIÁ"), (13, 14), BOLD, ALIGN.CENTER)
    belongs = find(document.paragraphs, "(Kèm theo Quyết định số")
    assert_set(belongs, (13, 14), ITALIC, ALIGN.CENTER)
    pages = document.sections[-1]._sectPr.find(qn("w:pgNumType"))
    assert pages.get(qn("w:start")) == "1", "an annex numbers its own pages"


def test_tables_repeat_their_heading_and_split_no_row() -> None:
    for name in NAMES:
        for table in template(name).tables[1:]:
            rows = [row._tr.trPr for row in table.rows]
            assert all(row is not None and row.find(qn("w:cantSplit")) is not None for row in rows)
        for table in template(name).tables:
            if any("{%tr" in row.cells[0].text for row in table.rows):
                assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


# 3 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_templates_use_the_fields_that_there_are(draft: Any) -> None:
    path = SHIPPED / f"{draft.name}.docx"
    assert check_template(path, draft.fields, draft.needed) == []


def test_every_style_is_within_its_kind() -> None:
    assert {style.name for style in styles.STYLES} <= {style.name for style in template("to-trinh").styles}
