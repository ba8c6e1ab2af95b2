"""The first sheet of a form given back: the letter, all that is to be mended, what found no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from criteria.model import Unit
from evidence.form.cells import LONGEST_TEXT
from evidence.form.sheets import PROTECTION, set_page, set_widths, write_marks
from evidence.form.styles import Styles, row_height
from evidence.layout import LEFT_COLUMNS, MEND_COLUMNS, positions
from evidence.messages import SEVERITY_WORDS
from evidence.problems import At, Problem
from evidence.returned.form import Request, fix_of, found_text
from evidence.returned.leftovers import Leftover
from evidence.returned.letter import addressee, paragraphs, problem_place
from evidence.round import Round

TITLE = "DANH MỤC NỘI DUNG CẦN SỬA, BỔ SUNG"
LEFT_TITLE = "NỘI DUNG ĐƠN VỊ ĐÃ GHI MÀ KHÔNG CHÉP NGUYÊN VÀO BIỂU MẪU ĐƯỢC"
_AT = positions(MEND_COLUMNS)
_WIDTHS = [column.width for column in MEND_COLUMNS]
_LAST = len(MEND_COLUMNS) - 1
# the table of leftovers on the same columns: STT | place | text | note
_SPANS = ((0, 0), (1, 2), (3, 4), (5, 6))


def write_request_sheet(
    sheet: Worksheet,
    styles: Styles,
    round_: Round,
    unit: Unit,
    request: Request,
    places: Mapping[At, tuple[str, str]],
) -> None:
    """Writes the sheet; `places` are the cells of this workbook, to which the list leads."""
    set_widths(sheet, _WIDTHS)
    _line(sheet, styles, 0, TITLE, "title")
    row = write_marks(sheet, styles, round_, 1, _WIDTHS) + 1
    _line(sheet, styles, row, addressee(unit), "centre_bold")
    row += 1
    for text in paragraphs(round_, unit, request):
        _line(sheet, styles, row, text, "wrapped")
        row += 1
    row += 1
    heading = row
    for column, spec in enumerate(MEND_COLUMNS):
        sheet.write_string(heading, column, spec.heading, styles["head"])
    for number, item in enumerate(request.problems, 1):
        _write_problem(sheet, styles, heading + number, number, item, places)
    row = heading + len(request.problems) + 1
    if request.leftovers:
        row = _write_leftovers(sheet, styles, row + 1, request.leftovers)
    sheet.freeze_panes(0, 0)
    sheet.protect("", PROTECTION)
    sheet.print_area(0, 0, row - 1, _LAST)
    set_page(sheet, round_.marks, landscape=True)


def _line(sheet: Worksheet, styles: Styles, row: int, text: str, style: str) -> None:
    sheet.merge_range(row, 0, row, _LAST, "", styles[style])
    sheet.write_string(row, 0, text, styles[style])
    if style != "title":
        sheet.set_row(row, row_height((text, sum(_WIDTHS))))


def _write_problem(
    sheet: Worksheet,
    styles: Styles,
    row: int,
    number: int,
    item: Problem,
    places: Mapping[At, tuple[str, str]],
) -> None:
    """One line of the list, with a link to the cell where there is one."""
    place = problem_place(item, places)
    texts = {"found": found_text(item), "message": item.message, "fix": fix_of(item)}
    sheet.write_number(row, _AT["no"], number, styles["centred"])
    word = SEVERITY_WORDS[item.severity]
    sheet.write_string(row, _AT["severity"], word, styles.marked("centred", item.severity))
    if item.at in places:
        name, cell = places[item.at]
        sheet.write_url(row, _AT["place"], f"internal:'{name}'!{cell}", styles["link"], place)
    else:
        sheet.write_string(row, _AT["place"], place, styles["text"])
    for key, text in texts.items():
        sheet.write_string(row, _AT[key], text[:LONGEST_TEXT], styles["text"])
    sheet.write_blank(row, _AT["answer"], None, styles["fill_text"])
    cells = ((text, _WIDTHS[_AT[key]]) for key, text in (*texts.items(), ("place", place)))
    sheet.set_row(row, row_height(*cells))


def _write_leftovers(sheet: Worksheet, styles: Styles, row: int, left: Sequence[Leftover]) -> int:
    """The table of what could not be put into the form; gives the next free row."""
    _line(sheet, styles, row, LEFT_TITLE, "section")
    row += 1
    _write_spans(sheet, styles, row, [column.heading for column in LEFT_COLUMNS], "head")
    for number, item in enumerate(left, 1):
        for part in _pieces(item.text):
            row += 1
            _write_spans(sheet, styles, row, [str(number), item.place, part, item.note], "text")
    return row + 1


def _write_spans(sheet: Worksheet, styles: Styles, row: int, texts: Sequence[str], style: str) -> None:
    for (first, last), text in zip(_SPANS, texts, strict=True):
        if last > first:
            sheet.merge_range(row, first, row, last, "", styles[style])
        sheet.write_string(row, first, text, styles[style])
    widths = (sum(_WIDTHS[first : last + 1]) for first, last in _SPANS)
    sheet.set_row(row, row_height(*zip(texts, widths, strict=True)))


def _pieces(text: str) -> Iterator[str]:
    """A text in parts that a cell can hold."""
    for start in range(0, len(text), LONGEST_TEXT):
        yield text[start : start + LONGEST_TEXT]
