"""The pieces that documents are made of: heading, title, text, tables, signatures, annex, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from reports.templates import styles
from reports.templates.styles import Style

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
# as long as the motto above it (II.1.b): measured in the metrics of Times New Roman bold, 13 points,
# against underscores of 6 points, each 3 points wide
MOTTO_RULE = "_" * 50
DATE_LINE = "ngày ..... tháng ..... năm ........."
_HEAD_LEFT, _HEAD_RIGHT = 66, 99  # mm: the country's name takes one line


class Column(NamedTuple):
    """A column of a table: heading, width in mm, what a row shows, whether it is text or a figure."""

    heading: str
    width: float
    value: str
    text: bool = False


def write(parent: Any, text: str, style: Style) -> Any:
    """A paragraph; `**words**` stand bold."""
    paragraph = parent.add_paragraph(style=style.name)
    for index, piece in enumerate(text.split("**")):
        if piece:
            run = paragraph.add_run(piece)
            run.bold = True if index % 2 else None
    return paragraph


def each(parent: Any, loop: str, text: str, style: Style) -> None:
    """A paragraph for each item of a list: `loop` is `dong in luu_y`."""
    write(parent, f"{{%p for {loop} %}}", style)
    write(parent, text, style)
    write(parent, "{%p endfor %}", style)


def heading(document: Doc, superior: str, office: str, rule: str, number: str) -> None:
    """The two heads of a document: office and number on the left, country, motto and date on the right."""
    table = _frame(document, (_HEAD_LEFT, _HEAD_RIGHT))
    left, right = table.rows[0].cells
    if superior:
        write(left, superior, styles.SUPERIOR)
    each(left, f"dong in {office}", "{{ dong }}", styles.ISSUER)
    write(left, rule, styles.RULE)
    write(left, number, styles.NUMBER).paragraph_format.space_before = Pt(4)
    write(right, COUNTRY, styles.COUNTRY)
    write(right, MOTTO, styles.MOTTO)
    write(right, MOTTO_RULE, styles.RULE)
    write(right, f"{{{{ dia_danh }}}}, {DATE_LINE}", styles.PLACE).paragraph_format.space_before = Pt(4)
    for cell in (left, right):
        _drop_first(cell)


def marks(document: Doc) -> None:
    """What must be known of the figures before anything else, on the first page."""
    each(document, "dong in luu_y", "{{ dong }}", styles.MARK)


def title(document: Doc, kind: str) -> None:
    """Name of the kind, subject, line under it."""
    write(document, kind, styles.KIND)
    write(document, "{{ trich_yeu }}", styles.ABOUT)
    write(document, "{{ trich_yeu_ke }}", styles.RULE).paragraph_format.space_after = Pt(6)


def lead(document: Doc, text: str) -> None:
    """The words over a table, on the same page as its head."""
    paragraph = write(document, text, styles.BODY)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(6)


def table(document: Doc, columns: Sequence[Column], loop: str, total: Sequence[str] = ()) -> None:
    """A table with a row for each item; its heading is repeated on every page, no row is split.

    A `total` stands in bold above the items, where no page break can part it from them.
    """
    made = document.add_table(rows=4 + bool(total), cols=len(columns))
    made.style = document.styles["Table Grid"]
    _fix_widths(made, [column.width for column in columns])
    head, *above, opening, row, closing = made.rows
    for cell, column in zip(head.cells, columns, strict=True):
        _fill(cell, column.heading, styles.HEAD)
    for line in above:
        for cell, text in zip(line.cells, total, strict=True):
            _fill(cell, text, styles.HEAD)
    _fill(opening.cells[0], f"{{%tr for {loop} %}}", styles.CELL)
    for cell, column in zip(row.cells, columns, strict=True):
        _fill(cell, column.value, styles.CELL if column.text else styles.FIGURE)
    _fill(closing.cells[0], "{%tr endfor %}", styles.CELL)
    _repeat(head)
    _keep(head)
    for line in made.rows:
        _whole(line)


def rows_of_text(document: Doc, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
    """A table of fixed rows, the first cell of each bold."""
    made = document.add_table(rows=len(rows), cols=len(widths))
    made.style = document.styles["Table Grid"]
    _fix_widths(made, widths)
    for line, texts in zip(made.rows, rows, strict=True):
        _whole(line)
        for index, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            _fill(cell, f"**{text}**" if index % 2 == 0 else text, styles.CELL)


def signatures(
    document: Doc, receivers: Sequence[str], signer: str | Sequence[str], left: str = ""
) -> None:
    """Receivers on the left, the signer's title and place on the right; kept on one page.

    `signer` are the lines over the signature, or the field that lists them; `left` is a second signer's
    title, in place of the receivers.
    """
    made = _frame(document, (75, 90))
    first, second = made.rows[0].cells
    if left:
        write(first, left, styles.SIGNER)
        _place_to_sign(first)
    else:
        write(first, "Nơi nhận:", styles.RECEIVERS)
        for text in receivers:
            write(first, text, styles.RECEIVER)
    if isinstance(signer, str):
        each(second, f"dong in {signer}", "{{ dong }}", styles.SIGNER)
    else:
        for text in signer:
            write(second, text, styles.SIGNER)
    _place_to_sign(second)
    for cell in (first, second):
        _drop_first(cell)
    _whole(made.rows[0])
    write(document, "", styles.END)


def receivers(document: Doc, items: Sequence[str]) -> None:
    """The receivers alone, below signatures that stand side by side."""
    write(document, "Nơi nhận:", styles.RECEIVERS).paragraph_format.space_before = Pt(12)
    for text in items:
        write(document, text, styles.RECEIVER)


def annex(document: Doc, name: str, belongs_to: str) -> None:
    """A new page with the head of an annex; its pages are numbered from 1 (III.1.đ)."""
    section: Any = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    pages = OxmlElement("w:pgNumType")
    pages.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(pages, "w:cols", "w:titlePg", "w:docGrid")
    write(document, "Phụ lục", styles.ANNEX)
    write(document, name, styles.ANNEX_TITLE)
    write(document, f"(Kèm theo {belongs_to})", styles.ANNEX_NOTE)
    write(document, "_" * 30, styles.RULE).paragraph_format.space_after = Pt(6)


def page_marks(document: Doc) -> None:
    """Page numbers in the upper margin from page 2 on, the marks in short at the foot of every page."""
    section = document.sections[0]
    number = section.header.paragraphs[0]
    number.style = document.styles[styles.PAGE_NUMBER.name]
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        _field_piece(number.add_run(), kind, text)
    section.first_page_header.paragraphs[0].style = document.styles[styles.PAGE_NUMBER.name]
    for foot in (section.footer, section.first_page_footer):
        foot.paragraphs[0].style = document.styles[styles.FOOT_MARK.name]
        foot.paragraphs[0].add_run("{{ luu_y_ngan }}")


def _field_piece(run: Any, kind: str, text: str) -> None:
    if kind:
        piece = OxmlElement("w:fldChar")
        piece.set(qn("w:fldCharType"), kind)
    else:
        piece = OxmlElement("w:instrText")
        piece.set(qn("xml:space"), "preserve")
        piece.text = f" {text} "
    run._r.append(piece)


def _place_to_sign(cell: _Cell) -> None:
    for _ in range(4):
        write(cell, "", styles.SIGNER)
    write(cell, "......................................", styles.NAME)


def _frame(document: Doc, widths: Sequence[float]) -> Table:
    """A table without lines that holds things side by side."""
    made = document.add_table(rows=1, cols=len(widths))
    _fix_widths(made, widths)
    for cell in made.rows[0].cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    _margins(made, 0)
    return made


def _fix_widths(made: Table, widths: Sequence[float]) -> None:
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    _margins(made, 1.2)


def _margins(made: Table, millimetres: float) -> None:
    """Room in the cells: left and right so much, above and below a third of it."""
    properties: Any = made._tbl.tblPr
    for old in properties.findall(qn("w:tblCellMar")):
        properties.remove(old)
    sides = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        item = OxmlElement(f"w:{side}")
        share = millimetres if side in ("left", "right") else millimetres / 3
        item.set(qn("w:w"), str(round(share * 56.7)))
        item.set(qn("w:type"), "dxa")
        sides.append(item)
    look = properties.find(qn("w:tblLook"))
    properties.append(sides) if look is None else look.addprevious(sides)


def _fill(cell: _Cell, text: str, style: Style) -> None:
    write(cell, text, style)
    _drop_first(cell)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _drop_first(cell: _Cell) -> None:
    """Takes away the empty paragraph that a new cell has."""
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)


def _keep(row: Any) -> None:
    """Keeps a row on the page of the next."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _repeat(row: Any) -> None:
    _row_property(row, "w:tblHeader")


def _whole(row: Any) -> None:
    _row_property(row, "w:cantSplit")


def _row_property(row: Any, tag: str) -> None:
    properties = row._tr.get_or_add_trPr()
    item = OxmlElement(tag)
    # the schema wants cantSplit before tblHeader
    properties.insert(0, item) if tag == "w:cantSplit" else properties.append(item)
