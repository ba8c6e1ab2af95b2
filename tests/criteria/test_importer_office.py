"""An annex of 40 criteria made in Word, in Excel and as PDF by LibreOffice, imported (bar 4).

1. Every id, title and maximum is right, from each of the three formats.
2. A subtotal that does not add up is imported as printed, and named.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from criteria.exact import plain
from criteria.importer import Draft, import_annex, write_review
from criteria.loader import examine_criteria
from tests.libreoffice import _PROGRAM, _profile, needs_libreoffice

# group -> parts -> criteria as (text, points as printed, points meant)
POINTS = [("2", "2"), ("02", "2"), ("2,5", "2.5"), ("tối đa 3,5 điểm", "3.5")]
GROUPS = [
    "QUÁN TRIỆT, TRIỂN KHAI CHỦ TRƯƠNG",
    "TIẾP CÔNG DÂN",
    "QUY CHẾ PHỐI HỢP",
    "CẢI CÁCH HÀNH CHÍNH",
    "QUY CHẾ DÂN CHỦ",
]
ROMAN = ["I", "II", "III", "IV", "V"]
PARTS = ["Xây dựng kế hoạch, phân công trách nhiệm", "Tổ chức thực hiện & kiểm tra <hằng năm>"]
LEAVES = [
    "Ban hành kế hoạch trước ngày 31/3 hằng năm",
    "Phân công 01 lãnh đạo phụ trách công tác dân vận",
    "Cán bộ, công chức được quán triệt đạt từ 90% trở lên",
    "Thực hiện chế độ thông tin, báo cáo đúng thời hạn quy định của Ủy ban nhân dân tỉnh",
]


@dataclass(frozen=True)
class Td:
    """A cell: text, columns and rows it covers; `x` of a paragraph a line."""

    text: str = ""
    across: int = 1
    down: int = 1


def annex_rows(subtotal: str = "20") -> list[list[Td | None]]:
    """The rows of the annex's table; None where a cell is covered by another."""
    rows: list[list[Td | None]] = [
        [
            Td("STT", down=2),
            Td("Nội dung tiêu chí", down=2),
            Td("Điểm", across=2),
            None,
            Td("Tài liệu kiểm chứng", down=2),
        ],
        [None, None, Td("Tối đa"), Td("Tự chấm"), None],
        [Td("(1)"), Td("(2)"), Td("(3)"), Td("(4)"), Td("(5)")],
    ]
    for group, roman in zip(GROUPS, ROMAN, strict=True):
        rows.append([Td(roman), Td(group), Td("20 điểm"), Td(), Td()])
        for number, part in enumerate(PARTS, 1):
            rows.append([Td(f"{number}."), Td(part), Td("10"), Td(), Td("Kế hoạch, báo cáo", down=5)])
            for letter, text, (printed, _) in zip("abcd", LEAVES, POINTS, strict=True):
                rows.append([Td(f"{letter})"), Td(text), Td(printed), Td(), None])
        printed = subtotal if roman == "III" else "20"
        rows.append([Td(f"Cộng nhóm {roman}", across=2), None, Td(printed), Td(), Td()])
    rows.append([Td("TỔNG CỘNG", across=2), None, Td("100"), Td(), Td()])
    return rows


def expected() -> list[tuple[str, str, str]]:
    """Id, title and maximum of every criterion."""
    return [
        (f"{roman}.{number}.{letter}", f"{part}: {text}", points)
        for roman in ROMAN
        for number, part in enumerate(PARTS, 1)
        for letter, text, (_, points) in zip("abcd", LEAVES, POINTS, strict=True)
    ]


_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for name, kind in [
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("fo", "xsl-fo-compatible"),
    ]
)  # fmt: skip
_STYLES = """<office:automatic-styles>
<style:style style:name="n" style:family="table-column"><style:table-column-properties style:column-width="1.6cm"/></style:style>
<style:style style:name="w" style:family="table-column"><style:table-column-properties style:column-width="7cm"/></style:style>
<style:style style:name="c" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>
</office:automatic-styles>"""


def _table(rows: list[list[Td | None]], name: str, heading_rows: int = 0) -> str:
    made = []
    for order, row in enumerate(rows):
        cells = "".join(
            "<table:covered-table-cell/>"
            if cell is None
            else f'<table:table-cell table:style-name="c" office:value-type="string" '
            f'table:number-columns-spanned="{cell.across}" table:number-rows-spanned="{cell.down}">'
            + "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n"))
            + "</table:table-cell>"
            for cell in row
        )
        made.append(f"<table:table-row>{cells}</table:table-row>")
        if order + 1 == heading_rows:
            made = [f"<table:table-header-rows>{''.join(made)}</table:table-header-rows>"]
    columns = "".join(
        f'<table:table-column table:style-name="{"w" if column == 1 else "n"}"/>'
        for column in range(len(rows[0]))
    )
    return f'<table:table table:name="{name}">{columns}{"".join(made)}</table:table>'


LETTERHEAD: list[list[Td | None]] = [
    [
        Td("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ TÂY NINH"),
        Td("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ]
]
BEFORE = [
    "PHỤ LỤC",
    "TIÊU CHÍ ĐÁNH GIÁ, XẾP LOẠI CÔNG TÁC DÂN VẬN CHÍNH QUYỀN",
    "(Ban hành kèm theo Quyết định số 815/QĐ-UBND ngày 19/8/2022 của Chủ tịch UBND thành phố Tây Ninh)",
]


def writer_file(rows: list[list[Td | None]]) -> str:
    """A flat OpenDocument text: letterhead in a table, title, the annex's table, a signature."""
    paragraphs = "".join(f"<text:p>{escape(text)}</text:p>" for text in BEFORE)
    body = _table(LETTERHEAD, "a") + paragraphs + _table(rows, "b", 2) + "<text:p>CHỦ TỊCH</text:p>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{_STYLES}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def calc_file(rows: list[list[Td | None]]) -> str:
    """A flat OpenDocument sheet: the title lines above the table, the table from the second column."""
    width = len(rows[0])
    above: list[list[Td | None]] = [[Td(text)] + [Td()] * width for text in BEFORE] + [[Td()] * (width + 1)]
    shifted: list[list[Td | None]] = [[Td(), *row] for row in rows]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">{_STYLES}<office:body>'
        f"<office:spreadsheet>{_table(above + shifted, 'Phu luc')}</office:spreadsheet></office:body></office:document>"
    )


def convert(path: Path, kind: str) -> Path:
    command = [
        str(_PROGRAM), f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore",
        "--convert-to", kind, "--outdir", str(path.parent), str(path),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return path.with_suffix(f".{kind}")


def make(folder: Path, kind: str, subtotal: str = "20") -> Path:
    """The annex as a .docx, .xlsx or .pdf file made by LibreOffice."""
    rows = annex_rows(subtotal)
    path = folder / ("phu-luc.fods" if kind == "xlsx" else "phu-luc.fodt")
    path.write_text(calc_file(rows) if kind == "xlsx" else writer_file(rows), encoding="utf-8")
    return convert(path, kind)


FORMATS = ("docx", "xlsx", "pdf")


@pytest.fixture(scope="module")
def annexes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The annex in each format, right and with a wrong subtotal; by format and subtotal."""
    return {
        (kind, subtotal): make(tmp_path_factory.mktemp(f"{kind}-{subtotal}"), kind, subtotal)
        for kind in FORMATS
        for subtotal in ("20", "19")
    }


def criteria_of(draft: Draft, folder: Path) -> list[tuple[str, str, str]]:
    """Id, title and maximum of each criterion, through the project's own loader."""
    path = folder / f"{draft.id}.yaml"
    path.write_text(draft.yaml, encoding="utf-8")
    criteria, findings = examine_criteria(path)
    assert criteria is not None, findings
    assert [(group.id, group.title, plain(group.top)) for group in criteria.groups] == [
        (roman, title, "20") for roman, title in zip(ROMAN, GROUPS, strict=True)
    ]
    assert plain(criteria.scale) == "100"
    assert str(criteria.decision.document).startswith(
        "815/QĐ-UBND ngày 19/8/2022 của Chủ tịch UBND thành phố Tây Ninh"
    )
    return [(leaf.id, leaf.title, plain(leaf.top)) for leaf in criteria.criteria]


@needs_libreoffice
@pytest.mark.parametrize("kind", FORMATS)
def test_every_id_title_and_maximum_is_right(
    kind: str, annexes: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    draft = import_annex(annexes[kind, "20"], id_="thu")
    found = criteria_of(draft, tmp_path)
    assert len(found) == 40
    assert found == expected()
    assert draft.slips == ()
    assert draft.yaml.count("Minh chứng: Kế hoạch, báo cáo") == 40  # one merged cell over each part
    doubts = [doubt.message for doubt in draft.doubts if doubt.row is not None]
    # a page of the PDF ends within a row: joined, and said so
    assert doubts == (["Dòng này được nối vào d; xin kiểm tra."] if kind == "pdf" else [])
    assert len(draft.sums) == 5 + 10 + 5 + 1  # groups, parts, subtotals, total


@needs_libreoffice
@pytest.mark.parametrize("kind", FORMATS)
def test_a_wrong_subtotal_is_imported_as_printed_and_named(
    kind: str, annexes: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    draft = import_annex(annexes[kind, "19"], id_="thu")
    assert criteria_of(draft, tmp_path) == expected()
    assert [slip.message for slip in draft.slips] == [
        "Dòng “Cộng nhóm III” ghi 19 điểm nhưng cộng lại được 20 điểm (thừa 1 điểm)."
    ]
    assert draft.slips[0].id == "III"
    write_review(tmp_path / "r.xlsx", draft)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    named = [row for row in book["Đối chiếu"].iter_rows() if "ghi 19 điểm" in str(row[9].value)]
    assert [cell.value for cell in named[0][:4]] == [draft.slips[0].place, None, "Cộng nhóm III", "19"]
    assert named[0][0].fill.fgColor.rgb == "FFF8CBAD"
